"""What visitors and those who receive them do at a stand, and in a conversation there."""

from typing import Any

from fairs.floor.rules import may_keep_booth
from fairs.live.commands import Asked, command
from fairs.live.protocol import choice, identifier, many, text, whole
from fairs.live.shown import told_of
from fairs.live.stands import actions
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import (
    ahead_of,
    open_thread,
    staff_at,
    thread_for,
    threads_at,
    waiting_as_read_by,
)
from fairs.live.states import RoomKind
from fairs.selection.models import Exhibitor
from moussem.core.errors import NotYours, require
from moussem.organisations.states import SpokenLanguage

MOST = 1_000


def stand(asked: Asked) -> Exhibitor:
    """The exhibitor of the room, which must be a stand."""
    require(asked.room.kind == RoomKind.STAND, NotYours)
    return asked.room.exhibitor


def desk(asked: Asked) -> Exhibitor:
    """The same, for whoever receives there."""
    exhibitor = stand(asked)
    require(may_keep_booth(asked.person, exhibitor), NotYours)
    return exhibitor


def thread(asked: Asked) -> StandThread:
    """The conversation of the room."""
    found = thread_for(asked.person, asked.room.pk)
    require(found is not None, NotYours)
    return found


def facts_of(one: StandThread) -> dict[str, Any]:
    """How a conversation stands, as either side is told."""
    return {
        "room": one.room_id,
        "state": one.state,
        "visitor": told_of(one.visitor) if one.visitor else None,
        "holder": told_of(one.holder) if one.holder else None,
        "asked_at": one.asked_at.isoformat(timespec="milliseconds"),
    }


@command("stand.look")
def look(asked: Asked) -> dict[str, Any]:
    """Who receives at the stand, how many wait, and what of one's own is open there."""
    exhibitor = stand(asked)
    own = open_thread(exhibitor, asked.person)
    return {
        "room": asked.room.pk,
        "staff": [
            {**told_of(one.person), "languages": one.languages}
            for one in staff_at(exhibitor, reader=asked.person)
        ],
        "waiting": waiting_as_read_by(exhibitor, asked.person),
        "mine": {**facts_of(own), "ahead": ahead_of(own)} if own else None,
    }


@command("stand.ask", writes=True, uuid=identifier(), text=text(MOST))
def ask(asked: Asked) -> dict[str, Any]:
    """A question: the conversation it stands in, and how many were there before."""
    told = asked.told
    entry = actions.ask_at_stand(
        stand(asked), actor=asked.person, text=told["text"], client_uuid=told["uuid"]
    )
    own = entry.room.thread
    return {**facts_of(own), "seq": entry.seq, "uuid": str(entry.client_uuid), "ahead": ahead_of(own)}


@command("stand.queue")
def queue(asked: Asked) -> dict[str, Any]:
    """What is open at one's own stand, the first to ask first."""
    found = threads_at(desk(asked), asked.person)[:100]
    return {"room": asked.room.pk, "threads": [facts_of(one) for one in found]}


@command("stand.call", records=True)
def call(asked: Asked) -> dict[str, Any]:
    """Whoever waits longest is called, and answered by who calls."""
    return facts_of(actions.call_next(desk(asked), actor=asked.person))


@command(
    "stand.attend",
    records=True,
    where=choice("there", "away"),
    languages=many(choice(*SpokenLanguage.values), 6, needed=False),
)
def attend(asked: Asked) -> dict[str, Any]:
    """One receives at one's stand, or is away."""
    told = asked.told
    actions.say_where(
        desk(asked),
        actor=asked.person,
        is_there=told["where"] == "there",
        languages=list(dict.fromkeys(told["languages"] or [])),
    )
    return {"room": asked.room.pk}


@command("thread.take", records=True)
def take(asked: Asked) -> dict[str, Any]:
    """One answers oneself from now on."""
    return facts_of(actions.take_thread(thread(asked), actor=asked.person))


@command("thread.give", records=True, person=whole(least=1))
def give(asked: Asked) -> dict[str, Any]:
    """A colleague answers from now on."""
    return facts_of(actions.hand_over(thread(asked), actor=asked.person, to=asked.told["person"]))


@command("thread.show", writes=True, uuid=identifier(), product=whole(least=1))
def show(asked: Asked) -> dict[str, Any]:
    """A product of the booth as a card."""
    told = asked.told
    entry = actions.show_product(
        thread(asked), actor=asked.person, product=told["product"], client_uuid=told["uuid"]
    )
    return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}


@command("thread.note", records=True, text=text(MOST, needed=False), seen=text(MOST, needed=False))
def note(asked: Asked) -> dict[str, Any]:
    """What the stand writes down of the visitor, read by the stand alone."""
    told = asked.told
    actions.keep_note(thread(asked), actor=asked.person, note=told["text"], seen=told["seen"])
    return {"room": asked.room.pk}


@command("thread.end", records=True)
def end(asked: Asked) -> dict[str, Any]:
    """The conversation is over."""
    return facts_of(actions.end_thread(thread(asked), actor=asked.person))
