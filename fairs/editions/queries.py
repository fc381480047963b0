"""Editions as a visitor and as their organiser may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When

from fairs.editions.grid import slots_of
from fairs.editions.models import Day, Edition, Series
from fairs.editions.rules import ORGANISERS
from fairs.editions.states import ENDED, ORGANISING, EditionState, Part
from moussem.organisations.models import Membership, Organisation
from moussem.people.models import User


@dataclass(frozen=True)
class DayPlan:
    """A day with what the grid makes of it: how many slots, from when to when the last one ends."""

    day: Day
    slots: int
    last_ends: datetime | None


def _whole() -> QuerySet[Edition]:
    return Edition.objects.select_related("series__organiser").prefetch_related(
        Prefetch("days", Day.objects.select_related("edition")), "breaks"
    )


def bodies_of(user: Any) -> QuerySet[Organisation]:
    """The organisations whose fairs this person runs."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    held = Membership.objects.active().filter(user=user, role__in=ORGANISERS)
    return Organisation.objects.filter(kind__in=ORGANISING, memberships__in=held).order_by("name")


def slug_after(edition: Edition) -> str:
    """The next edition of the same fair that everybody may see and that is not over, by its address."""
    later = Edition.objects.public().filter(series=edition.series_id, starts_on__gt=edition.ends_on)
    return later.exclude(state__in=ENDED).order_by("starts_on").values_list("slug", flat=True).first() or ""


def editions_of(user: Any) -> QuerySet[Edition]:
    """The editions that this person runs, the latest first."""
    return _whole().held_by(bodies_of(user))


def run_edition(user: Any, slug: str) -> Edition | None:
    """The edition of this address for who runs it."""
    return editions_of(user).filter(slug=slug).first()


def edition_for(user: Any, slug: str) -> Edition | None:
    """The edition of this address as this person may look at it: a draft is its organiser's alone."""
    public = _whole().public().filter(slug=slug).first()
    return public or run_edition(user, slug)


def public_editions() -> QuerySet[Edition]:
    """The editions on show, each with its ``part``: what runs, what comes next, then what is over."""
    part = Case(
        When(state=EditionState.RUNNING, then=Value(Part.RUNNING)),
        When(state__in=ENDED, then=Value(Part.OVER)),
        default=Value(Part.COMING),
    )
    # What is over stands the other way round: the latest first.
    ahead = Case(When(~Q(state__in=ENDED), then=F("starts_on")))
    order = Case(
        When(part=Part.RUNNING, then=Value(0)), When(part=Part.COMING, then=Value(1)), default=Value(2)
    )
    return _whole().public().annotate(part=part).order_by(order, ahead, "-starts_on", "pk")


def due_to_begin(now: datetime) -> list[Edition]:
    """Announced editions whose doors have opened."""
    # Somewhere it may be tomorrow already.
    announced = _whole().filter(state=EditionState.OPEN, starts_on__lte=now.date() + timedelta(days=1))
    return [one for one in announced if (at := one.doors_open_at) and at <= now]


def due_to_close(now: datetime) -> list[Edition]:
    """Running editions whose doors have closed for the last time."""
    running = _whole().filter(state=EditionState.RUNNING, ends_on__lte=now.date() + timedelta(days=1))
    return [one for one in running if (at := one.doors_close_at) and at <= now]


def days_with_slots(edition: Edition) -> list[DayPlan]:
    """Every open day with the number of meetings that the grid gives it."""
    pauses = [one.pause for one in edition.breaks.all()]
    plans = []
    for day in edition.days.all():
        slots = slots_of(
            day.opening,
            pauses,
            zone=edition.time_zone,
            minutes=edition.meeting_minutes,
            between=edition.between_minutes,
        )
        plans.append(DayPlan(day, len(slots), slots[-1].ends if slots else None))
    return plans


def held_on(series: Series, starts_on: date, ends_on: date, *, but: Edition | None = None) -> Edition | None:
    """The edition of a fair that is on any of these days, ``but`` one; a withdrawn one leaves them free."""
    others = series.editions.exclude(pk=but.pk if but else None).exclude(state=EditionState.WITHDRAWN)
    return others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()


def bears_a_name(rows: QuerySet, names: Mapping[str, str], *, but: Any = None) -> bool:
    """Whether another of these rows has one of these names in its language already, whatever its case."""
    others = rows.exclude(pk=but.pk) if but is not None and but.pk else rows
    return any(others.filter(**{f"{field}__iexact": name}).exists() for field, name in names.items() if name)


def who_reads(people: Iterable[int]) -> QuerySet[User]:
    """Those of these people who are written to: an account that was closed reads nothing."""
    return User.objects.filter(pk__in=list(people), is_active=True).order_by("pk")
