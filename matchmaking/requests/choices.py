"""What a page lets somebody choose from: whom to meet, about what, and in which slots."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language

from catalogue.models import Family, Product, ProductImage
from catalogue.queries import title_in
from fairs.editions.models import Edition
from fairs.guests.models import Guest, Need
from matchmaking.parties.models import Delegate, Party, Slot
from matchmaking.parties.queries import away_of, may_meet_with, slots_at
from matchmaking.parties.states import Side
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.models import Request
from matchmaking.scoring import profiles as pure
from matchmaking.scoring.gaps import Gap, gap
from matchmaking.scoring.pairs import Affinity
from moussem.core.text import key_in
from moussem.regions.models import Country, Region

# How many are scored on the spot for who came since recommendations were reckoned.
FEW = 24
# Some of those recommended may be ruled out by what was told since.
SPARE = 4


def goods_of(exporter: Party) -> QuerySet[Product]:
    """What an exporter offers, with the titles in the reader's language."""
    listed = Product.objects.listed().filter(organisation=exporter.organisation_id)
    return listed.annotate(reading_title=title_in((get_language() or "en")[:2])).order_by(
        "reading_title", "pk"
    )


def families_between(buyer: Party, exporter: Party) -> QuerySet[Family]:
    """The families of what an exporter offers; where it lists nothing, those that the buyer needs."""
    made = Product.objects.listed().filter(organisation=exporter.organisation_id)
    needed = Need.objects.filter(guest__in=_guests(buyer.edition).filter(organisation=buyer.organisation_id))
    lists_none = ~Exists(made)
    return Family.objects.filter(
        Q(pk__in=made.values("product_class")) | Q(lists_none, pk__in=needed.values("family"))
    ).order_by("name")


def _guests(edition: Edition) -> QuerySet[Guest]:
    return edition.guests.buyers()


def slots_to_choose(delegate: Delegate) -> list[Slot]:
    """The slots to come in which a person can meet, by what they said of their hours."""
    coming = list(slots_at(delegate.party.edition).filter(begins__gt=timezone.now()))
    away = away_of([delegate], coming)[delegate.pk]
    return [slot for slot in coming if slot.pk not in away]


def needs_of(parties: Iterable[Party]) -> dict[int, list[Need]]:
    """What each buyer comes for, by the key of its organisation."""
    parties = list(parties)
    found: dict[int, list[Need]] = defaultdict(list)
    if not parties:
        return found
    guests = _guests(parties[0].edition).filter(organisation__in=[one.organisation_id for one in parties])
    seen = set()
    for need in Need.objects.filter(guest__in=guests).select_related("family", "guest").order_by("pk"):
        # Two people of one buyer may come for the same.
        if (need.guest.organisation_id, need.family_id) not in seen:
            seen.add((need.guest.organisation_id, need.family_id))
            found[need.guest.organisation_id].append(need)
    return found


def parties_found(
    party: Party, *, text: str = "", family: str = "", language: str = "", place: str = ""
) -> QuerySet[Party]:
    """The other side of the table, narrowed by words, a family, a language and a country or region."""
    found = may_meet_with(party)
    for word in text.split()[:8]:
        found = found.filter(_named(word, party))
    if (known := key_in(family)) is not None:
        found = found.filter(_deals_in(party, [known]))
    if language.isalpha():
        # Kept as JSON, which not every database looks into.
        spoken = found.annotate(spoken=Cast("languages", TextField()))
        found = spoken.filter(spoken__contains=f'"{language}"')
    if place:
        abroad = Q(organisation__country=place)
        at_home = Q(organisation__region=place) | Q(organisation__province__region=place)
        found = found.filter(abroad if party.side == Side.EXPORTER else at_home)
    return found


# Where the other side is, as its rows print it, in every language.
HOMES = (
    *("province__name_fr", "province__name_ar"),
    *("region__name_en", "region__name_fr", "region__name_ar"),
    *("province__region__name_en", "province__region__name_fr", "province__region__name_ar"),
)
ABROAD = ("country__name_en", "country__name_fr", "country__name_ar")


def _named(word: str, party: Party) -> Q:
    named = Q()
    # All exporters are in one country: its name tells none of them from another.
    places = HOMES if party.side == Side.BUYER else ABROAD
    for field in ("name", "name_ar", "city", "sector", *places):
        named |= Q(**{f"organisation__{field}__icontains": word})
    titled = Product.objects.listed().filter(
        organisation=OuterRef("organisation"), texts__title__icontains=word
    )
    return named | Q(Exists(titled))


def _deals_in(party: Party, families: Iterable[int]) -> Q:
    """Whether the other side offers, or needs, something of these families."""
    if party.side == Side.BUYER:
        made = Product.objects.listed().filter(
            organisation=OuterRef("organisation"), product_class__in=families
        )
        return Q(Exists(made))
    guests = _guests(party.edition).filter(organisation=OuterRef("organisation"), needs__family__in=families)
    return Q(Exists(guests))


def families_to_choose(party: Party) -> QuerySet[Family]:
    """The families in which the other side deals."""
    others = may_meet_with(party).values("organisation")
    if party.side == Side.BUYER:
        made = Product.objects.listed().filter(organisation__in=others)
        return Family.objects.filter(pk__in=made.values("product_class"))
    needs = Need.objects.filter(guest__in=_guests(party.edition).filter(organisation__in=others))
    return Family.objects.filter(pk__in=needs.values("family"))


def places_to_choose(party: Party) -> QuerySet[Any]:
    """The regions of exporters, or the countries of buyers."""
    others = may_meet_with(party)
    if party.side == Side.EXPORTER:
        return Country.objects.filter(pk__in=others.values("organisation__country"))
    within = Q(pk__in=others.values("organisation__region"))
    return Region.objects.filter(within | Q(pk__in=others.values("organisation__province__region")))


@dataclass(frozen=True)
class Topic:
    """A product that two would talk about, and how much of it is asked where that is known."""

    product: int
    quantity: Any = None
    unit: str = ""


def topics_of(told: Affinity) -> list[Topic]:
    """What two would talk about: of each need the product that answers it best, the best answer first."""
    answered = [one for one in told.answers if one.best and one.score]
    found: dict[int, Topic] = {}
    for one in sorted(answered, key=lambda each: -each.score):
        key, need = int(one.best.product.code), one.need
        found.setdefault(key, Topic(key, need.volume, need.unit) if need.volume else Topic(key))
    return list(found.values())


def pictured(keys: Iterable[int]) -> dict[int, Product]:
    """Products by their keys, with their titles in the reader's language and their first photos."""
    photos = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    found = Product.objects.filter(pk__in=list(keys)).select_related("product_class")
    told = found.annotate(
        reading_title=title_in((get_language() or "en")[:2]),
        photo_name=Subquery(photos.values("original")[:1]),
        photo_widths=Subquery(photos.values("widths")[:1]),
    )
    return {one.pk: one for one in told}


@dataclass(frozen=True)
class Proposal:
    """Somebody whom a party could ask, and why the two should meet."""

    party: Party
    affinity: Affinity


def who_to_ask(party: Party, most: int) -> list[Proposal]:
    """Whom a party could ask next: those it wants to meet, then those recommended to it, in their order.

    Nobody with whom it ever had a request, whatever became of it, and nobody to whom it said no thanks. Where
    these are too few, as for who came a minute ago, a few who deal in what it is about are scored now.
    """
    found = list(_recommended(party)[: most + SPARE])
    if len(found) < most:
        found += _on_the_spot(party, [one.pk for one in found])
    if not found:
        return []
    told = profiles_of(party.edition, [party, *found])
    proposed = [Proposal(one, told.of(party, one)) for one in found]
    # What a certificate or a capacity rules out is proposed to none but who wished for it.
    fitting = [one for one in proposed if one.affinity.score or one.party.is_wanted]
    return sorted(fitting, key=_turn)[:most]


def _turn(one: Proposal) -> tuple[Any, ...]:
    wished, rank = not one.party.is_wanted, one.party.rank
    return wished, rank is None, rank or 0, -one.affinity.score, one.party.pk


def unanswered_of(buyer: Party) -> list[tuple[pure.Need, Gap]]:
    """The needs of a buyer that nobody at the edition answers, not even in part, and why."""
    others = list(may_meet_with(buyer).filter(_deals_in(buyer, _families_of(buyer))))
    told = profiles_of(buyer.edition, [buyer, *others])
    sellers = list(told.exporters.values())
    found = ((need, gap(need, sellers, on=told.on)) for need in told.buyers[buyer.pk].needs)
    return [(need, why) for need, why in found if why]


def _recommended(party: Party) -> QuerySet[Any]:
    """Those whom a party wants to meet, then those recommended to it."""
    wanted, kept = party.wishes.filter(is_wanted=True), party.recommendations.all()
    ranks = kept.filter(other=OuterRef("pk")).values("rank")
    found = _askable(party).filter(Q(pk__in=wanted.values("other")) | Q(pk__in=kept.values("other")))
    wished = Exists(wanted.filter(other=OuterRef("pk")))
    ranked = found.annotate(is_wanted=wished, rank=Subquery(ranks[:1]))
    return ranked.order_by("-is_wanted", F("rank").asc(nulls_last=True), "pk")


def _on_the_spot(party: Party, but: list[int]) -> list[Any]:
    """A few who deal in what a party is about, beside those known: whoever was asked least comes first."""
    fitting = _askable(party).exclude(pk__in=but).filter(_deals_in(party, _families_of(party)))
    theirs = "requests_to_sell" if party.side == Side.BUYER else "requests_to_buy"
    found = list(fitting.annotate(times=Count(theirs)).order_by("times", "pk")[:FEW])
    for one in found:
        one.is_wanted, one.rank = False, None
    return found


def _askable(party: Party) -> QuerySet[Party]:
    """The other side but for those one had a request with, or said no thanks to."""
    known = Request.objects.of(party).filter(Q(buyer=OuterRef("pk")) | Q(exporter=OuterRef("pk")))
    unwanted = party.wishes.filter(other=OuterRef("pk"), is_wanted=False)
    return may_meet_with(party).filter(~Exists(known), ~Exists(unwanted))


def _families_of(party: Party) -> Any:
    if party.side == Side.BUYER:
        guests = _guests(party.edition).filter(organisation=party.organisation_id)
        return Need.objects.filter(guest__in=guests).values("family")
    listed = Product.objects.listed().filter(organisation=party.organisation_id)
    return listed.values("product_class")
