"""Reactions, captions, slow mode, and messages that are taken away."""

from uuid import uuid4

import pytest

from fairs.live import bus, protocol
from fairs.live.actions import write
from fairs.live.commands import answer
from fairs.live.errors import TooFast
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.protocol import Command, parse
from fairs.live.stage.actions import caption, set_slow_mode, take_away
from fairs.live.stage.errors import EntryGone, NotCaptioner, NotModerator
from fairs.live.stage.queries import messages_in
from fairs.live.stage.states import Duty
from fairs.live.stage.tally import Tally
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from tests.factories.live import guest_of, session_room, stand_room
from tests.factories.stage import with_duty
from tests.fairs.live.examples import EXAMPLES

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
OF_MODERATORS = {
    "chat.remove", "poll.close", "poll.open", "poll.write", "question.answer", "question.lead",
    "question.merge", "question.wait", "room.slow",
}  # fmt: skip
OF_SESSIONS = {one for one in EXAMPLES if one.split(".")[0] in {"question", "poll", "reaction", "caption"}}


@pytest.fixture
def room():
    return session_room()


def test_message_taken_away_stays_in_the_log_and_says_so(room):
    nadia = with_duty(room)
    entry = write(room, "chat", {"text": "Spam"}, author=guest_of(room))

    take_away(room, entry.seq, "chat", actor=nadia)

    (shown,) = messages_in(room, "chat", reader=nadia)
    assert (shown.is_removed, LiveEntry.objects.get(pk=entry.pk).data) == (True, {"text": "Spam"})
    removed = LiveEntry.objects.get(kind="removed")
    assert (removed.data, removed.author) == ({"seq": entry.seq}, nadia)


def test_message_is_taken_away_once_and_only_a_message(room, refused):
    nadia = with_duty(room)
    entry = write(room, "chat", {"text": "Spam"}, author=guest_of(room))
    gone = take_away(room, entry.seq, "chat", actor=nadia)

    for seq in (entry.seq, gone.seq, 99):
        refused(EntryGone, take_away, room, seq, "chat", actor=nadia)
    refused(NotModerator, take_away, room, entry.seq, "chat", actor=guest_of(room))


def test_slow_mode_is_set_and_noted_once(room):
    nadia = with_duty(room)

    for _time in range(2):
        set_slow_mode(room, 30, actor=nadia)

    assert LiveRoom.objects.get().slow_seconds == 30
    assert [one.verb for one in history_of(room)] == ["live_room_opened", "live_slow_mode"]


def test_captions_are_written_by_who_was_asked(room, refused):
    told = {"language": "fr", "client_uuid": uuid4()}
    typist = with_duty(room, Duty.CAPTIONER)

    entries = [caption(room, "Bonjour", actor=typist, **told) for _time in range(2)]

    assert [one.data for one in entries] == [{"text": "Bonjour", "language": "fr"}] * 2
    assert LiveEntry.objects.count() == 1
    speaker = with_duty(room, Duty.SPEAKER)
    for person in (speaker, guest_of(room), with_duty(session_room(), Duty.CAPTIONER)):
        refused(NotCaptioner, caption, room, "Bonjour", actor=person, **told)


@pytest.mark.parametrize("name", sorted(OF_MODERATORS))
def test_every_command_of_moderators_is_refused_to_a_guest(room, refused, name):
    told = {**EXAMPLES[name], "room": room.pk}
    for person in (guest_of(room), with_duty(room, Duty.SPEAKER), with_duty(room, Duty.CAPTIONER)):
        refused(NotModerator, answer, person, parse(protocol.command(name, "1", **told)))


@pytest.mark.parametrize("name", sorted(OF_SESSIONS))
def test_stands_have_no_stage(refused, name):
    room = stand_room()
    refused(
        NotYours, answer, guest_of(room), parse(protocol.command(name, "1", **EXAMPLES[name], room=room.pk))
    )


class Hears:
    def __init__(self):
        self.heard = []

    def hear_from_anywhere(self, hint):
        self.heard.append(hint)


def test_what_many_throw_is_told_once_and_may_be_missed():
    hub, later = Hears(), []
    bus.attach(hub)
    tally = Tally(later.append)
    for key in ("clap", "heart", "clap"):
        tally.add(7, "reactions", key)
    tally.put(7, "votes", "3", 1)
    tally.put(7, "votes", "3", 2)

    assert (len(later), hub.heard) == (1, [])
    later[0]()
    bus.detach(hub)

    assert [(one.room, one.seq, one.droppable) for one in hub.heard] == [(7, 0, True)] * 2
    assert b'"counts":{"clap":2,"heart":1}' in hub.heard[0].frame
    assert b'"counts":{"3":2}' in hub.heard[1].frame
    tally.tell(7)
    assert len(hub.heard) == 2


def test_reactions_are_kept_by_nobody_and_have_a_pace(room, refused):
    salma = guest_of(room)
    asked = Command("reaction.throw", "1", {"room": room.pk, "kind": "clap"})

    for _time in range(10):
        answer(salma, asked)

    refused(TooFast, answer, salma, asked)
    assert LiveEntry.objects.count() == 0
