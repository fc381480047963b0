"""The floor of an edition as visitors, exhibitors and the organiser may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from catalogue.models import Product
from catalogue.queries import for_cards, listed_products
from fairs.editions.models import Edition
from fairs.editions.states import Mode, Presence
from fairs.floor.geometry import are_neighbours, counted
from fairs.floor.models import (
    Allotment,
    AllottingRun,
    Booth,
    BoothDocument,
    BoothPage,
    BoothStaff,
    FairOffer,
    Hall,
)
from fairs.floor.rules import shows_without_booth
from fairs.selection.models import Exhibitor
from fairs.selection.queries import exhibitors_of
from moussem.core.shown import digest
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import SELLING_ROLES

# So many times as many exhibitors as are shown are looked at for different families.
LOOKED_AT = 4
WHO = ("exhibitor__organisation", "exhibitor__category")


@dataclass(frozen=True)
class Stall:
    """A booth as a plan draws it: where it is, what it is meant for, and who stands there."""

    booth: Booth
    exhibitor: Exhibitor | None

    @property
    def category_id(self) -> int | None:
        """The category that its colour tells: of who stands there, else the one it is meant for."""
        return self.exhibitor.category_id if self.exhibitor else self.booth.category_id

    @property
    def words(self) -> str:
        """Who stands there; nothing where nobody does."""
        return self.exhibitor.organisation.label if self.exhibitor else ""


def halls_of(edition: Edition) -> QuerySet[Hall]:
    """The halls of an edition in their order, without the drawings, with what is on and what is taken."""
    on_plan = Q(booths__is_on_plan=True)
    taken = on_plan & Q(booths__allotments__isnull=False) & Q(booths__allotments__until=None)
    return edition.halls.defer("drawing").annotate(
        all_booths=Count("booths", filter=on_plan, distinct=True),
        taken=Count("booths", filter=taken, distinct=True),
    )


def stalls_of(hall: Hall) -> list[Stall]:
    """The booths of a hall as one walks past them, with who stands in each."""
    booths = hall.booths.standing().select_related("category")
    current = Allotment.objects.current().filter(booth__hall=hall).select_related(*WHO)
    holders = {one.booth_id: one.exhibitor for one in current}
    stalls = [Stall(booth, holders.get(booth.pk)) for booth in booths]
    return sorted(stalls, key=lambda stall: counted(stall.booth.number))


def hall_of(edition: Edition, pk: int) -> Hall | None:
    """A hall of the edition by its key."""
    return edition.halls.filter(pk=pk).first()


def booth_of(edition: Edition, pk: int) -> Booth | None:
    """A booth of the edition by its key."""
    return edition.booths.select_related("hall", "category", "edition").filter(pk=pk).first()


def numbered(edition: Edition, number: str) -> Booth | None:
    """The booth on the plan that has this number."""
    return edition.booths.standing().select_related("hall").filter(number=number).first()


def allotment_in(booth: Booth) -> Allotment | None:
    """Who stands in a booth today."""
    return booth.allotments.current().select_related(*WHO).first()


def allotments_of(booth: Booth) -> QuerySet[Allotment]:
    """Who stood in a booth, the latest first."""
    return booth.allotments.select_related(*WHO, "run")


def booth_held_by(exhibitor: Exhibitor) -> Booth | None:
    """Where an exhibitor stands today."""
    current = exhibitor.allotments.current().select_related("booth__hall").first()
    return current.booth if current else None


def stood_before(exhibitor: Exhibitor, booth: Booth | None) -> Allotment | None:
    """Where an exhibitor stood until it got the booth where it stands now; None where that is its first."""
    ended = exhibitor.allotments.exclude(until=None).select_related("booth").order_by("-until", "-pk").first()
    return ended if booth and ended and ended.booth_id != booth.pk else None


def plan_word(hall: Hall) -> str:
    """A short word for the plan of a hall, another one as soon as a booth or a line is drawn otherwise."""
    places = hall.booths.standing().order_by("pk").values_list("number", "x", "y", "width", "height")
    return digest([hall.drawing, hall.entrances, *places])


def numbers_before(exhibitors: Iterable[Exhibitor]) -> dict[int, str]:
    """The last booth number that each of some exhibitors had and has no more, by its key."""
    ended = Allotment.objects.exclude(until=None).filter(exhibitor__in=[one.pk for one in exhibitors])
    return dict(ended.order_by("until", "pk").values_list("exhibitor", "booth__number"))


def exhibitors_in_halls(edition: Edition) -> QuerySet[Exhibitor]:
    """Those who stand in the halls: at a hybrid edition some take part on a screen."""
    exhibits = exhibitors_of(edition)
    return exhibits.exclude(mode=Presence.DIGITAL) if edition.mode == Mode.HYBRID else exhibits


def waiting_for_booths(edition: Edition) -> QuerySet[Exhibitor]:
    """The exhibitors of an edition that have no booth, by category and name."""
    current = Allotment.objects.current().filter(exhibitor=OuterRef("pk"))
    return (
        exhibitors_in_halls(edition)
        .filter(~Exists(current))
        .order_by("category__position", "category_id", Lower("organisation__name"), "pk")
    )


def free_booths(edition: Edition) -> list[Booth]:
    """The booths on the plan where nobody stands, as one walks past them."""
    free = edition.booths.free().select_related("hall")
    return sorted(free, key=lambda one: (one.hall.position, one.hall_id, counted(one.number)))


def last_run(edition: Edition) -> AllottingRun | None:
    """The latest automatic run that was not undone, with what it allotted and still holds."""
    kept = Allotment.objects.current().select_related("booth", *WHO).order_by("pk")
    runs = edition.allotting_runs.filter(undone_at=None).select_related("started_by")
    return runs.prefetch_related(Prefetch("allotments", kept, to_attr="kept")).first()


def exhibitors_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, Exhibitor]:
    """Exhibitors of an edition by their keys, those that left among them."""
    return edition.exhibitors.select_related("organisation").in_bulk(set(keys))


def pairs_of_last_time(edition: Edition) -> list[tuple[int, int]]:
    """Organisations that stood side by side at the edition before this one, by their keys."""
    earlier = Edition.objects.filter(series=edition.series, starts_on__lt=edition.starts_on)
    last = earlier.filter(booths__allotments__until=None, booths__allotments__isnull=False)
    before = last.order_by("-starts_on", "-pk").first()
    if before is None:
        return []
    stood = Allotment.objects.current().filter(booth__edition=before).select_related("booth", "exhibitor")
    by_hall: dict[int, list[Allotment]] = {}
    for one in stood.order_by("pk"):
        by_hall.setdefault(one.booth.hall_id, []).append(one)
    return [pair for row in by_hall.values() for pair in _side_by_side(row)]


def _side_by_side(allotments: Sequence[Allotment]) -> Iterable[tuple[int, int]]:
    for number, one in enumerate(allotments):
        for other in allotments[number + 1 :]:
            if are_neighbours(one.booth.place, other.booth.place):
                yield one.exhibitor.organisation_id, other.exhibitor.organisation_id


def shown_exhibitors(edition: Edition) -> QuerySet[Exhibitor]:
    """The exhibitors that visitors are shown: those with a booth, and those on a screen, who need none."""
    current = Allotment.objects.current().select_related("booth__hall")
    shown = (
        exhibitors_of(edition)
        .select_related("organisation__region", "organisation__province")
        .prefetch_related(Prefetch("allotments", current, to_attr="standing"))
    )
    if shows_without_booth(edition):
        return shown
    has_booth = Q(Exists(Allotment.objects.current().filter(exhibitor=OuterRef("pk"))))
    screens = Q(mode=Presence.DIGITAL) if edition.mode == Mode.HYBRID else Q()
    return shown.filter(has_booth | screens)


@dataclass(frozen=True)
class Face:
    """An exhibitor with a product that it can be seen by."""

    exhibitor: Exhibitor
    product: Product

    @property
    def booth(self) -> Booth | None:
        """Where it stands."""
        return self.exhibitor.standing[0].booth if self.exhibitor.standing else None


def faces_of(edition: Edition, most: int, currency: str) -> list[Face]:
    """Some of those who are there, each by a product of another family as far as there are enough."""
    listed = Product.objects.listed().order_by("-listed_at", "-pk").values("pk")
    on_pages = BoothPage.products.through.objects.filter(boothpage__exhibitor=OuterRef(OuterRef("pk")))
    at_booth = listed.filter(pk__in=on_pages.values("product"))[:1]
    at_home = listed.filter(organisation=OuterRef("organisation"))[:1]
    shown = shown_exhibitors(edition).annotate(seen_by=Coalesce(Subquery(at_booth), Subquery(at_home)))
    there = list(shown.filter(seen_by__isnull=False)[: most * LOOKED_AT])
    goods = for_cards(currency).prefetch_related(None).in_bulk([one.seen_by for one in there])
    faces = [Face(one, goods[one.seen_by]) for one in there]
    met: dict[Any, int] = {}
    turns = []
    for place, face in enumerate(faces):
        family = face.product.product_class_id
        met[family] = met.get(family, 0) + 1
        turns.append((met[family], place))
    return [faces[place] for _turn, place in sorted(turns)[:most]]


def matching_exhibitors(exhibitors: QuerySet[Exhibitor], text: str) -> QuerySet[Exhibitor]:
    """Those where every word stands in the name, the place, the category or the title of a shown product."""
    for word in text.split()[:8]:
        named = Q()
        for field in ("organisation__name", "organisation__name_ar", "organisation__city"):
            named |= Q(**{f"{field}__icontains": word})
        for field in ("organisation__region", "organisation__province", "category"):
            for language in ("fr", "ar") if field.endswith("province") else ("en", "fr", "ar"):
                named |= Q(**{f"{field}__name_{language}__icontains": word})
        titled = Product.objects.filter(texts__title__icontains=word)
        pages = BoothPage.products.through.objects.filter(product__in=titled)
        exhibitors = exhibitors.filter(
            named | Exists(pages.filter(boothpage__exhibitor=OuterRef("pk"))) | _stands_in(word)
        )
    return exhibitors


def _stands_in(word: str) -> Exists:
    here = Allotment.objects.current().filter(exhibitor=OuterRef("pk"))
    return Exists(here.filter(booth__number=word.upper()))


def exhibitor_at(edition: Edition, number: str) -> Exhibitor | None:
    """Who stands in the booth of this number."""
    here = Allotment.objects.current().filter(booth__number=number, booth__edition=edition)
    return _whole(edition).filter(allotments__in=here).first()


def exhibitor_named(edition: Edition, slug: str) -> Exhibitor | None:
    """The exhibitor whose organisation has this address, where it is shown without a booth too."""
    found = _whole(edition).filter(organisation__slug=slug).first()
    return found if found and found.is_digital else None


def exhibitor_of(edition: Edition, organisation: Organisation) -> Exhibitor | None:
    """A seller as the exhibitor of an edition."""
    return _whole(edition).filter(organisation=organisation).first()


def _whole(edition: Edition) -> QuerySet[Exhibitor]:
    return exhibitors_of(edition).select_related(
        "organisation__region", "organisation__province", "booth_page", "edition__series__organiser"
    )


def exhibitors_kept_by(user: Any) -> QuerySet[Exhibitor]:
    """The exhibitors whose booths this person keeps, the next fair first."""
    if not user.is_authenticated:
        return Exhibitor.objects.none()
    held = Membership.objects.active().filter(user=user, role__in=SELLING_ROLES)
    return (
        Exhibitor.objects.filter(left_at=None, organisation__memberships__in=held)
        .select_related("edition", "organisation")
        .order_by("-edition__starts_on", "pk")
    )


def stands_of(organisation: Organisation) -> QuerySet[Exhibitor]:
    """Where a seller exhibits, the next fair first, each with the number of its booth as ``booth_number``."""
    current = Allotment.objects.current().filter(exhibitor=OuterRef("pk"))
    return (
        Exhibitor.objects.filter(left_at=None, organisation=organisation)
        .select_related("edition")
        .annotate(booth_number=Subquery(current.values("booth__number")[:1]))
        .order_by("-edition__starts_on", "pk")
    )


def goods_on(page: BoothPage | None, currency: str) -> list[Product]:
    """The products that a booth shows, ready for cards; one that is not listed any more is left out."""
    if page is None:
        return []
    chosen = page.products.through.objects.filter(boothpage=page)
    return list(
        listed_products(currency).filter(pk__in=chosen.values("product")).order_by("-listed_at", "-pk")
    )


def today_at(edition: Edition, now: datetime | None = None) -> date:
    """The day of the calendar where an edition takes place."""
    return timezone.localdate(now, timezone=ZoneInfo(edition.time_zone))


def offers_of(exhibitor: Exhibitor, now: datetime | None = None) -> QuerySet[FairOffer]:
    """The offers of an exhibitor that still hold; after its last day an offer is gone."""
    return exhibitor.fair_offers.filter(last_day__gte=today_at(exhibitor.edition, now))


@dataclass(frozen=True)
class Host:
    """Somebody who receives at a booth, and whether they are there now."""

    person: BoothStaff
    is_there: bool


def hosts_of(exhibitor: Exhibitor, now: datetime | None = None) -> list[Host]:
    """The people of a booth; who forgot to say goodbye last night is not there this morning."""
    now = now or timezone.now()
    edition = exhibitor.edition
    today = today_at(edition, now)
    held = edition.starts_on <= today <= edition.ends_on
    return [
        Host(one, bool(held and one.there_since and today_at(edition, one.there_since) == today))
        for one in exhibitor.staff.all()
    ]


def documents_of(exhibitor: Exhibitor) -> QuerySet[BoothDocument]:
    """The papers of a booth."""
    return exhibitor.documents.all()


def document_of(edition: Edition, pk: int) -> BoothDocument | None:
    """A paper of a booth of the edition, with whose it is."""
    papers = BoothDocument.objects.filter(exhibitor__edition=edition, exhibitor__left_at=None)
    return papers.select_related("exhibitor__organisation").filter(pk=pk).first()
