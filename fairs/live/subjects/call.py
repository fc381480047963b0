"""Calls: who is ready, what two browsers tell each other to connect, and what all agree on.

What two browsers tell each other stands in no log: it goes to one person of the call, and to no one else.
"""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from fairs.live import bus
from fairs.live.calling import (
    agreements_of,
    answer_asked,
    ask_all,
    come_late,
    member_of,
    members_of,
    relays_for,
)
from fairs.live.commands import Asked, command
from fairs.live.errors import RoomClosed
from fairs.live.protocol import choice, declare_event, flag, identifier, many, raw, whole
from fairs.live.queries import people_in
from fairs.live.safety.queries import unseen_by
from fairs.live.shown import told_of
from fairs.live.states import Asking, RoomKind
from moussem.core.errors import NotYours, require

# Which window of the call somebody speaks in, where it counts.
IN_WINDOW = replace(identifier(), needed=False)
# A frame takes 8 kB: a description comes without its candidates, which follow.
MOST_DESCRIPTION = 7_000
READY = declare_event("call.ready", "Somebody of the call is ready to connect, in one of their windows.")
DESCRIBED = declare_event("call.describe", "An offer or an answer of media, for one person.")
CANDIDATES = declare_event("call.candidates", "Addresses at which a browser can be reached, for one person.")
DEVICES = declare_event("call.devices", "Whether somebody is heard and seen.")
LEFT = declare_event("call.leave", "Somebody of the call hung up.")


def in_a_call(asked: Asked) -> None:
    """Refuse what only a call that is open knows."""
    require(asked.room.kind == RoomKind.CALL, NotYours)
    require(asked.room.is_open, RoomClosed)


def pass_on(event: str, asked: Asked, *names: str) -> dict[str, Any]:
    """Tell one person of the call, or all of them, what was said, and by whom."""
    in_a_call(asked)
    to = member_of(asked.room, asked.told["to"]) if asked.told.get("to") else None
    # One who blocked the other, or was blocked by them, is not called: to neither is that told.
    unseen = unseen_by(asked.person.pk) if asked.room.has_blocks else frozenset()
    hear = [to] if to else [one for one in members_of(asked.room) if unseen] or [None]
    told = {name: asked.told[name] for name in names}
    windows = {name: str(asked.told[name]) for name in ("window", "for") if asked.told.get(name)}
    # Whoever was answered must not answer again.
    back = {"to": to.pk} if to else {}
    body = {"by": told_of(asked.person), **back, **windows, **told}
    for one in hear:
        if one is None or one.pk not in unseen:
            bus.tell(asked.room.pk, event, body, to=one)
    return {"room": asked.room.pk}


@command(
    "call.ready",
    window=identifier(),
    microphone=flag(),
    camera=flag(),
    to=whole(needed=False, least=1),
)
def ready(asked: Asked) -> dict[str, Any]:
    """Ready to connect; told to the others, or back to one. The ack says how the call stands."""
    pass_on(READY, asked, "microphone", "camera")
    call = asked.room.call
    return {
        "room": asked.room.pk,
        "me": asked.person.pk,
        "people": [told_of(one) for one in members_of(asked.room)],
        "here": [one.pk for one in people_in(asked.room, timezone.now())],
        "begins_at": call.begins_at.isoformat(),
        "ends_at": call.ends_at.isoformat(),
        "agreements": [one.as_dict() for one in agreements_of(asked.room)],
    }


@command(
    "call.describe",
    to=whole(least=1),
    window=identifier(),
    **{"for": identifier()},
    kind=choice("offer", "answer"),
    sdp=raw(MOST_DESCRIPTION),
)
def describe(asked: Asked) -> dict[str, Any]:
    """An offer or an answer to one person of the call."""
    return pass_on(DESCRIBED, asked, "kind", "sdp")


@command(
    "call.candidates",
    to=whole(least=1),
    window=identifier(),
    **{"for": identifier()},
    candidates=many(raw(600), 10),
)
def candidates(asked: Asked) -> dict[str, Any]:
    """More ways to reach a browser, to one person of the call."""
    return pass_on(CANDIDATES, asked, "candidates")


@command("call.devices", window=identifier(), microphone=flag(), camera=flag())
def devices(asked: Asked) -> dict[str, Any]:
    """Heard or muted, seen or not."""
    return pass_on(DEVICES, asked, "microphone", "camera")


@command("call.leave", window=identifier())
def leave(asked: Asked) -> dict[str, Any]:
    """Hung up; whoever did may come back."""
    return pass_on(LEFT, asked)


@command("call.relay")
def relay(asked: Asked) -> dict[str, Any]:
    """The servers by which the call connects, with a credential that ends with the call."""
    return {"room": asked.room.pk, "servers": relays_for(asked.room, asked.person)}


@command("call.late", writes=True, uuid=identifier(), minutes=whole(60, least=1))
def late(asked: Asked) -> dict[str, Any]:
    """Somebody comes some minutes later; the others read it at once."""
    in_a_call(asked)
    told = {"minutes": asked.told["minutes"], "client_uuid": asked.told["uuid"]}
    return written(come_late(asked.room, actor=asked.person, **told))


@command(
    "call.ask",
    writes=True,
    uuid=identifier(),
    what=choice(*Asking.values),
    person=whole(needed=False, least=1),
    window=IN_WINDOW,
)
def ask(asked: Asked) -> dict[str, Any]:
    """Ask the others for a recording, more time, or somebody third."""
    in_a_call(asked)
    told = {name: asked.told[name] for name in ("what", "person", "window")}
    return written(ask_all(asked.room, actor=asked.person, client_uuid=asked.told["uuid"], **told))


@command("call.answer", writes=True, uuid=identifier(), asked=whole(least=1), yes=flag(), window=IN_WINDOW)
def answer(asked: Asked) -> dict[str, Any]:
    """Say yes or no to what was asked; the last word counts."""
    in_a_call(asked)
    told = {"yes": asked.told["yes"], "window": asked.told["window"], "client_uuid": asked.told["uuid"]}
    return written(answer_asked(asked.room, asked.told["asked"], actor=asked.person, **told))


def written(entry: Any) -> dict[str, Any]:
    """The ack of something that stands in the log."""
    return {"room": entry.room_id, "seq": entry.seq, "uuid": str(entry.client_uuid)}
