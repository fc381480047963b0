"""What carriage costs under each rule, from a seller's rates. Pure but for the rows it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from moussem.core.errors import Refusal, require
from moussem.core.money import round_amount
from moussem.core.text import has_words
from moussem.organisations.models import Organisation
from moussem.regions.models import Country
from moussem.trade.shipping import errors
from moussem.trade.shipping.incoterms import Share, buyer_carries, legs_of
from moussem.trade.shipping.models import FreightRate, Incoterm
from moussem.trade.shipping.one_place import Naming, naming_of
from moussem.trade.shipping.phrases import SUGGESTED
from moussem.trade.shipping.places import (
    has_town_like_a_country,
    is_place,
    is_whole_country,
    lies_elsewhere,
    morocco,
    place_in,
    town_and_country,
)
from moussem.trade.shipping.states import Mode

EX_WORKS = "EXW"
TO_THE_DOOR = {"DAP", "DPU", "DDP"}
# Rules to begin with, the least work for the buyer first. DDP asks the seller for a tax number abroad.
EASIEST = ("DAP", "CIP", "CPT", "FCA", "CIF", "CFR", "FOB")
# Rules that a buyer most likely knows, one for each way to share the journey: to the buyer's door,
# to a carrier or a ship in Morocco, to the port of arrival.
FAMILIAR = ("DAP", "FCA", "FOB", "CIF", "CIP", "CPT")
# A page opens with the suggested rule and this many others; the rest is one step away.
OTHERS_SHOWN = 3
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Term:
    """A rule as one seller offers it; ``amount`` is None exactly where it cannot be chosen."""

    incoterm: Incoterm
    mode: str
    place: str
    amount: Decimal | None
    reason_not_offered: Refusal | None = None
    transit_days: int | None = None
    # The price holds for any place of this country: the buyer names one. Morocco where the buyer carries.
    country: Country | None = None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.incoterm.code}|{self.mode}|{self.place}"

    def written(self, place: str) -> str:
        """A named place as papers write it: where the price holds for a country, with the country."""
        place = place.strip()
        return place_in(place, self.country) if self.country and place else place

    @property
    def modes(self) -> tuple[str, ...]:
        """The transports of the main leg it may be used with."""
        if self.incoterm.sea_only:
            return (Mode.SEA,)
        if buyer_carries(self.incoterm.duties) or not self.mode:
            return tuple(Mode.values)
        return (self.mode,)

    @property
    def legs(self) -> tuple[Share, ...]:
        """Who pays and who bears the risk, leg by leg."""
        return legs_of(self.incoterm.duties, self.incoterm.risk_passes)

    @property
    def begins_at_place(self) -> bool:
        """Whether the named place is where the goods leave from, the buyer carrying them from there."""
        return buyer_carries(self.incoterm.duties)

    @property
    def is_ex_works(self) -> bool:
        """Whether the buyer takes everything on, export clearance included."""
        return self.incoterm.code == EX_WORKS


def check_choice(term: Term, mode: str, place: str, confirmed: str = "") -> None:
    """Refuse a rule that cannot be chosen, a transport it does not fit, or a place left out.

    Words that may name two places are asked about, once: ``confirmed`` is what was said to be one.
    """
    if term.reason_not_offered is not None:
        raise term.reason_not_offered
    require(mode == Mode.SEA or not term.incoterm.sea_only, errors.SeaOnly, code=term.incoterm.code)
    priced = Mode(term.mode).label if term.mode else ""
    require(mode in term.modes, errors.ModeNotPriced, code=term.incoterm.code, mode=priced)
    require(has_words(place), errors.PlaceMissing, code=term.incoterm.code)
    if term.country is not None:
        _check_place(place.strip(), term, term.country, confirmed.strip())


def _check_place(place: str, term: Term, country: Country, confirmed: str) -> None:
    require(is_place(place), errors.PlaceUnclear, country=country.label)
    naming, named = naming_of(place, country), {"place": place, "country": country.label}
    require(naming != Naming.SEVERAL, errors.PlaceNotOne, **named)
    town, told = town_and_country(place)
    homonym = has_town_like_a_country(town, country)
    elsewhere = errors.PlaceNotInMorocco if term.begins_at_place else errors.PlaceElsewhere
    said = {"place": place, "country": country.label, "code": term.incoterm.code}
    require(told in ("", country.code), elsewhere, **said)
    require(not lies_elsewhere(place, country), elsewhere, **said)
    require(homonym or not is_whole_country(town), errors.PlaceIsCountry, **said)
    # Last: whatever else is wrong is wrong with one place too.
    require(naming == Naming.ONE or place == confirmed, errors.PlaceMaybeSeveral, **named)


def suggested_term(terms: Iterable[Term], mode: str = "", *, is_sample: bool = False) -> Term | None:
    """The rule to begin with: goods that come to the buyer by the transport asked for, at least cost.

    Never EXW: nobody is advised to clear an export in a country that is not theirs. A few grams are not worth
    the carriage of a load: for a sample the cost comes before the ease and before the transport, among the
    rules that bring it without a carrier of the buyer's own, and no ship is booked.
    """

    def trouble(term: Term) -> tuple[bool, bool, bool, Decimal, int, Decimal]:
        code, amount = term.incoterm.code, term.amount or NOTHING
        rank = EASIEST.index(code) if code in EASIEST else len(EASIEST)
        by_ship = is_sample and term.modes == (Mode.SEA,)
        own = is_sample and buyer_carries(term.incoterm.duties)
        cost = amount if is_sample else NOTHING
        other_way = bool(mode) and not is_sample and mode not in term.modes
        return other_way, by_ship, own, cost, rank, amount

    fair = (term for term in terms if term.amount is not None and not term.is_ex_works)
    return min(fair, key=trouble, default=None)


def why_suggested(suggested: Term, terms: Iterable[Term], *, is_sample: bool = False) -> str:
    """What speaks for the suggested rule, and whether a cheaper one leaves more to the buyer."""
    amount = suggested.amount or NOTHING
    by_buyer, by_ship = suggested.begins_at_place, suggested.modes == (Mode.SEA,)
    if is_sample and not by_buyer and not by_ship:
        return str(SUGGESTED["sample"])
    kind = "own carrier" if by_buyer else "door" if suggested.incoterm.code in TO_THE_DOOR else "place"
    cheaper = [one for one in terms if one.amount is not None and one.amount < amount and not one.is_ex_works]
    return " ".join(str(SUGGESTED[one]) for one in (kind, *(["cheaper"] if cheaper else [])))


def leading_terms(
    terms: Iterable[Term], *, chosen: str = "", mode: str = "", is_sample: bool = False
) -> list[Term]:
    """The rules to show first: the suggested one, then others that buyers know, and always the chosen one."""
    offered = sorted((term for term in terms if term.amount is not None), key=lambda term: term.is_ex_works)
    suggested = suggested_term(offered, mode, is_sample=is_sample)
    leading = [suggested] if suggested else offered[:1]
    for code in FAMILIAR:
        same = [term for term in offered if term.incoterm.code == code]
        if same and len(leading) <= OTHERS_SHOWN and code not in {term.incoterm.code for term in leading}:
            leading.append(min(same, key=lambda term: term.amount or NOTHING))
    return leading + [term for term in offered if term.key == chosen and term not in leading]


def usual_mode(term: Term, terms: Iterable[Term]) -> str:
    """The transport of a rule when the buyer names none: its only one, else how the goods would come."""
    carried = suggested_term(terms)
    if len(term.modes) == 1:
        return term.modes[0]
    if carried is not None and len(carried.modes) == 1:
        return carried.modes[0]
    return term.mode or Mode.SEA.value


def price_terms(
    incoterms: Iterable[Incoterm],
    rates: Iterable[FreightRate],
    *,
    seller: Organisation,
    currency: str,
    gross_weight_kg: Decimal | None,
    today: date,
    country: Country | None = None,
) -> list[Term]:
    """Every rule: those that can be chosen with their price, the others with the reason."""
    by_rule: dict[str, list[FreightRate]] = {}
    for rate in _nearest(rates):
        by_rule.setdefault(rate.incoterm_id, []).append(rate)
    terms = []
    for incoterm in incoterms:
        offered = by_rule.get(incoterm.code, [])
        in_currency = [rate for rate in offered if rate.currency == currency]
        if in_currency:
            terms += [_priced(incoterm, rate, gross_weight_kg, today, country) for rate in in_currency]
        elif incoterm.code == EX_WORKS:
            # The buyer fetches the goods: there is no freight to know.
            terms.append(Term(incoterm, "", place_of(seller), NOTHING))
        else:
            why = errors.NotInCurrency(currency=currency) if offered else errors.NoFreightRate()
            terms.append(Term(incoterm, "", "", None, why))
    return terms


def place_of(seller: Organisation) -> str:
    """Where the seller hands over at its own door."""
    return seller.city or (seller.province.name_fr if seller.province else seller.name)


def _nearest(rates: Iterable[FreightRate]) -> list[FreightRate]:
    """The rates without those for any country where the country has its own."""
    rows = list(rates)
    own = {(r.incoterm_id, r.mode, r.place, r.currency) for r in rows if r.country_id}
    return [r for r in rows if r.country_id or (r.incoterm_id, r.mode, r.place, r.currency) not in own]


def _priced(
    incoterm: Incoterm, rate: FreightRate, weight: Decimal | None, today: date, country: Country | None
) -> Term:
    why: Refusal | None = None
    if incoterm.sea_only and rate.mode != Mode.SEA:
        why = errors.SeaOnly(code=incoterm.code)
    elif rate.valid_until is not None and rate.valid_until < today:
        why = errors.RateLapsed(day=date_format(rate.valid_until, "DATE_FORMAT"))
    elif weight is None and rate.per_kg:
        why = errors.WeightUnknown()
    amount = None if why else round_amount(rate.per_consignment + rate.per_kg * (weight or 0), rate.currency)
    # The place lies at the end of the way that was priced, or where the buyer's own way begins.
    end = morocco() if buyer_carries(incoterm.duties) else country
    within = None if rate.place else end
    return Term(incoterm, rate.mode, rate.place, amount, why, rate.transit_days, within)
