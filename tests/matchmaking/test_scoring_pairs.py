from dataclasses import replace
from datetime import date

import pytest

from matchmaking.scoring.market import Market
from matchmaking.scoring.pairs import affinity
from matchmaking.scoring.profiles import Buyer, Exporter, Need, Product, Verdict
from matchmaking.scoring.reasons import Code, Standing
from matchmaking.scoring.recommending import affinities
from tests.matchmaking.markets import market

pytestmark = pytest.mark.unit

FAIR = date(2027, 2, 1)
BUYER = Buyer(
    code="b1",
    needs=(Need(hs="091020", volume=6, unit="kg"),),
    country="SN",
    languages=frozenset({"fr"}),
    incoterm="CFR",
    payment_terms="30% deposit, balance 30 days",
)
SELLER = Exporter(
    code="e1",
    products=(Product(code="p1", hs="091020", unit="kg", capacity=18, moq=0.5, certificates=()),),
    languages=frozenset({"fr", "ar"}),
    incoterms=frozenset({"CFR", "FCA"}),
    preferences={"SN": "AFCFTA"},
    serves=frozenset({"SN"}),
    readiness="A",
    least_deposit=30,
)


def score(buyer=BUYER, seller=SELLER):
    return affinity(buyer, seller, on=FAIR).score


def standing(code, buyer=BUYER, seller=SELLER):
    (found,) = [one for one in affinity(buyer, seller, on=FAIR).reasons if one.code == code]
    return found.standing


def test_each_side_tells_its_reasons():
    told = affinity(BUYER, SELLER, on=FAIR)

    assert told.verdict == Verdict.FULL
    assert [(one.code, one.standing) for one in told.reasons] == [
        (Code.KIND, Standing.MET),
        (Code.VOLUME, Standing.MET),
        (Code.MOQ, Standing.MET),
        (Code.LANGUAGE, Standing.MET),
        (Code.PREFERENCE, Standing.MET),
        (Code.READINESS, Standing.MET),
        (Code.HISTORY, Standing.UNKNOWN),
        (Code.INCOTERM, Standing.MET),
        (Code.MARKET, Standing.MET),
        (Code.PAYMENT, Standing.MET),
    ]


@pytest.mark.parametrize(
    ("code", "known", "unknown"),
    [
        (Code.LANGUAGE, {"languages": frozenset({"es"})}, {"languages": None}),
        (Code.INCOTERM, {"incoterms": frozenset({"EXW"})}, {"incoterms": None}),
        (Code.MARKET, {"serves": frozenset({"FR"})}, {"serves": None}),
        (Code.PAYMENT, {"least_deposit": 50}, {"least_deposit": 30}),
    ],
)
def test_what_is_unknown_stands_between_what_suits_and_what_does_not(code, known, unknown):
    unsuited, untold = replace(SELLER, **known), replace(SELLER, **unknown)
    buyer = replace(BUYER, payment_terms="as usual") if code == Code.PAYMENT else BUYER

    assert [standing(code), standing(code, seller=unsuited), standing(code, buyer, untold)] == [
        Standing.MET,
        Standing.SHORT,
        Standing.UNKNOWN,
    ]
    assert score() > score(buyer, untold) > score(seller=unsuited) > 0


@pytest.mark.parametrize(
    ("buyer", "seller"),
    [
        (replace(BUYER, refuses=frozenset({"e1"})), SELLER),
        (BUYER, replace(SELLER, refuses=frozenset({"b1"}))),
        (replace(BUYER, refused_incoterms=frozenset({"CFR", "FCA", "EXW"})), SELLER),
        (BUYER, replace(SELLER, readiness="C")),
        (BUYER, replace(SELLER, products=())),
    ],
)
def test_whom_one_side_rules_out_is_never_recommended(buyer, seller):
    assert (score(buyer, seller), affinity(buyer, seller, on=FAIR).verdict) == (0.0, Verdict.NONE)
    assert affinities(buyer, Market([seller], on=FAIR))[0].tolist() == []


def test_one_incoterm_that_is_not_refused_is_enough():
    assert score(replace(BUYER, refused_incoterms=frozenset({"FCA"}))) == score()


def test_neither_side_alone_makes_a_meeting():
    good = [score(replace(BUYER, country="JP")), score(seller=replace(SELLER, incoterms=frozenset({"EXW"})))]

    assert [one < score() for one in good] == [True, True]


def test_buyer_without_needs_might_meet_every_ready_exporter():
    buyer = replace(BUYER, needs=())

    told = [affinity(buyer, replace(SELLER, readiness=one), on=FAIR) for one in ("A", None, "C")]

    assert [one.verdict for one in told] == [Verdict.OPEN, Verdict.OPEN, Verdict.NONE]
    assert told[0].score < score()


def test_more_needs_answered_are_worth_more_and_one_well_answered_is_worth_most():
    honey = Need(hs="040900", volume=10, unit="kg")
    two = replace(BUYER, needs=(*BUYER.needs, honey))
    both = replace(
        SELLER, products=(*SELLER.products, replace(SELLER.products[0], code="p2", hs="040900", capacity=5))
    )

    assert score() > score(two, both) > score(two) > score() * 0.75


def test_known_partners_come_first():
    past = [{name: {"b1": FAIR}} for name in ("ordered", "agreed", "met")]
    told = [score(seller=replace(SELLER, **one)) for one in (*past, {}, {"missed": {"b1": FAIR}})]

    assert told == sorted(told, reverse=True)
    assert len(set(told)) == len(told)


def test_past_is_worth_less_than_any_answer_to_a_need():
    slow = replace(SELLER, products=(replace(SELLER.products[0], capacity=3),), ordered={"b1": FAIR})

    assert score(seller=slow) < score() < score(seller=replace(SELLER, ordered={"b1": FAIR})) < 1.1 * score()


def test_what_they_did_together_counts_before_what_they_missed():
    seller = replace(SELLER, met={"b1": date(2026, 3, 2)}, missed={"b1": date(2026, 5, 2)})

    (told,) = [one for one in affinity(BUYER, seller, on=FAIR).reasons if one.code == Code.HISTORY]

    assert told.data == {"what": "met", "on": date(2026, 3, 2)}


@pytest.mark.parametrize("seed", range(6))
def test_market_agrees_with_pairs_whatever_is_left_out(seed):
    exporters, buyers = market(seed, exporters=40, buyers=25)
    everybody = Market(exporters, on=FAIR)

    for buyer in buyers:
        found, scores = affinities(buyer, everybody)
        pairs = [affinity(buyer, one, on=FAIR) for one in exporters]
        assert found.tolist() == [n for n, one in enumerate(pairs) if one.verdict > Verdict.NONE]
        assert scores.tolist() == pytest.approx([one.score for one in pairs if one.score])
