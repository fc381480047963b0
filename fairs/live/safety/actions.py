"""People keep others away, report what was said; moderators make unheard, keep out, and take it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.floor.rules import may_keep_booth
from fairs.live import bus, protocol
from fairs.live.actions import open_stand_room
from fairs.live.models import LiveEntry, LiveMember, LivePresence, LiveRoom
from fairs.live.safety.errors import (
    MeasureOver,
    NotAboutOrganisers,
    NothingToReport,
    NotThemselves,
    ReasonMissing,
    ReportClosed,
    ReportFull,
    SayWhatIsWrong,
    WordsMissing,
)
from fairs.live.safety.letters import write_of_ban
from fairs.live.safety.models import LiveBlock, LiveMeasure, LiveReport
from fairs.live.safety.queries import lapsed_reports, unseen_by
from fairs.live.safety.rules import may_moderate
from fairs.live.safety.states import Measure, ReportState
from fairs.live.shown import told_of
from fairs.live.stands.actions import part
from fairs.live.stands.queries import keepers_of
from fairs.live.states import RoomKind
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record, record_each
from moussem.core.moves import move
from moussem.core.text import has_words
from moussem.people.models import User

CONTEXT = 10

protocol.declare_event("erased", "What somebody had written was erased at their wish.")


def met_in(room: LiveRoom, person: int, *, actor: Any) -> User | None:
    """Somebody who wrote into a room, is there or is of the call: whom this one can speak of.

    Who visits a stand is told to nobody but those who receive there, and to those who look after the fair.
    """
    # What was said without a name, or to nobody, tells of no one.
    named = Q(data__anonymous=False) | Q(data__anonymous__isnull=True)
    known = (
        LiveMember.objects.filter(room=room, person=person).exists()
        or LiveEntry.objects.filter(named, room=room, author=person, is_veiled=False).exists()
        or (LivePresence.objects.filter(room=room, person=person).exists() and _are_seen(room, person, actor))
    )
    return User.objects.filter(pk=person).first() if known else None


def _are_seen(room: LiveRoom, person: int, actor: Any) -> bool:
    if room.kind != RoomKind.STAND:
        return True
    receives = keepers_of(room.exhibitor).filter(pk=person).exists()
    return receives or may_keep_booth(actor, room.exhibitor) or may_moderate(actor, room.edition)


@transaction.atomic
def block_person(room: LiveRoom, *, actor: Any, other: int) -> LiveBlock:
    """Neither reads the other from now on, in no live room; told to nobody.

    What one of them was answering the other at a stand is over, and in a call they hear each other no more.
    """
    require(other != actor.pk, NotThemselves)
    person = met_in(room, other, actor=actor)
    require(person is not None, NotYours)
    block, created = LiveBlock.objects.get_or_create(person=actor, other=person)
    if created:
        record("live_blocked", actor, actor=actor, other=person.pk)
        part(actor, person)
        bus.look_at_person(actor)
        bus.look_at_person(person)
    return block


@transaction.atomic
def unblock_person(*, actor: Any, other: int) -> None:
    """They may read each other again, what was said meanwhile included; undone twice, it is undone."""
    gone, _each = LiveBlock.objects.filter(person=actor, other=other).delete()
    if gone:
        record("live_unblocked", actor, actor=actor, other=other)
        for one in User.objects.filter(pk__in=(actor.pk, other)):
            bus.look_at_person(one)


@transaction.atomic
def report_entry(room: LiveRoom, *, actor: Any, seq: int, words: str = "") -> LiveReport:
    """A message of somebody else with the ten before it, kept as they stand now, for a reason.

    Told twice it is one report; what is said besides goes into it as long as nobody has closed it.
    """
    # Whoever erases what they said holds the room too: nothing of it is copied while it goes.
    room = lock(room)
    entry = LiveEntry.objects.filter(room=room, seq=seq).select_related("author").first()
    require(entry and not entry.is_veiled and (entry.author_id or entry.is_nameless), NothingToReport)
    require(entry.is_nameless or entry.author_id not in unseen_by(actor.pk), NothingToReport)
    require(entry.author_id != actor.pk, NotThemselves)
    words = words.strip()
    if known := LiveReport.objects.filter(room=room, seq=seq, reporter=actor).first():
        return _say_more(known, words, actor)
    require(has_words(words), SayWhatIsWrong)
    report, created = LiveReport.objects.get_or_create(
        room=room,
        seq=seq,
        reporter=actor,
        defaults={
            "edition": room.edition,
            # Nobody is told who asked without a name, not even those who read reports.
            "about": None if entry.data.get("anonymous") else entry.author,
            "words": words,
            "evidence": evidence_of(room, seq),
        },
    )
    if created:
        record("live_reported", report, actor=actor, room=room.pk, seq=seq)
    return report if created else _say_more(report, words, actor)


def _say_more(report: LiveReport, words: str, actor: Any) -> LiveReport:
    report = lock(report)
    # Sent again, it is said already.
    if not words or words in report.words.splitlines() or words == report.words:
        return report
    require(report.is_open, ReportClosed)
    told = f"{report.words}\n{words}".strip()
    most = LiveReport._meta.get_field("words").max_length
    require(len(told) <= most, ReportFull, most=most)
    report.words = told
    report.save(update_fields=["words"])
    record("live_report_said_more", report, actor=actor, room=report.room_id, seq=report.seq)
    return report


@transaction.atomic
def report_spoken(room: LiveRoom, *, actor: Any, other: int, words: str) -> LiveReport:
    """What somebody said aloud in a call, in the words of who heard it; told twice, it is one.

    No sound is kept, so what was written there last stands beside it.
    """
    require(room.kind == RoomKind.CALL, NotYours)
    require(other != actor.pk, NotThemselves)
    member = LiveMember.objects.filter(room=room, person=other).select_related("person").first()
    require(member is not None, NotYours)
    require(has_words(words), WordsMissing)
    # Two windows of one person would tell it twice.
    room = lock(room)
    report, created = LiveReport.objects.get_or_create(
        room=room,
        seq=None,
        reporter=actor,
        about=member.person,
        words=words,
        defaults={"edition": room.edition, "evidence": evidence_of(room, room.seq)},
    )
    if created:
        record("live_reported", report, actor=actor, room=room.pk, about=other)
    return report


def evidence_of(room: LiveRoom, seq: int) -> list[dict[str, Any]]:
    """A message and the ten before it, with who wrote them where the room was told.

    Without what somebody unheard asked without a name: it would tell that it is theirs.
    """
    named = Q(data__anonymous=False) | Q(data__anonymous__isnull=True)
    rows = LiveEntry.objects.filter(Q(is_veiled=False) | named, room=room, seq__lte=seq)
    latest = rows.select_related("author").order_by("-seq")[: CONTEXT + 1]
    return [
        {
            "seq": one.seq,
            "kind": one.kind,
            "by": told_of(one.author) if one.by else None,
            "at": one.at.isoformat(timespec="milliseconds"),
            "data": one.data,
            "unheard": one.is_veiled,
        }
        for one in reversed(latest)
    ]


@transaction.atomic
def close_report(report: LiveReport, *, actor: Any) -> LiveReport:
    """A moderator has looked at a report."""
    report = lock(report)
    require(may_moderate(actor, report.edition), NotYours)
    return move(report, ReportState.DONE, actor=actor)


@transaction.atomic
def forget_reports(now: datetime | None = None) -> int:
    """Reports that are of no use any more go, with all that was said in them. How many."""
    lapsed = list(lock_all(lapsed_reports(now or timezone.now())))
    record_each("live_report_forgotten", [(one, {}) for one in lapsed], actor=None)
    LiveReport.objects.filter(pk__in=[one.pk for one in lapsed]).delete()
    return len(lapsed)


@transaction.atomic
def take_measure(
    edition: Edition,
    kind: Measure,
    *,
    actor: Any,
    person: Any,
    reason: str,
    until: datetime | None = None,
    room: LiveRoom | None = None,
) -> LiveMeasure:
    """Somebody is unheard or kept out, in one room or everywhere; a later one takes the place of the first.

    What is done in a conversation holds at its stand and in all conversations there.

    Whoever is kept out is written to with the reason. Whoever is unheard is told nothing.
    """
    edition = lock(edition)
    require(may_moderate(actor, edition), NotYours)
    if room is not None and room.kind == RoomKind.THREAD:
        # Else whoever ends the conversation begins another one.
        room = open_stand_room(room.thread.exhibitor, actor=actor)
    require(room is None or room.edition_id == edition.pk, NotYours)
    require(has_words(reason), ReasonMissing)
    require(not may_moderate(person, edition), NotAboutOrganisers)
    now = timezone.now()
    require(until is None or until > now, MeasureOver)
    held = LiveMeasure.objects.in_force(now).filter(edition=edition, room=room, person=person, kind=kind)
    held.update(lifted_at=now)
    measure = LiveMeasure.objects.create(
        edition=edition, room=room, person=person, kind=kind, reason=reason, until=until, by=actor, at=now
    )
    facts = {"person": person.pk, "room": room and room.pk, "reason": reason, "until": until and str(until)}
    record("live_banned" if kind == Measure.BAN else "live_muted", measure, actor=actor, **facts)
    if kind == Measure.BAN:
        write_of_ban(measure)
        bus.look_at_person(person)
    return measure


@transaction.atomic
def lift_measure(measure: LiveMeasure, *, actor: Any) -> LiveMeasure:
    """What was done about somebody is taken back."""
    measure = lock(measure)
    require(may_moderate(actor, measure.edition), NotYours)
    require(not measure.is_over, MeasureOver)
    measure.lifted_at = timezone.now()
    measure.save(update_fields=["lifted_at"])
    record("live_measure_lifted", measure, actor=actor, person=measure.person_id)
    bus.look_at_person(measure.person)
    return measure
