"""Letters about a meeting, to the two people who meet and to their calendars."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairs.sessions.calendars import invitation
from fairs.sessions.clocks import differ
from fairs.sessions.entries import invited_to
from matchmaking.meetings.entries import entry_of
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import booth_number_of, lines_told
from matchmaking.parties.models import Delegate, Party
from matchmaking.parties.states import TableKind
from moussem.core.mail import Invitation, write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all

# What these letters ask the reader's calendar to do is to hold the meeting as it is now.
INVITING = {"booked", "moved", "found"}
TAKING_OUT = {"cancelled", "handed_over", "released"}
# A letter of a booking waits in the outbox as what was decided.
BOOKED = "meeting_booked"
DECIDED = ("slot", "table", "buyer", "exporter", "interpreter")


def letters_about(
    meeting: Meeting, letter: str, *, reader: int | None = None, **context: Any
) -> list[OutboxMessage]:
    """``matchmaking/mail/meeting_<letter>.txt`` for each of the two, or for one of them, not posted yet.

    Whoever was released meets no more, and reads nothing more of it.
    """
    if meeting.table.kind == TableKind.BOOTH and not hasattr(meeting, "booth_number"):
        meeting.booth_number = booth_number_of(meeting.table)
    # Both letters tell what it is about; a request that was read with its lines is not asked again.
    prefetch_related_objects([meeting.request], Prefetch("lines", lines_told()))
    return [
        letter_to(
            meeting, delegate, other, letter, invitation=_asked_of(meeting, delegate, letter), **context
        )
        for delegate, other in meeting.sides()
        if delegate.left_at is None and reader in (None, delegate.pk)
    ]


def letters_without(meeting: Meeting, party: Party, gone: Delegate) -> list[OutboxMessage]:
    """Nobody comes for a party: to those who are there for it, and to whoever comes for the other."""
    return _around(meeting, party, gone, ours="unmet", theirs="sought", gone=gone.person)


def letters_with(meeting: Meeting, party: Party, comes: Delegate) -> list[OutboxMessage]:
    """Somebody comes for a party again: to the same, but for whoever comes."""
    return _around(meeting, party, comes, ours="met", theirs="found", comes=comes.person)


def _around(
    meeting: Meeting, party: Party, but: Delegate, *, ours: str, theirs: str, **context: Any
) -> list[OutboxMessage]:
    """To those who are there for a party one letter, and to whoever comes for the other another."""
    other = meeting.request.across(party)
    there = Delegate.objects.there().filter(party=party).exclude(pk=but.pk)
    told = [
        letter_to(meeting, one, other, ours, **context)
        for one in there.select_related("person", "party__organisation").order_by("pk")
    ]
    return told + [
        letter_to(meeting, one, them, theirs, invitation=_asked_of(meeting, one, theirs), **context)
        for one, them in meeting.sides()
        if them.pk == party.pk and one.left_at is None
    ]


def _asked_of(meeting: Meeting, delegate: Delegate, letter: str) -> Invitation | None:
    """What a calendar is asked; nothing where the meeting stays as it knows it."""
    if letter not in INVITING | TAKING_OUT:
        return None
    changed: dict[str, Any] = {"is_cancelled": letter in TAKING_OUT}
    if letter in ("handed_over", "released"):
        # They are written before the move, which counts on.
        changed["sequence"] = meeting.sequence + 1
    person = delegate.person
    entry = entry_of(meeting, delegate, language=person.language, stamp=timezone.now(), **changed)
    return Invitation(*invitation(entry, invited_to(meeting.edition, person)))


def letter_to(
    meeting: Meeting,
    delegate: Delegate,
    other: Party,
    letter: str,
    *,
    key: str | None = None,
    invitation: Invitation | None = None,
    **context: Any,
) -> OutboxMessage:
    """A letter to one of the two, with the hours of the fair and of the reader's own clocks."""
    person, zones = delegate.person, (meeting.edition.time_zone, delegate.time_zone)
    # A meeting that moved tells both of its slots by the same clocks.
    told = [one for one in (meeting.slot, context.get("was")) if one]
    with override(person.language):
        link = settings.SITE_URL + reverse("matchmaking:meeting", args=[meeting.edition.slug, meeting.pk])
    return write_mail(
        f"matchmaking/mail/meeting_{letter}.txt",
        to=person.email,
        language=person.language,
        key=key,
        invitation=invitation,
        meeting=meeting,
        delegate=delegate,
        other=other.organisation,
        own_zone=delegate.time_zone if any(differ(one.begins, *zones) for one in told) else "",
        link=link,
        **context,
    )


def write_about(meeting: Meeting, letter: str, **context: Any) -> None:
    """Post a letter to both who meet."""
    post_all(letters_about(meeting, letter, **context))


def post_booked(meeting: Meeting) -> None:
    """Both who meet are told so by letters that are put together when they are carried.

    Writing two letters takes as long as all the rest of a booking, and others wait for its locks meanwhile.
    """
    decided = {one: getattr(meeting, f"{one}_id") for one in DECIDED}
    post_all(
        OutboxMessage(
            kind=BOOKED,
            payload={
                "to": delegate.person.email,
                "meeting": meeting.pk,
                "reader": delegate.pk,
                "sequence": meeting.sequence,
                "decided": decided,
            },
        )
        for delegate, _other in meeting.sides()
    )


def booked_letter(payload: dict[str, Any]) -> OutboxMessage | None:
    """The letter of a booking as it was decided, whatever was decided since.

    None where its reader was released since, or a slot or table of it is no more: later letters tell what is.
    """
    meeting = Meeting.objects.filter(pk=payload["meeting"]).first()
    if meeting is None:
        return None
    meeting.sequence = payload["sequence"]
    for name, key in payload["decided"].items():
        found = Meeting._meta.get_field(name).related_model.objects.filter(pk=key).first()
        if found is None and key is not None:
            return None
        setattr(meeting, name, found)
    return next(iter(letters_about(meeting, "booked", reader=payload["reader"])), None)
