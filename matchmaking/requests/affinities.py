"""How well parties of an edition suit each other, from what both told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F

from catalogue.models import Certificate, Product
from catalogue.queries.grades import Graded, graded
from fairs.editions.models import Edition
from matchmaking.parties.models import Party
from matchmaking.parties.states import Side
from matchmaking.requests.laboratory import least_rank, lots_of
from matchmaking.requests.past import Past, past_between
from matchmaking.requests.terms import Terms, least_deposit, terms_of
from matchmaking.scoring import profiles as pure
from matchmaking.scoring.pairs import Affinity, affinity
from moussem.organisations.states import Verification
from moussem.regions.models import Country

# Guests with their needs and certificates in one query: a row for each of them.
ABOUT_GUESTS = ("organisation_id", "incoterm")
ABOUT_NEEDS = {
    "need": F("needs"),
    "family": F("needs__family__slug"),
    "volume": F("needs__volume"),
    "unit": F("needs__unit"),
    "limits": F("needs__limits"),
    "category": F("needs__category"),
    "certificate": F("needs__certificates"),
}
# What officers have seen of a seller; what it declared alone says nothing yet of how ready it is.
READY = {Verification.VERIFIED: "A", Verification.REVIEWED: "B"}

# What a country has in place of an agreement in force: the usual duties, Morocco itself, a wish to join.
NO_AGREEMENT = {"MFN", "HOME", "AGADIR-ACCESSION"}


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
    """Some parties of an edition, read with their organisations, in as many queries however many they are.

    Who does not want to meet whom stands nowhere in it: what is shown by it must not tell of that.
    """
    parties = list(parties)
    selling = [one for one in parties if one.side == Side.EXPORTER]
    buying = [one for one in parties if one.side == Side.BUYER]
    past, on = past_between(edition, buying, selling), edition.starts_on
    terms = terms_of([one.organisation_id for one in selling], [one.organisation_id for one in buying], on)
    return Profiles(on, _exporters(selling, past, terms, on), _buyers(edition, buying, terms))


def _exporters(parties: list[Party], past: Past, terms: Terms, on: date) -> dict[int, pure.Exporter]:
    goods = _goods([one.organisation_id for one in parties], on) if parties else {}
    agreed = dict(Country.objects.values_list("code", "agreements")) if parties else {}
    preferences = {
        country: str(names[0])
        for country, told in agreed.items()
        if (names := [name for name in told if name not in NO_AGREEMENT])
    }
    return {
        one.pk: pure.Exporter(
            code=str(one.pk),
            products=tuple(goods.get(one.organisation_id, ())),
            languages=frozenset(one.languages) or None,
            incoterms=terms.incoterms.get(one.organisation_id),
            serves=terms.markets.get(one.organisation_id),
            # Where it has not sold yet, nobody knows that it would not.
            elsewhere=True,
            least_deposit=least_deposit(),
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


def _buyers(edition: Edition, parties: list[Party], terms: Terms) -> dict[int, pure.Buyer]:
    keys = [one.organisation_id for one in parties]
    guests = edition.guests.buyers().filter(organisation__in=keys).order_by("pk")
    rows = list(guests.values(*ABOUT_GUESTS, **ABOUT_NEEDS)) if parties else []
    preferred: dict[int, str] = {}
    for row in rows:
        preferred[row["organisation_id"]] = preferred.get(row["organisation_id"]) or row["incoterm"]
    needs = _needs(row for row in rows if row["need"])
    return {
        one.pk: pure.Buyer(
            code=str(one.pk),
            needs=tuple(needs[one.organisation_id].values()),
            country=one.organisation.country_id or "",
            languages=frozenset(one.languages) or None,
            incoterm=preferred.get(one.organisation_id, ""),
            payment_terms=terms.payment.get(one.organisation_id, ""),
        )
        for one in parties
    }


def _needs(rows: Iterable[dict[str, Any]]) -> dict[int, dict[str, pure.Need]]:
    """What each organisation looks for, by family, from a row for each certificate that a need asks for."""
    found: dict[int, dict[str, pure.Need]] = defaultdict(dict)
    # Only whoever asks for a category needs to know what there is.
    known: Graded | None = None
    for _key, same in groupby(sorted(rows, key=itemgetter("need")), key=itemgetter("need")):
        told = list(same)
        one = told[0]
        known = known or (graded() if one["category"] else None)
        wanted = pure.Need(
            family=one["family"],
            volume=one["volume"],
            unit=one["unit"],
            certificates=frozenset(row["certificate"] for row in told if row["certificate"]),
            lab=(*one["limits"], *least_rank(one["category"], known)),
        )
        # Two people of one buyer may come for the same.
        found[one["organisation_id"]].setdefault(one["family"], wanted)
    return found
