"""How well parties of an edition suit each other, from what both told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from catalogue.models import Certificate, Product
from catalogue.queries.grades import Graded, graded
from fairs.editions.models import Edition
from fairs.guests.models import Need
from matchmaking.parties.models import Party
from matchmaking.parties.states import Side
from matchmaking.requests.laboratory import least_rank, lots_of
from matchmaking.requests.past import Past, past_between
from matchmaking.scoring import profiles as pure
from matchmaking.scoring.pairs import Affinity, affinity
from moussem.organisations.states import Verification
from moussem.regions.models import Country

# What officers have seen of a seller; what it declared alone says nothing yet of how ready it is.
READY = {Verification.VERIFIED: "A", Verification.REVIEWED: "B"}


@dataclass(frozen=True)
class Profiles:
    """Parties as matchmaking sees them, by their keys, on the first day of their edition."""

    on: date
    exporters: dict[int, pure.Exporter]
    buyers: dict[int, pure.Buyer]

    def between(self, buyer: int, exporter: int) -> Affinity:
        """The affinity of two parties, what each asks of the other included."""
        return affinity(self.buyers[buyer], self.exporters[exporter], on=self.on)

    def of(self, party: Party, other: Party) -> Affinity:
        """The same, whichever of the two buys."""
        buys = party.side == Side.BUYER
        return self.between(*((party.pk, other.pk) if buys else (other.pk, party.pk)))


def profiles_of(edition: Edition, parties: Iterable[Party]) -> Profiles:
    """Some parties of an edition, in as many queries however many they are.

    Who does not want to meet whom stands nowhere in it: what is shown by it must not tell of that.
    """
    parties = list(parties)
    prefetch_related_objects(parties, "organisation")
    selling = [one for one in parties if one.side == Side.EXPORTER]
    buying = [one for one in parties if one.side == Side.BUYER]
    past = past_between(edition, buying, selling)
    return Profiles(edition.starts_on, _exporters(selling, past, edition.starts_on), _buyers(edition, buying))


def _exporters(parties: list[Party], past: Past, on: date) -> dict[int, pure.Exporter]:
    goods = _goods([one.organisation_id for one in parties], on) if parties else {}
    agreed = dict(Country.objects.values_list("code", "agreements")) if parties else {}
    preferences = {country: str(names[0]) for country, names in agreed.items() if names}
    return {
        one.pk: pure.Exporter(
            code=str(one.pk),
            products=tuple(goods.get(one.organisation_id, ())),
            languages=frozenset(one.languages) or None,
            preferences=preferences,
            readiness=READY.get(one.organisation.verification),
            women_led=one.organisation.women_led,
            remote=one.organisation.remote_area,
            **past[one.pk],
        )
        for one in parties
    }


def _goods(sellers: list[int], on: date) -> dict[int, list[pure.Product]]:
    """What each seller lists, with the certificates in force that stand behind it."""
    named, whole = _certificates(sellers, on)
    lots = lots_of(sellers, on)
    told = ("pk", "organisation_id", "hs_code_id", "product_class__slug", "unit", "capacity_per_year", "moq")
    listed = Product.objects.listed().filter(organisation__in=sellers).order_by("pk")
    found: dict[int, list[pure.Product]] = defaultdict(list)
    for key, seller, hs, family, unit, capacity, moq, days in listed.values_list(*told, "lead_time_days"):
        found[seller].append(
            pure.Product(
                code=str(key),
                hs=hs or "",
                family=family or "",
                unit=unit,
                capacity=capacity,
                moq=moq,
                certificates=(*named[key], *whole[seller]),
                lots=tuple(lots[key]),
                lead_days=days,
            )
        )
    return found


Held = dict[int, list[pure.Certificate]]


def _certificates(sellers: list[int], on: date) -> tuple[Held, Held]:
    """Certificates by the product that they name, and by the seller where they cover all it sells."""
    named: Held = defaultdict(list)
    whole: Held = defaultdict(list)
    told = ("organisation_id", "products", "covers_all", "type_id", "valid_from", "valid_until")
    valid = Certificate.objects.valid(on).filter(organisation__in=sellers).order_by("pk", "products")
    for seller, product, covers_all, code, begins, ends in valid.values_list(*told):
        one = pure.Certificate(code, begins, ends)
        if covers_all and one not in whole[seller]:
            whole[seller].append(one)
        elif product and not covers_all:
            named[product].append(one)
    return named, whole


def _buyers(edition: Edition, parties: list[Party]) -> dict[int, pure.Buyer]:
    guests = edition.guests.buyers().filter(organisation__in=[one.organisation_id for one in parties])
    terms: dict[int, str] = {}
    for organisation, incoterm in guests.order_by("pk").values_list("organisation_id", "incoterm"):
        terms[organisation] = terms.get(organisation) or incoterm
    needs: dict[int, dict[str, pure.Need]] = defaultdict(dict)
    asked = Need.objects.filter(guest__in=guests).select_related("family", "guest").order_by("pk")
    # Only whoever asks for a category needs to know what there is.
    known: Graded | None = None
    for one in asked.prefetch_related("certificates"):
        known = known or (graded() if one.category else None)
        wanted = pure.Need(
            family=one.family.slug,
            volume=one.volume,
            unit=one.unit,
            certificates=frozenset(held.pk for held in one.certificates.all()),
            lab=(*one.limits, *least_rank(one.category, known)),
        )
        # Two people of one buyer may come for the same.
        needs[one.guest.organisation_id].setdefault(one.family.slug, wanted)
    return {
        one.pk: pure.Buyer(
            code=str(one.pk),
            needs=tuple(needs[one.organisation_id].values()),
            country=one.organisation.country_id or "",
            languages=frozenset(one.languages) or None,
            incoterm=terms.get(one.organisation_id, ""),
        )
        for one in parties
    }
