"""What two browsers tell each other over the sockets of a call."""

from uuid import uuid4

import pytest

from fairs.live.actions import close_room
from fairs.live.commands import answer
from fairs.live.errors import RoomClosed
from fairs.live.models import LiveEntry
from fairs.live.protocol import MOST_BYTES, command, parse
from fairs.live.subjects.call import MOST_DESCRIPTION
from moussem.core.errors import NotYours
from tests.factories.live import call_room, guest_of, session_room
from tests.fairs.live.examples import EXAMPLES
from tests.fairs.live.wires import opened

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("live_database")]
CALLS = sorted(name for name in EXAMPLES if name.startswith("call."))


@pytest.fixture
def session(live_database):
    return session_room()


@pytest.fixture
def salma(session):
    return guest_of(session)


@pytest.fixture
def brahim(session):
    return guest_of(session, first_name="Brahim", last_name="Ouali")


@pytest.fixture
def third(session):
    return guest_of(session)


@pytest.fixture
def room(session, salma, brahim, third):
    return call_room(salma, brahim, third, edition=session.edition)


@pytest.mark.asyncio
async def test_what_is_told_to_one_reaches_no_other_and_no_log(room, salma, brahim, third):
    window, other = str(uuid4()), str(uuid4())
    async with opened(salma) as hers, opened(brahim) as his, opened(third) as theirs:
        for wire in (hers, his, theirs):
            await wire.join(room)
        told = {"to": brahim.pk, "window": window, "for": other}
        await hers.say("call.describe", room=room.pk, **told, kind="offer", sdp="v=0\r\n")
        await hers.say("call.candidates", room=room.pk, **told, candidates=["{}"])
        await hers.say("call.leave", room=room.pk, window=window)
        heard = [await his.hear("call.describe"), await his.hear("call.candidates")]
        await theirs.hear("call.leave")

    by = {"id": salma.pk, "name": "Salma Idrissi"}
    assert heard[0]["body"] == {
        "by": by,
        "to": brahim.pk,
        "window": window,
        "for": other,
        "kind": "offer",
        "sdp": "v=0\r\n",
    }
    assert heard[1]["body"]["candidates"] == ["{}"]
    assert {one["event"] for one in theirs.told} <= {"page", "presence", "call.leave"}
    assert not await LiveEntry.objects.aexists()


@pytest.mark.asyncio
async def test_whoever_is_ready_learns_how_the_call_stands_and_the_others_hear_of_it(room, salma, brahim):
    async with opened(salma) as hers, opened(brahim) as his:
        await hers.join(room)
        await his.join(room)
        window = str(uuid4())
        ack = await hers.say("call.ready", room=room.pk, window=window, microphone=True, camera=False)
        heard = await his.hear("call.ready")
        told = {"window": window, "microphone": True, "camera": False, "to": salma.pk}
        await his.say("call.ready", room=room.pk, **told)
        answered = await hers.hear("call.ready")
        while answered["body"]["by"]["id"] != brahim.pk:
            answered = await hers.hear("call.ready")

    assert answered["body"]["to"] == salma.pk
    assert ack["body"]["me"] == salma.pk
    assert [one["id"] for one in ack["body"]["people"]][:2] == [salma.pk, brahim.pk]
    assert ack["body"]["agreements"] == []
    assert (heard["body"]["by"]["id"], heard["body"]["window"]) == (salma.pk, window)
    assert "to" not in heard["body"]
    assert (heard["body"]["microphone"], heard["body"]["camera"]) == (True, False)


def test_nothing_is_told_to_somebody_outside_the_call(session, room, salma, refused):
    stranger = guest_of(session)
    for name in ("call.ready", "call.describe", "call.candidates"):
        asked = parse(command(name, "1", **{**EXAMPLES[name], "to": stranger.pk}, room=room.pk))
        refused(NotYours, answer, salma, asked)


@pytest.mark.parametrize("name", CALLS)
def test_other_rooms_know_nothing_of_calls(session, salma, refused, name):
    asked = parse(command(name, "1", **EXAMPLES[name], room=session.pk))

    refused(NotYours, answer, salma, asked)


@pytest.mark.parametrize("name", [name for name in CALLS if name != "call.relay"])
def test_closed_call_connects_nobody(room, salma, refused, name):
    asked = parse(command(name, "1", **EXAMPLES[name], room=close_room(room).pk))

    refused(RoomClosed, answer, salma, asked)


def test_longest_description_fits_into_a_frame():
    # A line of a description has some forty characters and an end of two, which JSON doubles.
    told = {**EXAMPLES["call.describe"], "sdp": ("a" * 38 + "\r\n") * (MOST_DESCRIPTION // 40)}

    assert len(command("call.describe", "12345", **told, room=2**40)) < MOST_BYTES
