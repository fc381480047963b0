"""Applications as their applicant and as the organiser may see them, and until when they may be sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from catalogue.cards import Card, card_of
from catalogue.models import Certificate, Lot, Product, ProductImage
from catalogue.queries import for_cards, title_in
from fairs.applications.deadlines import Term, closes_at, is_open, last_day_for
from fairs.applications.models import Application, Category, Deadline, Question
from fairs.applications.rules import TAKING, takes_applications
from fairs.applications.states import ApplicationState
from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from moussem.organisations.models import Organisation


@dataclass(frozen=True)
class Call:
    """Whether somebody may send an application now, and until when."""

    is_open: bool
    last_day: date | None
    closes_at: datetime | None


def terms_of(edition: Edition) -> list[Term]:
    """The deadlines of an edition as the arithmetic takes them."""
    return [deadline.term for deadline in edition.deadlines.all()]


def call_for(
    edition: Edition, organisation: Organisation | None, category: Category | None = None, now: Any = None
) -> Call:
    """The call of an edition as it stands for an applicant; for a stranger, the deadline for everybody."""
    last_day = last_day_for(
        terms_of(edition),
        region=organisation.region_id if organisation else None,
        province=organisation.province_id if organisation else None,
        category=category.pk if category else None,
    )
    in_time = is_open(last_day, edition.time_zone, now or timezone.now())
    closes = closes_at(last_day, edition.time_zone) if last_day else None
    return Call(takes_applications(edition) and in_time, last_day, closes)


def calling(editions: QuerySet[Edition], now: datetime | None = None) -> set[int]:
    """The keys of those among editions that take applications now, from somebody at least."""
    now = now or timezone.now()
    announced = editions.filter(state__in=TAKING).prefetch_related("deadlines")
    return {
        edition.pk
        for edition in announced
        if any(is_open(term.last_day, edition.time_zone, now) for term in terms_of(edition))
    }


def applications_of(organisation: Organisation) -> QuerySet[Application]:
    """The applications of a seller, the last started first."""
    return (
        Application.objects.filter(organisation=organisation)
        .select_related("edition__series__organiser", "category", "organisation")
        .order_by("-started_at", "-pk")
    )


def open_to(organisation: Organisation) -> list[tuple[Edition, Call]]:
    """The editions that a seller may apply to and has not, the first to close before others."""
    announced = Edition.objects.filter(state__in=TAKING).exclude(applications__organisation=organisation)
    calls = [
        (edition, call_for(edition, organisation)) for edition in announced.prefetch_related("deadlines")
    ]
    return sorted(((one, call) for one, call in calls if call.is_open), key=lambda pair: pair[1].closes_at)


def application_of(organisation: Organisation, edition: Edition) -> Application | None:
    """What a seller wrote or sent for an edition."""
    return applications_of(organisation).filter(edition=edition).first()


def received_for(
    edition: Edition, state: str = "", category: str = "", text: str = ""
) -> QuerySet[Application]:
    """What the organiser of an edition has received, the last sent first."""
    found = edition.applications.received()
    if state in ApplicationState.values:
        found = found.filter(state=state)
    if category.isdecimal():
        found = found.filter(category__in=edition.categories.filter(pk=category[:9]))
    for word in text.split()[:5]:
        found = found.filter(Q(organisation__name__icontains=word) | Q(organisation__name_ar__icontains=word))
    return (
        found.select_related("organisation__region", "organisation__province", "category", "edition")
        .annotate(shown=number_of(Application.products.through.objects.all(), "application"))
        .order_by("-sent_at", "-pk")
    )


def counts_of(edition: Edition, **more: Count) -> dict[str, int]:
    """How many applications of an edition stand where; drafts are counted, never shown.

    ``more`` is what a higher room counts beside them.
    """
    return edition.applications.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in ApplicationState}, **more
    )


def questions_for(edition: Edition, category: Category | None) -> list[Question]:
    """What an application of this category is asked."""
    for_all = Q(category=None) | Q(category=category) if category else Q(category=None)
    return list(edition.questions.filter(for_all))


def products_to_show(organisation: Organisation) -> QuerySet[Product]:
    """The listed products that a seller may bring, with their title in the reader's language and a photo."""
    photos = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    return (
        Product.objects.listed()
        .filter(organisation=organisation)
        .annotate(
            reading_title=title_in((get_language() or "en")[:2]),
            photo_name=Subquery(photos.values("original")[:1]),
            photo_widths=Subquery(photos.values("widths")[:1]),
        )
        .select_related("product_class")
        .order_by("reading_title", "pk")
    )


def goods_of(application: Application, currency: str) -> list[tuple[Card, Lot | None]]:
    """What an application shows: each product that is listed as its card, with its latest lot."""
    listed = Product.objects.listed().filter(pk__in=application.products.values("pk"))
    lots = Prefetch("lots", Lot.objects.order_by("-harvest_year", "-pk"), to_attr="latest_first")
    cards = for_cards(currency).filter(pk__in=listed.values("pk")).prefetch_related(lots)
    return [(card_of(one, currency), next(iter(one.latest_first), None)) for one in cards.order_by("pk")]


def certificates_in_force(organisation: Organisation) -> QuerySet[Certificate]:
    """What proofs a seller holds today."""
    return organisation.certificates.valid().select_related("type", "checked_by").order_by("type_id", "pk")


def checked_alike(certificates: Sequence[Certificate]) -> Certificate | None:
    """One that speaks for all, where the same officer checked them all alike on the same day."""
    days = {
        (one.proof, one.checked_by_id, one.checked_at and timezone.localdate(one.checked_at))
        for one in certificates
    }
    return certificates[0] if len(days) == 1 else None


def drafts_under(deadline: Deadline) -> QuerySet[Application]:
    """The drafts whose applicants fall under a deadline, with the people who may send them."""
    drafts = Application.objects.drafts().filter(edition=deadline.edition_id)
    if deadline.region_id:
        drafts = drafts.filter(organisation__region=deadline.region_id)
    if deadline.province_id:
        drafts = drafts.filter(organisation__province=deadline.province_id)
    if deadline.category_id:
        drafts = drafts.filter(category=deadline.category_id)
    return drafts.select_related("organisation", "edition").order_by("pk")


def categories_with_counts(edition: Edition) -> QuerySet[Category]:
    """The categories of an edition with how many applications chose each."""
    return edition.categories.annotate(chosen=Count("applications")).order_by("position", "pk")


def copies_of_categories(old: Edition, new: Edition) -> dict[int, Category]:
    """The categories that a clone has just taken over, each under the key of the one it was copied from."""

    def told(one: Category) -> tuple[int, str, str, str]:
        return one.position, one.name_en, one.name_fr, one.name_ar

    copies = {told(one): one for one in new.categories.all()}
    return {one.pk: copies[told(one)] for one in old.categories.all()}


def last_closing(editions: Iterable[Edition]) -> dict[int, datetime]:
    """When the last of those who may apply to each edition is too late, in one query."""
    by_key = {one.pk: one for one in editions}
    latest = Deadline.objects.filter(edition__in=by_key).order_by() if by_key else Deadline.objects.none()
    rows = latest.values_list("edition").annotate(Max("last_day"))
    return {pk: closes_at(last_day, by_key[pk].time_zone) for pk, last_day in rows}
