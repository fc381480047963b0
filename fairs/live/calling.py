"""Calls: what their people ask of each other, who is let in, and what a relay is shown.

A question and each answer to it is an entry of the room's log; the last answer of a person counts.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fairs.live.actions import invite_into_call, write
from fairs.live.errors import CallFull, CallNotLonger, CallNotNow, InvitedLeft, NotAsked, NotInvitable
from fairs.live.letters import write_of_call
from fairs.live.models import LiveCheck, LiveEntry, LiveMember, LiveRoom
from fairs.live.protocol import declare_event
from fairs.live.purpose import longer_until
from fairs.live.queries import first_under
from fairs.live.rules import CALL_STAYS_AFTER, MOST_IN_A_CALL, is_call_held_at
from fairs.live.safety.errors import Blocked
from fairs.live.safety.queries import unseen_by
from fairs.live.shown import told_of
from fairs.live.states import Asking, RoomKind
from fairs.live.turn import LONGEST, TEST_LASTS, credential, servers
from fairs.sessions.rules import organisations_of
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.organisations.models import Membership
from moussem.people.models import User

ASKED, ANSWERED, LATE, PROLONGED = "asked", "answered", "late", "prolonged"
# What was agreed on and could not be done: both read it, and the question is closed.
IMPOSSIBLE = "impossible"
HOSTS = 2
PARTED = declare_event("call.parted", "This person and another one in a call are kept apart.")


@dataclass
class Agreement:
    """Something that was asked in a call, and who said what to it."""

    seq: int
    what: str
    by: int
    person: dict[str, Any] | None
    said: dict[int, bool] = field(default_factory=dict)
    # In which window somebody said so: a recording is agreed on there, and nowhere else.
    windows: dict[int, str] = field(default_factory=dict)
    # Who had said yes, and takes it back.
    stopped: set[int] = field(default_factory=set)
    is_impossible: bool = False

    def say(self, person: int, yes: bool, window: str | None) -> None:
        """The last word of somebody."""
        if yes:
            self.stopped.discard(person)
        elif self.said.get(person):
            self.stopped.add(person)
        self.said[person] = yes
        self.windows[person] = window or ""

    def has(self, people: set[int]) -> bool:
        """Whether all of these people want it."""
        return people <= {one for one, is_wanted in self.said.items() if is_wanted}

    def as_dict(self) -> dict[str, Any]:
        """As the people of the call are told of it."""
        told = {"seq": self.seq, "what": self.what, "by": self.by, "person": self.person}
        windows = {str(one): window for one, window in self.windows.items()}
        told |= {"windows": windows, "impossible": self.is_impossible, "stopped": sorted(self.stopped)}
        return {**told, "yes": [one for one, yes in self.said.items() if yes],
                "no": [one for one, yes in self.said.items() if not yes]}  # fmt: skip


def members_of(room: LiveRoom) -> list[Any]:
    """The people of a call, who was called first before who was invited."""
    found = LiveMember.objects.filter(room=room).select_related("person").order_by("pk")
    return [one.person for one in found]


def parted_in(rooms: Iterable[int], person: int, unseen: Collection[int]) -> Iterator[tuple[int, Any, bool]]:
    """In each of somebody's calls whom they do not hear, and whether nobody else is left to speak with."""
    calls: dict[int, list[Any]] = {}
    held = LiveMember.objects.filter(room__in=list(rooms), room__kind=RoomKind.CALL).exclude(person=person)
    for one in held.select_related("person").order_by("pk"):
        calls.setdefault(one.room_id, []).append(one.person)
    for room, others in calls.items():
        gone = [one for one in others if one.pk in unseen]
        yield from ((room, one, len(gone) == len(others)) for one in gone)


def is_kept_apart(room: LiveRoom, person: Any) -> bool:
    """Whether a block stands between somebody and everybody else of a call; with a third they may speak."""
    others = {one.pk for one in members_of(room)} - {person.pk}
    return bool(others) and not others - unseen_by(person.pk)


def member_of(room: LiveRoom, person: int) -> Any:
    """Somebody of a call by their key; to others nothing is told."""
    found = LiveMember.objects.filter(room=room, person=person).select_related("person").first()
    require(found is not None, NotYours)
    return found.person


def colleagues_for(room: LiveRoom, person: Any) -> QuerySet[User]:
    """Whom somebody may invite into a call: people of their own organisations who are not in it."""
    own = User.objects.filter(
        is_active=True,
        memberships__in=_active_in(person),
    )
    return own.exclude(live_calls__room=room).exclude(pk=person.pk).distinct().order_by("first_name", "pk")


def _active_in(person: Any) -> QuerySet[Membership]:
    return Membership.objects.active().filter(organisation__in=organisations_of(person))


def agreements_of(room: LiveRoom) -> list[Agreement]:
    """What was asked in a call, oldest first, with the last word of each."""
    found: dict[int, Agreement] = {}
    kinds = (ASKED, ANSWERED, IMPOSSIBLE)
    for entry in LiveEntry.objects.filter(room=room, kind__in=kinds).order_by("seq"):
        data = entry.data
        if entry.kind == ASKED:
            told = {"what": data["what"], "by": entry.author_id, "person": data.get("person")}
            found[entry.seq] = Agreement(entry.seq, **told)
            found[entry.seq].say(entry.author_id, True, data.get("window"))
        elif data.get("asked") not in found:
            continue
        elif entry.kind == IMPOSSIBLE:
            found[data["asked"]].is_impossible = True
        else:
            found[data["asked"]].say(entry.author_id, data["yes"], data.get("window"))
    return list(found.values())


@transaction.atomic
def ask_all(
    room: LiveRoom,
    *,
    actor: Any,
    what: str,
    person: int | None = None,
    window: UUID | None = None,
    client_uuid: UUID,
) -> LiveEntry:
    """Ask the others of a call whether it is recorded, goes on longer, or somebody comes in."""
    if known := first_under(room, actor, client_uuid):
        return known
    room = lock(room)
    require(room.kind == RoomKind.CALL, NotYours)
    require(not is_kept_apart(room, actor), Blocked)
    data: dict[str, Any] = {"what": what, **_in_window(window)}
    if what == Asking.LONGER:
        require(could_go_on(room, actor=actor), CallNotLonger)
    if what == Asking.GUEST:
        require(len(members_of(room)) < MOST_IN_A_CALL, CallFull)
        invited = colleagues_for(room, actor).filter(pk=person).first()
        require(invited is not None, NotInvitable)
        data["person"] = told_of(invited)
    return write(room, ASKED, data, author=actor, client_uuid=client_uuid)


@transaction.atomic
def come_late(room: LiveRoom, *, actor: Any, minutes: int, client_uuid: UUID) -> LiveEntry:
    """Somebody comes some minutes later; under a UUID again it is the same."""
    is_said = first_under(room, actor, client_uuid) is not None
    require(is_said or not is_kept_apart(room, actor), Blocked)
    return write(room, LATE, {"minutes": minutes}, author=actor, client_uuid=client_uuid)


def _in_window(window: UUID | None) -> dict[str, str]:
    return {"window": str(window)} if window else {}


@transaction.atomic
def answer_asked(
    room: LiveRoom, seq: int, *, actor: Any, yes: bool, window: UUID | None = None, client_uuid: UUID
) -> LiveEntry:
    """Say yes or no to what was asked, or take a yes back; what all want is done in the same transaction."""
    if known := first_under(room, actor, client_uuid):
        return known
    room = lock(room)
    asked = next((one for one in agreements_of(room) if one.seq == seq), None)
    require(asked is not None and (asked.by != actor.pk or not yes), NotAsked)
    people = [one.pk for one in members_of(room)]
    hosts = set(people[:HOSTS])
    if asked.what != Asking.RECORD:
        # What was done once is neither done again nor undone.
        require(actor.pk in hosts and not asked.has(hosts) and not asked.is_impossible, NotAsked)
    told = {"asked": seq, "what": asked.what, "yes": yes, **_in_window(window)}
    entry = write(room, ANSWERED, told, author=actor, client_uuid=client_uuid)
    asked.said[actor.pk] = yes
    if asked.has(hosts) and asked.what == Asking.LONGER:
        if not prolong(room, actor=actor):
            write(room, IMPOSSIBLE, {"asked": seq, "what": asked.what}, author=None)
    elif asked.has(hosts) and asked.what == Asking.GUEST and asked.person is not None:
        require(len(people) < MOST_IN_A_CALL, CallFull)
        # Since they were asked for, either of the two may have left their organisation.
        inviter = member_of(room, asked.by)
        invited = colleagues_for(room, inviter).filter(pk=asked.person["id"]).first()
        require(invited is not None, InvitedLeft)
        invite_into_call(room, invited, actor=actor)
        write_of_call(room, invited, by=inviter)
    return entry


def could_go_on(room: LiveRoom, *, actor: Any) -> bool:
    """Whether a call could go on longer at this moment: done for a look, and undone."""
    with transaction.atomic():
        until = longer_until(room, actor=actor)
        transaction.set_rollback(True)
    return until is not None and until > room.call.ends_at


@transaction.atomic
def prolong(room: LiveRoom, *, actor: Any) -> bool:
    """A call goes on as long as whoever knows what it is for allows, and everybody in it is told; or not."""
    call = lock(room.call)
    until = longer_until(room, actor=actor)
    if until is None or until <= call.ends_at:
        return False
    call.ends_at = until
    call.save(update_fields=["ends_at"])
    record("live_call_prolonged", room, actor=actor)
    write(room, PROLONGED, {"until": until.isoformat()}, author=None)
    return True


def relays_for(room: LiveRoom, person: Any, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """The servers by which a call of now connects; the credential is this person's, for this call alone."""
    now = now or timezone.now()
    require(room.kind == RoomKind.CALL, NotYours)
    require(room.is_open and is_call_held_at(room.call, now), CallNotNow)
    require(not is_kept_apart(room, person), Blocked)
    until = min(room.call.ends_at + CALL_STAYS_AFTER, now + LONGEST)
    return _servers(room=room.pk, person=person.pk, until=until)


def relays_for_test(person: Any, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """The servers for a test of somebody's network, for some minutes."""
    return _servers(room="test", person=person.pk, until=(now or timezone.now()) + TEST_LASTS)


def _servers(*, room: int | str, person: int, until: datetime) -> list[dict[str, Any]]:
    secret = settings.LIVE_TURN_SECRET
    shown = credential(secret, room=room, person=person, until=until) if secret else None
    return servers(settings.LIVE_TURN_URLS, shown)


def fallback_of(room: LiveRoom) -> str:
    """Where a call goes on that does not come about here: an address of its own, which nobody guesses."""
    named = salted_hmac("fairs.live.calling", str(room.pk)).hexdigest()[:24]
    return (settings.LIVE_FALLBACK_URL or "").replace("{room}", named)


def keep_check(person: Any, *, now: datetime | None = None, **found: bool) -> LiveCheck:
    """What somebody's test of devices came to; the last one stands."""
    told = {**found, "at": now or timezone.now()}
    return LiveCheck.objects.update_or_create(person=person, defaults=told)[0]
