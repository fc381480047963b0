"""Rehearsals as an exhibitor's own people may read them, and how ready the stands of an edition are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from catalogue.models import PriceTier, ProductImage
from fairs.editions.models import Day, Edition
from fairs.floor.models import BoothPage, BoothStaff
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.readiness import READ, Facts, Practice, Readiness, readiness_of
from fairs.live.stands.models import StandHours
from fairs.selection.models import Exhibitor
from fairs.selection.queries import exhibitors_of
from moussem.core.dates import today_here
from moussem.organisations.models import Membership
from moussem.organisations.queries import regions_accompanied_by
from moussem.organisations.states import Role


def rehearsals_for(user: Any) -> QuerySet[Rehearsal]:
    """The rehearsals of the exhibitors that somebody sells for: nobody else reads them."""
    own = Membership.objects.selling().filter(user=user).values("organisation")
    found = Rehearsal.objects.filter(exhibitor__left_at=None, exhibitor__organisation__in=own)
    return found.select_related("room", "exhibitor__organisation", "exhibitor__edition")


def rehearsal_for(user: Any, room: int) -> Rehearsal | None:
    """A rehearsal by its room, for whoever sells for its exhibitor."""
    # `room__pk`, since a number that no database keeps finds nothing so; `room` would overflow.
    return rehearsals_for(user).filter(room__pk=room).first()


def open_rehearsal(exhibitor: Exhibitor) -> Rehearsal | None:
    """The rehearsal in which an exhibitor is asked at the moment."""
    return Rehearsal.objects.open().filter(exhibitor=exhibitor).first()


def rehearsals_over(exhibitor: Exhibitor) -> list[Rehearsal]:
    """What an exhibitor went through to the end, the latest first."""
    ended = Rehearsal.objects.filter(exhibitor=exhibitor, ended_at__isnull=False).select_related("room")
    return [one for one in ended if one.is_whole]


def exhibitors_accompanied(user: Any, edition: Edition) -> QuerySet[Exhibitor]:
    """The exhibitors of an edition that somebody accompanies, and no others.

    Those of the region of a checked agency or chamber they work for; those they act for by a consent.
    """
    by_proxy = Membership.objects.selling().filter(user=user, role=Role.DELEGATE).values("organisation")
    theirs = Q(organisation__region__in=regions_accompanied_by(user)) | Q(organisation__in=by_proxy)
    return exhibitors_of(edition).filter(theirs)


def accompanies(user: Any, edition: Edition) -> bool:
    """Whether somebody accompanies anybody at an edition."""
    return user.is_authenticated and exhibitors_accompanied(user, edition).exists()


def readiness_at(exhibitor: Exhibitor, now: datetime | None = None) -> Readiness:
    """How ready a stand is."""
    return readiness_by_exhibitor([exhibitor], now)[exhibitor.pk]


def readiness_by_exhibitor(
    exhibitors: Sequence[Exhibitor], now: datetime | None = None
) -> dict[int, Readiness]:
    """How ready the stands of some exhibitors are, by their keys, in as many queries as for one."""
    now = now or timezone.now()
    told: dict[int, dict[str, Any]] = {one.pk: {} for one in exhibitors}
    for gather in (_pages, _goods, _people, _hours, _tests, _practices):
        for exhibitor, facts in gather(exhibitors).items():
            told[exhibitor].update(facts)
    return {exhibitor: readiness_of(Facts(**facts), now) for exhibitor, facts in told.items()}


def _pages(exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, Any]]:
    pages = BoothPage.objects.filter(exhibitor__in=exhibitors)
    return {
        one.exhibitor_id: {
            "written": [code for code in READ if getattr(one, f"about_{code}").strip()],
        }
        for one in pages
    }


def _goods(exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, Any]]:
    """What stands on show and is on offer, with photos, and with prices that hold."""
    photo = Exists(ProductImage.objects.filter(product=OuterRef("product")))
    price = Exists(PriceTier.objects.filter(product=OuterRef("product")))
    holds = Q(product__prices_valid_until=None) | Q(product__prices_valid_until__gte=today_here())
    rows = (
        BoothPage.products.through.objects.filter(
            boothpage__exhibitor__in=exhibitors,
            product__is_public=True,
            product__organisation=F("boothpage__exhibitor__organisation"),
        )
        .order_by()
        .values("boothpage__exhibitor")
        .annotate(
            shown=Count("pk"),
            pictured=Count("pk", filter=photo),
            priced=Count("pk", filter=Q(price) & holds),
        )
    )
    return {
        one["boothpage__exhibitor"]: {name: one[name] for name in ("shown", "pictured", "priced")}
        for one in rows
    }


def _people(exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"people": 0, "spoken": set()})
    for exhibitor, languages in BoothStaff.objects.filter(exhibitor__in=exhibitors).values_list(
        "exhibitor", "languages"
    ):
        found[exhibitor]["people"] += 1
        found[exhibitor]["spoken"] |= set(languages)
    return found


def _hours(exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, Any]]:
    """One open day with its hours is enough: nobody need be there on all of them."""
    open_then = Exists(Day.objects.filter(edition=OuterRef("exhibitor__edition"), on=OuterRef("on")))
    told = StandHours.objects.filter(open_then, exhibitor__in=exhibitors)
    return {exhibitor: {"has_hours": True} for exhibitor in told.values_list("exhibitor", flat=True)}


def _tests(exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, Any]]:
    """The last test that went well, of anybody who sells for the exhibitor."""
    held = Membership.objects.selling().filter(
        organisation__in=[one.organisation_id for one in exhibitors], user__live_check__isnull=False
    )
    last: dict[int, datetime] = {}
    for one in held.select_related("user__live_check"):
        check = one.user.live_check
        if check.is_fine:
            last[one.organisation_id] = max(check.at, last.get(one.organisation_id, check.at))
    return {
        one.pk: {"tested_at": last[one.organisation_id]} for one in exhibitors if one.organisation_id in last
    }


def _practices(exhibitors: Sequence[Exhibitor]) -> dict[int, dict[str, Any]]:
    """The best of those that were gone through."""
    best: dict[int, Practice] = {}
    for one in Rehearsal.objects.filter(exhibitor__in=exhibitors, ended_at__isnull=False):
        before = best.get(one.exhibitor_id)
        if one.is_whole and (before is None or _share(one.practice) > _share(before)):
            best[one.exhibitor_id] = one.practice
    return {exhibitor: {"practice": practice} for exhibitor, practice in best.items()}


def _share(practice: Practice) -> float:
    return practice.good / practice.asked
