"""An edition is created, cloned, planned, announced, run and put away."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import date_format, time_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from fairs.editions.errors import (
    ClocksMoveHours,
    DaysOver,
    HasBegun,
    NoReasonToWithdraw,
    NotReady,
    NotYetBegun,
    SameDays,
    TextsAreRead,
    TooEarly,
)
from fairs.editions.events import days_planned, edition_cloned, mode_changed
from fairs.editions.grid import Opening, moment
from fairs.editions.models import Break, Day, Duty, Edition, Series
from fairs.editions.queries import due_to_begin, due_to_close, held_on, who_reads
from fairs.editions.rules import (
    may_hold_fairs,
    may_organise,
    refuse_days_once_begun,
    refuse_once_begun,
    refuse_once_over,
    refuse_once_put_away,
)
from fairs.editions.states import EditionState
from fairs.editions.withdrawing import concerned_by
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.mail import Invitation, beside_or_attached, post_mail, write_mail
from moussem.core.models import OutboxMessage
from moussem.core.moves import can_move, move
from moussem.core.outbox import post_all
from moussem.core.rounds import try_each
from moussem.core.sites import address_of
from moussem.core.templatetags.times import clock_of
from moussem.core.text import has_words
from moussem.people.models import User

D = TypeVar("D", bound=Duty)
Rule = Callable[[Edition], None]
OPENS, CLOSES = time(9), time(18)
# Addresses of other pages under the same path.
RESERVED = {"organise", "applications", "juries", "visits", "calendar"}
LONGEST_SLUG = 120
NAMES = ("name_en", "name_fr", "name_ar")
TEXTS = {f"{name}_{code}" for name in ("name", "place", "summary") for code in ("en", "fr", "ar")}


def hold_edition(edition: Edition, rule: Rule = refuse_once_over) -> Edition:
    """The edition under a lock, as long as a rule about its state lets something of it be written.

    The rule looks at the row as it is under the lock: the one in hand may be from before it was closed. The
    edition comes before all that belongs to it, so that no two writers wait in a ring.
    """
    edition = lock(edition)
    rule(edition)
    return edition


def hold_own_edition(edition: Edition, actor: Any, rule: Rule = refuse_once_over) -> Edition:
    """The same, for somebody who runs the edition."""
    require(may_organise(actor, edition), NotYours)
    return hold_edition(edition, rule)


@transaction.atomic
def start_fair(*, actor: Any, organiser: Any, starts_on: date, ends_on: date, **told: Any) -> Edition:
    """A new fair and its first edition, a draft with a day for each date of its span.

    ``told`` holds fields of the edition; the fair takes its names from it.
    """
    require(may_hold_fairs(actor, organiser), NotYours)
    series = Series.objects.create(organiser=organiser, **{name: told.get(name, "") for name in NAMES})
    edition = _create(Edition(series=series, starts_on=starts_on, ends_on=ends_on, **told))
    _fill_days(edition)
    record("started", edition, actor=actor, starts_on=str(starts_on), ends_on=str(ends_on))
    return edition


@transaction.atomic
def clone_edition(edition: Edition, *, actor: Any, starts_on: date, **told: Any) -> Edition:
    """The next edition of the same fair: its days and all that its rooms keep, moved to the new first day.

    ``told`` holds the fields that differ, such as the names.
    """
    require(may_organise(actor, edition), NotYours)
    # Two clones of one fair wait for each other, so that the second sees the days of the first.
    lock(edition.series)
    moved = starts_on - edition.starts_on
    ends_on = edition.ends_on + moved
    if other := held_on(edition.series, starts_on, ends_on):
        raise SameDays(edition=other.label)
    kept = (
        *("mode", "time_zone", "meeting_minutes", "between_minutes", "place_en", "place_fr", "place_ar"),
        *("summary_en", "summary_fr", "summary_ar", *NAMES),
    )
    copied = {name: getattr(edition, name) for name in kept}
    told = {**copied, **told, "starts_on": starts_on, "ends_on": ends_on}
    new = _create(Edition(series=edition.series, cloned_from=edition, **told))
    Day.objects.bulk_create(
        Day(edition=new, on=day.on + moved, opens=day.opens, closes=day.closes) for day in edition.days.all()
    )
    Break.objects.bulk_create(
        Break(edition=new, kind=one.kind, on=one.on and one.on + moved, begins=one.begins, ends=one.ends)
        for one in edition.breaks.all()
    )
    edition_cloned.announce(Edition, old=edition, new=new)
    record("cloned", new, actor=actor, of=edition.pk, starts_on=str(starts_on))
    return new


def _create(edition: Edition) -> Edition:
    """The row under an address that nobody has; two that ask for one at once get two."""
    name = edition.name_en or edition.name_fr or edition.name_ar
    base = slugify(f"{name} {edition.starts_on:%Y}")[:LONGEST_SLUG].strip("-") or "fair"
    edition.slug = base if base not in RESERVED else f"{base}-{_letters()}"
    while True:
        try:
            with transaction.atomic():
                edition.save(force_insert=True)
                return edition
        except IntegrityError:
            if not Edition.objects.filter(slug=edition.slug).exists():
                raise
            edition.pk, edition.slug = None, f"{base}-{_letters()}"


def _letters() -> str:
    return get_random_string(4, "abcdefghjkmnpqrstuvwxyz23456789")


def _fill_days(edition: Edition) -> None:
    span = (edition.ends_on - edition.starts_on).days + 1
    dates = (edition.starts_on + timedelta(days=number) for number in range(span))
    Day.objects.bulk_create(Day(edition=edition, on=on, opens=OPENS, closes=CLOSES) for on in dates)


@transaction.atomic
def change_mode(edition: Edition, *, actor: Any, mode: str) -> Edition:
    """Another way to meet, as long as the edition is planned and nobody depends on the one that would go."""
    edition = hold_own_edition(edition, actor, refuse_once_begun)
    was, edition.mode = edition.mode, mode
    if mode == was:
        return edition
    edition.save(update_fields=["mode"])
    mode_changed.announce(Edition, edition=edition, was=was)
    record("mode_changed", edition, actor=actor, was=was, now=mode)
    return edition


@transaction.atomic
def change_texts(edition: Edition, *, actor: Any, **told: Any) -> Edition:
    """What the pages of an edition say; texts may change as long as it is not in the archive.

    What is read once it is announced may be written anew, and not be emptied, in none of the languages.
    """
    if unknown := told.keys() - TEXTS:
        raise TypeError(f"not texts of an edition: {sorted(unknown)}")
    edition = hold_own_edition(edition, actor, refuse_once_put_away)
    changed = {name: value for name, value in told.items() if getattr(edition, name) != value}
    if not changed:
        return edition
    require(not edition.is_public or all(has_words(value) for value in changed.values()), TextsAreRead)
    facts = {name: [str(getattr(edition, name)), str(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(changed))
    record("texts_changed", edition, actor=actor, changed=facts)
    return edition


@transaction.atomic
def plan_days(
    edition: Edition,
    *,
    actor: Any,
    days: Iterable[Opening],
    breaks: Iterable[Break],
    meeting_minutes: int,
    between_minutes: int,
    along: bool = False,
    time_zone: str = "",
    agreed: str | None = None,
    told: list[str] | None = None,
) -> Edition:
    """The days, hours, breaks and meeting grid of an edition, in the place of those it had.

    ``along`` lets what is planned keep its distance from the first day; hours of another zone are other
    moments, which sessions and meetings must bear as they do other days. ``agreed`` is the zone that its
    organiser agreed to, where a page stands between; ``told`` takes a sentence for each last day that moves.
    """
    # A clone waits here too: no two editions of a fair are on one day.
    lock(edition.series)
    edition = hold_own_edition(edition, actor, refuse_days_once_begun)
    days = sorted(days, key=lambda day: day.on)
    before = list(edition.days.all())
    was = [(day.opens_at, day.closes_at) for day in before]
    zone_was, edition.time_zone = edition.time_zone, time_zone or edition.time_zone
    if other := held_on(edition.series, days[0].on, days[-1].on, but=edition):
        raise SameDays(edition=other.label)
    begins = moment(days[0].on, days[0].opens, edition.time_zone)
    # What has begun cannot be taken back, and the clock would begin it within minutes.
    require(edition.state == EditionState.DRAFT or begins > timezone.now(), DaysOver)
    moved = days[0].on - edition.starts_on if along else timedelta()
    edition.days.all().delete()
    edition.breaks.all().delete()
    Day.objects.bulk_create(Day(edition=edition, on=d.on, opens=d.opens, closes=d.closes) for d in days)
    for one in (breaks := list(breaks)):
        one.edition = edition
    Break.objects.bulk_create(breaks)
    edition.starts_on, edition.ends_on = days[0].on, days[-1].on
    edition.meeting_minutes, edition.between_minutes = meeting_minutes, between_minutes
    edition.save(update_fields=["starts_on", "ends_on", "time_zone", "meeting_minutes", "between_minutes"])
    goes = {"moved": moved, "moved_from": zone_was if along else edition.time_zone}
    goes |= {"actor": actor, "told": [] if told is None else told}
    days_planned.announce(Edition, edition=edition, was=was, zone_was=zone_was, **goes)
    asked = edition.is_public and agreed not in (None, edition.time_zone)
    # After the rooms that refuse them: nobody agrees to clocks that cannot be.
    if asked and (moved_hours := _moved_hours(days, edition.time_zone, zone_was)):
        raise ClocksMoveHours(**moved_hours)
    facts = {"days": [str(day) for day in days], "breaks": [str(one) for one in breaks]}
    then = {"days": [str(Opening(day.on, day.opens, day.closes)) for day in before], "time_zone": zone_was}
    record("planned", edition, actor=actor, **facts, time_zone=edition.time_zone, was=then)
    return edition


def _moved_hours(days: Iterable[Opening], zone: str, was: str) -> dict[str, str]:
    """The first opening that is another moment by the clocks of two zones, told by both; else nothing."""
    openings = [(moment(day.on, day.opens, zone), moment(day.on, day.opens, was)) for day in days]
    begins = next((now for now, before in openings if now != before), None)
    if begins is None:
        return {}
    here, then = begins.astimezone(ZoneInfo(zone)), begins.astimezone(ZoneInfo(was))
    return {
        "zone": clock_of(zone),
        "was": clock_of(was),
        "day": date_format(here),
        "hour": time_format(here),
        "then": date_format(then, "DATETIME_FORMAT"),
    }


@transaction.atomic
def announce_edition(edition: Edition, *, actor: Any) -> Edition:
    """From now on everybody sees the edition."""
    require(may_organise(actor, edition), NotYours)
    edition = lock(edition)
    if can_move(edition, EditionState.OPEN) and (missing := missing_for_announcement(edition)):
        raise NotReady(missing=" ".join(missing))
    return move(edition, EditionState.OPEN, actor=actor)


def missing_texts(edition: Edition) -> list[tuple[str, str]]:
    """The texts that an edition lacks before it can be announced: each by its name, and in a sentence."""
    missing = []
    if not all(getattr(edition, name) for name in NAMES):
        missing.append((_("its name"), _("Write its name in English, French and Arabic.")))
    if not (edition.summary_en and edition.summary_fr and edition.summary_ar):
        missing.append((_("what it is about"), _("Say what it is about in English, French and Arabic.")))
    if not edition.place:
        missing.append((_("the place"), _("Say where it takes place.")))
    return missing


def missing_for_announcement(edition: Edition, now: datetime | None = None) -> list[str]:
    """What an edition lacks before it can be announced, a sentence each; nothing when it is ready."""
    missing = [sentence for _name, sentence in missing_texts(edition)]
    if not (opens := edition.doors_open_at):
        missing.append(_("Give it at least one day."))
    elif opens <= (now or timezone.now()):
        missing.append(_("Its first day is over. Choose days to come."))
    return missing


@transaction.atomic
def begin_edition(edition: Edition, *, actor: Any, now: datetime | None = None) -> Edition:
    """The edition runs, from the moment when its doors open."""
    require(actor is None or may_organise(actor, edition), NotYours)
    edition = lock(edition)
    opens = edition.doors_open_at
    if can_move(edition, EditionState.RUNNING) and opens > (now or timezone.now()):
        raise NotYetBegun(**_said(edition, opens))
    return move(edition, EditionState.RUNNING, actor=actor)


@transaction.atomic
def close_edition(edition: Edition, *, actor: Any, now: datetime | None = None) -> Edition:
    """The edition is over, from the moment when its doors have closed for the last time."""
    require(actor is None or may_organise(actor, edition), NotYours)
    edition = lock(edition)
    closes = edition.doors_close_at
    if can_move(edition, EditionState.CLOSED) and closes > (now or timezone.now()):
        raise TooEarly(**_said(edition, closes))
    return move(edition, EditionState.CLOSED, actor=actor)


def _said(edition: Edition, at: datetime) -> dict[str, str]:
    there = at.astimezone(ZoneInfo(edition.time_zone))
    return {"day": date_format(there), "time": time_format(there), "zone": clock_of(edition.time_zone)}


@transaction.atomic
def withdraw_edition(
    edition: Edition, *, actor: Any, reason: str, now: datetime | None = None
) -> tuple[Edition, int]:
    """An announced edition that does not take place, and how many people were told so, each once.

    Its page stays, with the reason; calendars that hold its sessions are told that they are cancelled.
    """
    require(may_organise(actor, edition), NotYours)
    require(has_words(reason), NoReasonToWithdraw)
    edition, now = lock(edition), now or timezone.now()
    opens = edition.doors_open_at
    # The clock begins it within minutes.
    if edition.state == EditionState.OPEN and opens and opens <= now:
        raise HasBegun(**_said(edition, opens))
    edition.withdrawn_at, edition.withdrawal = now, reason.strip()
    told = {"reason": edition.withdrawal, "also": ("withdrawn_at", "withdrawal")}
    move(edition, EditionState.WITHDRAWN, actor=actor, **told)
    people = concerned_by(edition)
    readers = who_reads(people)
    mails = [_told_of_withdrawal(edition, one, people[one.pk]) for one in readers]
    post_all(mails)
    return edition, len(mails)


def _told_of_withdrawal(edition: Edition, person: User, asked: Sequence[Invitation]) -> OutboxMessage:
    return write_mail(
        "fairs/mail/edition_withdrawn.txt",
        to=person.email,
        language=person.language,
        key=f"edition_withdrawn:{edition.pk}:{person.pk}",
        **beside_or_attached(asked),
        edition=edition,
        link=address_of("fairs:edition", edition.slug, language=person.language),
    )


@transaction.atomic
def archive_edition(edition: Edition, *, actor: Any) -> Edition:
    """The edition stays to be looked at, and changes no more."""
    require(may_organise(actor, edition), NotYours)
    return move(lock(edition), EditionState.ARCHIVED, actor=actor)


@transaction.atomic
def give_duty(
    kind: type[D], edition: Edition, *, actor: Any, person: Any, verb: str, letter: str, page: str
) -> D:
    """A person's duty at an edition, with a mail about it; one who had left comes back.

    ``kind`` is a `Duty`; whether this person may have it has been looked at.
    """
    edition = hold_own_edition(edition, actor)
    duty, created = kind.objects.get_or_create(edition=edition, person=person)
    if not created and duty.left_at is None:
        return duty
    duty.left_at = None
    duty.save(update_fields=["left_at"])
    record(verb, edition, actor=actor, person=person.pk)
    link = address_of(page, edition.slug, language=person.language)
    post_mail(
        f"fairs/mail/{letter}.txt", to=person.email, language=person.language, edition=edition, link=link
    )
    return duty


@transaction.atomic
def end_duty(duty: D, *, actor: Any, verb: str) -> D:
    """Somebody has the duty no more; what they did stays."""
    hold_own_edition(duty.edition, actor, refuse_once_put_away)
    duty = lock(duty)
    if duty.left_at is None:
        duty.left_at = timezone.now()
        duty.save(update_fields=["left_at"])
        record(verb, duty.edition, actor=actor, person=duty.person_id)
    return duty


def follow_the_clock(now: datetime | None = None) -> int:
    """Begin and close what is due; how many editions. Safe to run twice and after days without running."""
    now = now or timezone.now()
    begun = sum(1 for _one in try_each(due_to_begin(now), partial(begin_edition, actor=None, now=now)))
    return begun + sum(1 for _one in try_each(due_to_close(now), partial(close_edition, actor=None, now=now)))
