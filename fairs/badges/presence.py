"""Who is inside by which door, who came and left, and who was awaited and never came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from fairs.badges.allowed import ACROSS
from fairs.badges.models import Door, Scan
from fairs.badges.queries import inside_from
from fairs.badges.states import ENTERED, PASSED, ScanOutcome
from fairs.editions.models import Edition
from fairs.editions.states import HELD
from fairs.guests.models import Guest
from fairs.guests.states import Tier


@dataclass(frozen=True)
class DoorCount:
    """How many are inside by a door, came in by it today, of whom so many from another hall, and left."""

    door: Door
    inside: int
    entered: int
    left: int
    across: int


@dataclass(frozen=True)
class PlaceCount:
    """How many are in a hall, or in the whole edition, how many came in today, and the doors that lead there.

    Whoever goes on into another hall has left the first, with or without a check-out.
    """

    hall: Any
    inside: int
    entered: int
    doors: tuple[DoorCount, ...]

    @property
    def left(self) -> int:
        """How many entries of today are over."""
        return max(self.entered - self.inside, 0)


@dataclass(frozen=True)
class HostedVisits:
    """The editions that are over at which somebody was hosted, the latest first, and whether they came."""

    editions: tuple[tuple[Edition, bool], ...]

    @property
    def hosted(self) -> int:
        """How often a place was given."""
        return len(self.editions)

    @property
    def came(self) -> int:
        """How often a door saw them."""
        return sum(came for _edition, came in self.editions)

    @property
    def missed(self) -> int:
        """How often no door did."""
        return self.hosted - self.came


@dataclass(frozen=True)
class EarlierVisit:
    """An edition that is over to which somebody was admitted; ``came`` is None where there was no door."""

    edition: Edition
    guest: Guest
    came: bool | None

    @property
    def as_buyer(self) -> bool:
        """Whether they were admitted as a buyer."""
        return self.guest.tier != Tier.VISITOR

    @property
    def missed(self) -> bool:
        """Whether no door saw them."""
        return self.came is False


def counts_at_doors(edition: Edition, now: datetime | None = None) -> list[PlaceCount]:
    """How many are inside now, and how many came and went today: the whole edition first, then each hall."""
    begins = inside_from(edition, now)
    today = edition.scans.filter(outcome__in=PASSED, at__gte=begins, at__lt=begins + timedelta(days=1))
    rows = today.values("door").annotate(
        entered=Count("pk", filter=Q(outcome__in=ENTERED)),
        left=Count("pk", filter=Q(outcome=ScanOutcome.OUT)),
        across=Count("pk", filter=Q(code__in=ACROSS)),
    )
    passed = {row.pop("door"): row for row in rows.order_by()}
    now_in = edition.badges.filter(inside_since__gte=begins).values_list("inside_by")
    inside = dict(now_in.annotate(many=Count("pk")).order_by())
    nothing = {"entered": 0, "left": 0, "across": 0}
    # A door that is kept no more had its people too.
    doors = [
        DoorCount(one, inside.get(one.pk, 0), **passed.get(one.pk, nothing))
        for one in edition.doors.select_related("hall").order_by("hall__position", "hall", "pk")
    ]
    whole = PlaceCount(None, sum(inside.values()), sum(one.entered - one.across for one in doors), ())
    places = {one.door.hall_id: one.door.hall for one in doors}
    return [
        whole,
        *(_place(hall, [one for one in doors if one.door.hall_id == pk]) for pk, hall in places.items()),
    ]


def _place(hall: Any, doors: list[DoorCount]) -> PlaceCount:
    kept = tuple(one for one in doors if one.door.left_at is None)
    return PlaceCount(hall, sum(one.inside for one in doors), sum(one.entered for one in doors), kept)


def _earlier(edition: Edition, guests: Sequence[Guest]) -> list[Guest]:
    """Whoever of these guests, or of the buyers they come for, was admitted to fairs that are over.

    Each with whether a door saw them; fairs of the same organiser, the latest first.
    """
    people, buyers = {one.person_id for one in guests}, {one.organisation_id for one in guests} - {None}
    earlier = (
        Guest.objects.admitted()
        .filter(Q(person__in=people) | Q(organisation__in=buyers))
        .filter(edition__series__organiser=edition.series.organiser_id, edition__state__in=HELD)
        .exclude(edition=edition)
        .annotate(came=Exists(Scan.objects.filter(badge__guest=OuterRef("pk"), outcome__in=ENTERED)))
        .select_related("edition")
        .order_by("-edition__starts_on", "pk")
    )
    return list(earlier) if guests else []


def _is_of(guest: Guest, row: Guest) -> bool:
    return row.person_id == guest.person_id or row.organisation_id in {guest.organisation_id} - {None}


def hosted_before(edition: Edition, guests: Sequence[Guest]) -> dict[int, HostedVisits]:
    """The history of guests as hosted buyers at the fairs of the same organiser, by the key of the guest.

    The person counts, and so does the buyer whom another person came for. Where people meet on a screen alone
    there is no door, and nobody can be said not to have come.
    """
    rows = [
        row for row in _earlier(edition, guests) if row.tier == Tier.HOSTED and not row.edition.is_digital
    ]
    found = {}
    for one in guests:
        visits = tuple((row.edition, row.came) for row in rows if _is_of(one, row))
        if visits:
            found[one.pk] = HostedVisits(visits)
    return found


def been_before(edition: Edition, guests: Sequence[Guest]) -> dict[int, list[EarlierVisit]]:
    """The fairs of the same organiser to which each guest was admitted before, by the key of the guest."""
    rows = _earlier(edition, guests)
    found: dict[int, dict[int, EarlierVisit]] = {one.pk: {} for one in guests}
    for one in guests:
        # Somebody's own visit says more than that of a colleague.
        for row in sorted(filter(partial(_is_of, one), rows), key=lambda row: row.person_id != one.person_id):
            came = None if row.edition.is_digital else row.came
            found[one.pk].setdefault(row.edition_id, EarlierVisit(row.edition, row, came))
    return {pk: list(visits.values()) for pk, visits in found.items()}


def is_clear(guest: Guest, visits: Sequence[EarlierVisit]) -> bool:
    """Whether a waiting buyer bought at an earlier fair, missed none and was not refused here before."""
    bought = any(one.as_buyer for one in visits)
    return bought and not guest.reason and not any(one.missed for one in visits)
