from datetime import date
from decimal import Decimal

import pytest
from oscar.apps.address.models import Country as DeliveryCountry

from moussem.core.errors import Refusal
from moussem.trade.shipping import errors
from moussem.trade.shipping.actions import load_incoterms, sync_delivery_countries
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.queries import terms_by_seller
from moussem.trade.shipping.terms import (
    check_choice,
    leading_terms,
    suggested_term,
    usual_mode,
    why_suggested,
)
from tests.factories.catalogue import SellerFactory
from tests.factories.regions import CountryFactory
from tests.factories.shipping import freight_rate, incoterm, terms_offered

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def seller():
    """A cooperative of Taroudant."""
    incoterm("EXW")
    return SellerFactory(city="Taliouine")


@pytest.fixture
def france():
    """Where the goods go."""
    return CountryFactory(code="FR")


def term(seller, country, code, *, currency="EUR", weight=Decimal(100)):
    """The only term of a rule."""
    offered = terms_offered(seller, country, currency, weight)
    (found,) = [one for one in offered if one.incoterm.code == code]
    return found


def test_every_rule_is_there_and_only_ex_works_is_free_of_carriage(seller, france):
    terms = terms_offered(seller, france, "EUR", Decimal(100))

    assert [one.incoterm.code for one in terms] == list(Incoterm.objects.values_list("code", flat=True))
    assert [(one.incoterm.code, one.place, one.amount) for one in terms if one.amount is not None] == [
        ("EXW", "Taliouine", 0)
    ]
    assert {one.reason_not_offered.code for one in terms[1:]} == {"no_freight_rate"}


def test_freight_is_counted_per_consignment_and_kilogram(seller, france):
    freight_rate(seller, "DAP")

    assert term(seller, france, "DAP").amount == Decimal("150.00")


def test_a_countrys_own_rate_wins(seller, france):
    freight_rate(seller, "DAP")
    freight_rate(seller, "DAP", country=france, per_kg=Decimal(1))

    assert term(seller, france, "DAP").amount == Decimal("200.00")
    assert term(seller, CountryFactory(code="JP"), "DAP").amount == Decimal("150.00")


@pytest.mark.parametrize(
    ("fields", "asked", "reason"),
    [
        ({"currency": "MAD"}, {}, errors.NotInCurrency),
        ({"valid_until": date(2020, 1, 1)}, {}, errors.RateLapsed),
        ({}, {"weight": None}, errors.WeightUnknown),
        ({"mode": "air", "code": "FOB", "place": "Agadir"}, {}, errors.SeaOnly),
    ],
)
def test_freight_that_is_not_known_is_never_zero(seller, france, fields, asked, reason):
    code = fields.get("code", "DAP")
    freight_rate(seller, **{"code": code, **fields})

    found = term(seller, france, code, **asked)

    assert found.amount is None
    assert type(found.reason_not_offered) is reason
    with pytest.raises(reason):
        check_choice(found, "sea", "Lyon")


def test_a_fixed_amount_needs_no_weight(seller, france):
    freight_rate(seller, "DAP", per_kg=Decimal(0))

    assert term(seller, france, "DAP", weight=None).amount == Decimal("100.00")


def test_sea_rule_is_refused_for_air_and_a_place_is_asked_for(seller, france):
    freight_rate(seller, "FOB", mode="sea", place="Agadir")
    fob = term(seller, france, "FOB")

    check_choice(fob, "sea", "Agadir")
    with pytest.raises(errors.SeaOnly):
        check_choice(fob, "air", "Agadir")
    with pytest.raises(errors.PlaceMissing):
        check_choice(fob, "sea", " ")


def test_transport_is_free_where_the_buyer_carries_and_priced_where_the_seller_does(seller, france):
    freight_rate(seller, "FCA", place="Taliouine")
    freight_rate(seller, "CIP", mode="air")

    assert term(seller, france, "FCA").modes == ("sea", "air", "road")
    assert term(seller, france, "CIP").modes == ("air",)
    with pytest.raises(errors.ModeNotPriced):
        check_choice(term(seller, france, "CIP"), "sea", "Lyon")


def test_terms_of_many_sellers_take_two_queries(france, django_assert_num_queries):
    sellers = [SellerFactory(city="Fès") for _ in range(3)]
    freight_rate(sellers[0], "FCA", place="Fès")

    with django_assert_num_queries(2):
        terms = terms_by_seller([(seller, Decimal(1)) for seller in sellers], france, "EUR")

    assert [len(terms[seller.pk]) for seller in sellers] == [11, 11, 11]


def test_loading_twice_gives_the_same_rows():
    CountryFactory(code="MA"), CountryFactory(code="FR")

    assert [load_incoterms(), load_incoterms(), Incoterm.objects.count()] == [11, 11, 11]
    assert [sync_delivery_countries(), sync_delivery_countries()] == [2, 2]
    shipped = DeliveryCountry.objects.values_list("iso_3166_1_a2", "is_shipping_country")
    assert sorted(shipped) == [("FR", True), ("MA", False)]


def test_cheapest_rule_that_brings_the_goods_is_suggested(seller, france):
    freight_rate(seller, "FCA", mode="road", place="Taliouine")
    freight_rate(seller, "CIP", mode="air")
    freight_rate(seller, "DAP", mode="road", per_kg=Decimal(9))
    freight_rate(seller, "DAP", mode="sea")

    suggested = suggested_term(terms_offered(seller, france, "EUR", Decimal(100)))

    assert (suggested.incoterm.code, suggested.mode) == ("DAP", "sea")


def test_ex_works_is_never_suggested_and_leads_only_where_it_is_alone(seller, france):
    alone = terms_offered(seller, france, "EUR", Decimal(100))
    assert (suggested_term(alone), [one.incoterm.code for one in leading_terms(alone)]) == (None, ["EXW"])

    freight_rate(seller, "FOB", mode="sea", place="Agadir")

    beside = terms_offered(seller, france, "EUR", Decimal(100))
    assert suggested_term(beside).incoterm.code == "FOB"
    assert [one.incoterm.code for one in leading_terms(beside)] == ["FOB"]


def test_suggested_rule_suits_the_transport_that_the_buyer_asks_for(seller, france):
    freight_rate(seller, "DAP", mode="road")
    freight_rate(seller, "CIF", mode="sea", place="Marseille")
    terms = terms_offered(seller, france, "EUR", Decimal(100))

    assert [suggested_term(terms, mode).incoterm.code for mode in ("", "road", "sea")] == [
        "DAP",
        "DAP",
        "CIF",
    ]


def test_buyers_carrier_travels_as_the_suggested_rule_unless_it_is_told_otherwise(seller, france):
    freight_rate(seller, "FCA", mode="road", place="Taliouine")
    terms = terms_offered(seller, france, "EUR", Decimal(100))
    fca = next(one for one in terms if one.incoterm.code == "FCA")
    assert usual_mode(fca, terms) == "road"

    freight_rate(seller, "CPT", mode="air")

    assert usual_mode(fca, terms_offered(seller, france, "EUR", Decimal(100))) == "air"


def test_suggested_rule_leads_then_three_that_buyers_know_and_whatever_is_chosen(seller, france):
    for code in ("CPT", "CIF", "FOB", "FCA", "CIP", "DAP"):
        freight_rate(seller, code, mode="sea", place="Agadir")
    freight_rate(seller, "FCA", mode="air", place="Casablanca", per_consignment=Decimal(9_999))
    terms = terms_offered(seller, france, "EUR", Decimal(100))

    shown = [(one.incoterm.code, one.place) for one in leading_terms(terms)]
    shown_when_chosen = [one.incoterm.code for one in leading_terms(terms, chosen="EXW||Taliouine")]

    assert shown == [("DAP", "Agadir"), ("FCA", "Agadir"), ("FOB", "Agadir"), ("CIF", "Agadir")]
    assert shown_when_chosen == ["DAP", "FCA", "FOB", "CIF", "EXW"]


def test_no_rule_leads_where_none_can_be_chosen(seller, france):
    terms = [one for one in terms_offered(seller, france, "EUR", Decimal(100)) if one.amount is None]

    assert leading_terms(terms) == []


def test_the_cheapest_rule_that_brings_it_without_a_ship_is_suggested_for_a_sample(seller, france):
    freight_rate(seller, "DAP", mode="road", per_kg=Decimal(9))
    freight_rate(seller, "FOB", mode="sea", place="Agadir", per_consignment=Decimal(0))
    freight_rate(seller, "FCA", mode="road", place="Taliouine", per_kg=Decimal("0.1"))
    freight_rate(seller, "CIP", mode="air", per_kg=Decimal(1))
    terms = terms_offered(seller, france, "EUR", Decimal(100))

    suggested = [suggested_term(terms, is_sample=is_sample).incoterm.code for is_sample in (False, True)]

    assert suggested == ["DAP", "CIP"]
    assert leading_terms(terms, is_sample=True)[0].incoterm.code == "CIP"


@pytest.mark.parametrize(
    ("code", "place", "refused"),
    [
        ("DAP", "Lyon", None),
        ("DAP", "Lyon (France)", None),
        ("DAP", "Trifouillis", None),
        ("DAP", "a", errors.PlaceUnclear),
        ("DAP", "France", errors.PlaceIsCountry),
        ("DAP", "Germany", errors.PlaceElsewhere),
        ("CIP", "London", errors.PlaceElsewhere),
        ("DAP", "Hamburg, Germany", errors.PlaceElsewhere),
        ("DAP", "Hamburg, terminal 3", errors.PlaceElsewhere),
        ("DAP", "20457 Hamburg", errors.PlaceElsewhere),
        ("DAP", "Paris, Hamburg", errors.PlaceElsewhere),
        ("DAP", "Casablanca", errors.PlaceElsewhere),
        ("DAP", "Casablanca to Paris", errors.PlaceNotOne),
        ("DAP", "Lyon via Hamburg", errors.PlaceNotOne),
        ("DAP", "Lyon (via Marseille)", errors.PlaceNotOne),
        ("DAP", "Le Havre ou alentours", errors.PlaceMaybeSeveral),
        ("DAP", "Hamburg ou alentours", errors.PlaceElsewhere),
        ("FCA", "Taliouine", None),
        ("FCA", "Agadir, Maroc", None),
        ("FCA", "Maroc", errors.PlaceIsCountry),
        ("FCA", "Agadir ou Tanger", errors.PlaceNotOne),
        ("FCA", "Lyon", errors.PlaceNotInMorocco),
    ],
)
def test_named_place_lies_where_the_rule_says(seller, france, code, place, refused):
    freight_rate(seller, code)
    found = term(seller, france, code)

    said = None
    try:
        check_choice(found, "road", place)
    except Refusal as refusal:
        said = type(refusal)

    assert said is refused


def test_place_that_may_be_two_is_taken_once_its_very_words_were_confirmed(seller, france):
    freight_rate(seller, "DAP")
    found, place = term(seller, france, "DAP"), "Le Havre ou alentours"

    check_choice(found, "road", place, confirmed=place)

    with pytest.raises(errors.PlaceMaybeSeveral):
        check_choice(found, "road", place, confirmed="Tour Or et Argent")
    with pytest.raises(errors.PlaceNotOne):
        check_choice(found, "road", "Lyon ou Marseille", confirmed="Lyon ou Marseille")


def test_place_that_a_buyers_carrier_takes_the_goods_at_is_written_with_morocco(seller, france):
    freight_rate(seller, "FCA")

    assert term(seller, france, "FCA").written("Agadir, Maroc") == "Agadir, Morocco"


def test_suggested_rule_says_why_it_stands_first(seller, france):
    freight_rate(seller, "DAP", mode="road", per_kg=Decimal(9))
    freight_rate(seller, "CIP", mode="air", per_kg=Decimal(1))
    terms = terms_offered(seller, france, "EUR", Decimal(100))
    goods, sample = suggested_term(terms, "road"), suggested_term(terms, "road", is_sample=True)

    assert (goods.incoterm.code, why_suggested(goods, terms)) == (
        "DAP",
        "Suggested because it asks least of you: the goods come to your door. "
        "Cheaper rules leave more to you.",
    )
    assert (sample.incoterm.code, why_suggested(sample, terms, is_sample=True)) == (
        "CIP",
        "Suggested for a sample: the cheapest carriage that brings it to you, with no ship and no carrier of "
        "your own to book.",
    )
