"""People keep others away and report what was said; moderators make unheard and keep out."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fairs.live.commands import Asked, command
from fairs.live.protocol import choice, text, whole
from fairs.live.safety import actions
from fairs.live.safety.models import LiveMeasure
from fairs.live.safety.queries import blocks_of
from fairs.live.safety.rules import may_moderate
from fairs.live.safety.states import Measure
from fairs.live.shown import told_of
from moussem.core.errors import NotYours, require

MOST = 500
# A year; without minutes it holds until it is taken back.
MOST_MINUTES = 366 * 24 * 60
MEASURE = {
    "person": whole(least=1),
    "where": choice("room", "edition"),
    "reason": text(MOST),
    "minutes": whole(MOST_MINUTES, least=1, needed=False),
}


@command("person.block", records=True, person=whole(least=1))
def block(asked: Asked) -> dict[str, Any]:
    """Neither reads the other any more."""
    actions.block_person(asked.room, actor=asked.person, other=asked.told["person"])
    return {"room": asked.room.pk, "person": asked.told["person"]}


@command("person.unblock", records=True, person=whole(least=1))
def unblock(asked: Asked) -> dict[str, Any]:
    """They read each other again."""
    actions.unblock_person(actor=asked.person, other=asked.told["person"])
    return {"room": asked.room.pk, "person": asked.told["person"]}


@command("person.blocks")
def blocks(asked: Asked) -> dict[str, Any]:
    """Whom one blocked."""
    return {"room": asked.room.pk, "people": [told_of(one.other) for one in blocks_of(asked.person)]}


@command("entry.report", writes=True, seq=whole(least=1), words=text(MOST, needed=False))
def report(asked: Asked) -> dict[str, Any]:
    """A message is reported, with the ten before it."""
    told = asked.told
    actions.report_entry(asked.room, actor=asked.person, seq=told["seq"], words=told["words"])
    return {"room": asked.room.pk, "seq": told["seq"]}


@command("person.report", writes=True, person=whole(least=1), words=text(MOST, needed=False))
def report_spoken(asked: Asked) -> dict[str, Any]:
    """What somebody of the call said aloud is reported, in one's own words."""
    told = asked.told
    actions.report_spoken(asked.room, actor=asked.person, other=told["person"], words=told["words"])
    return {"room": asked.room.pk, "person": told["person"]}


def measured(asked: Asked, kind: Measure) -> dict[str, Any]:
    """What a moderator does about somebody of the room."""
    told, edition = asked.told, asked.room.edition
    require(may_moderate(asked.person, edition), NotYours)
    person = actions.met_in(asked.room, told["person"], actor=asked.person)
    require(person is not None, NotYours)
    minutes = told["minutes"]
    measure = actions.take_measure(
        edition,
        kind,
        actor=asked.person,
        person=person,
        reason=told["reason"],
        until=timezone.now() + timedelta(minutes=minutes) if minutes else None,
        room=asked.room if told["where"] == "room" else None,
    )
    return {"room": asked.room.pk, "measure": measure.pk}


@command("moderate.mute", **MEASURE)
def mute(asked: Asked) -> dict[str, Any]:
    """What somebody writes is read by themselves alone."""
    return measured(asked, Measure.MUTE)


@command("moderate.ban", **MEASURE)
def ban(asked: Asked) -> dict[str, Any]:
    """Somebody is kept out."""
    return measured(asked, Measure.BAN)


@command("moderate.lift", measure=whole(least=1))
def lift(asked: Asked) -> dict[str, Any]:
    """A measure of this edition is taken back."""
    found = LiveMeasure.objects.filter(edition=asked.room.edition_id, pk=asked.told["measure"]).first()
    require(found is not None and may_moderate(asked.person, asked.room.edition), NotYours)
    actions.lift_measure(found, actor=asked.person)
    return {"room": asked.room.pk, "measure": found.pk}
