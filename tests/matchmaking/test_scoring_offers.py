from dataclasses import replace
from datetime import date

import pytest

from matchmaking.scoring.offers import judge
from matchmaking.scoring.pairs import answer
from matchmaking.scoring.profiles import Certificate, Exporter, Lot, Need, Product, Verdict
from matchmaking.scoring.reasons import Code, Standing

pytestmark = pytest.mark.unit

FAIR = date(2027, 2, 1)
SAFFRON = Product(
    code="p1", hs="091020", family="saffron", unit="g", capacity=18_000, moq=500, certificates=()
)
NEED = Need(hs="0910.20", volume=6, unit="kg")
SELLER = Exporter(code="e1", products=(SAFFRON,), readiness="A")


def verdict(need=NEED, product=SAFFRON, seller=SELLER):
    return judge(need, product, replace(seller, products=(product,)), on=FAIR).verdict


def reason(code, need=NEED, product=SAFFRON):
    judged = judge(need, product, replace(SELLER, products=(product,)), on=FAIR)
    (found,) = [one for one in judged.reasons if one.code == code]
    return found


@pytest.mark.parametrize(
    ("volume", "unit", "expected"),
    [
        (18, "kg", Verdict.FULL),
        (18_000, "g", Verdict.FULL),
        (0.018, "t", Verdict.FULL),
        (18.001, "KG", Verdict.PARTIAL),
        (1, "tonnes", Verdict.PARTIAL),
        (18, "L", Verdict.OPEN),
        (18, "tin", Verdict.OPEN),
        (18, "", Verdict.OPEN),
        (None, "kg", Verdict.OPEN),
        (0, "kg", Verdict.OPEN),
    ],
)
def test_volume_is_compared_in_one_unit_or_stays_open(volume, unit, expected):
    assert verdict(need=Need(hs="091020", volume=volume, unit=unit)) == expected


@pytest.mark.parametrize(
    ("capacity", "unit", "expected"),
    [
        (900, "ml", Verdict.PARTIAL),
        (1, "L", Verdict.FULL),
        (10, "hl", Verdict.FULL),
        (100, "cl", Verdict.FULL),
    ],
)
def test_litres_have_their_parts(capacity, unit, expected):
    oil = replace(SAFFRON, hs="151590", unit=unit, capacity=capacity)

    assert verdict(need=Need(hs="151590", volume=1, unit="l"), product=oil) == expected


def test_decimal_tenths_are_no_less_than_their_sum():
    parts = tuple(replace(SAFFRON, code=f"p{n}", unit="kg", capacity=0.1) for n in range(3))

    told = answer(Need(hs="091020", volume=0.3, unit="kg"), replace(SELLER, products=parts), on=FAIR)

    assert told.verdict == Verdict.FULL


def test_products_of_one_exporter_reach_a_volume_together():
    parts = (replace(SAFFRON, code="p1", capacity=4_000), replace(SAFFRON, code="p2", capacity=2_000))
    seller = replace(SELLER, products=parts)

    told = answer(NEED, seller, on=FAIR)

    assert [judge(NEED, one, seller, on=FAIR).verdict for one in parts] == [Verdict.PARTIAL] * 2
    assert told.verdict == Verdict.FULL
    assert [one.verdict for one in told.offers] == [Verdict.PARTIAL] * 2
    assert [one.data for one in told.best.reasons if one.code == Code.TOGETHER] == [
        {"share": 1.0, "products": 2}
    ]


def test_what_does_not_fit_fills_no_volume():
    parts = (
        replace(SAFFRON, code="p1", capacity=4_000),
        replace(SAFFRON, code="p2", capacity=2_000, hs="040900"),
    )

    assert answer(NEED, replace(SELLER, products=parts), on=FAIR).verdict == Verdict.PARTIAL


def test_of_other_goods_nothing_but_that_is_told():
    need = Need(hs="160413", volume=6_000, unit="kg", certificates=frozenset({"FSSC-22000"}))
    honey = replace(SAFFRON, code="p2", hs="040900")

    told = answer(need, replace(SELLER, products=(SAFFRON, honey)), on=FAIR)

    assert [[one.code for one in each.reasons] for each in told.offers] == [[Code.KIND], [Code.KIND]]


def test_where_nothing_answers_the_goods_of_the_kind_asked_tell_why():
    need = replace(NEED, certificates=frozenset({"FSSC-22000"}))
    honey = replace(SAFFRON, code="p2", hs="040900")

    told = answer(need, replace(SELLER, products=(honey, SAFFRON)), on=FAIR)

    assert (told.verdict, told.best.product) == (Verdict.NONE, SAFFRON)


def test_capacity_of_nothing_is_a_refusal_and_none_told_is_not():
    assert verdict(product=replace(SAFFRON, capacity=0)) == Verdict.NONE
    assert verdict(product=replace(SAFFRON, capacity=None)) == Verdict.OPEN


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        ("0910", "091020", Verdict.FULL),
        ("09", "0910.20", Verdict.FULL),
        ("091020", "0910 20 10", Verdict.FULL),
        ("09102010", "091020", Verdict.FULL),
        ("91020", "091020", Verdict.FULL),
        ("091020", "0910", Verdict.OPEN),
        ("091020", "", Verdict.OPEN),
        ("091020", "091099", Verdict.NONE),
        ("091020", "0902", Verdict.NONE),
    ],
)
def test_kind_is_known_by_as_many_digits_as_were_asked(asked, offered, expected):
    need, product = replace(NEED, hs=asked), replace(SAFFRON, hs=offered)

    assert verdict(need=need, product=product) == expected


@pytest.mark.parametrize(
    ("family", "offered", "expected"),
    [("saffron", "saffron", Verdict.FULL), ("saffron", "", Verdict.OPEN), ("saffron", "honey", Verdict.NONE)],
)
def test_need_of_a_family_is_answered_by_the_family(family, offered, expected):
    assert verdict(replace(NEED, hs="", family=family), replace(SAFFRON, family=offered)) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, FAIR, Verdict.FULL),
        (None, None, Verdict.FULL),
        (FAIR, None, Verdict.FULL),
        (None, date(2027, 1, 31), Verdict.NONE),
        (date(2027, 2, 2), None, Verdict.NONE),
    ],
)
def test_certificate_counts_on_the_days_it_is_in_force(start, end, expected):
    need = replace(NEED, certificates=frozenset({"EU-ORG"}))
    product = replace(SAFFRON, certificates=(Certificate("EU-ORG", start, end),))

    assert verdict(need=need, product=product) == expected


def test_renewed_certificate_stands_beside_the_ended_one():
    need = replace(NEED, certificates=frozenset({"EU-ORG"}))
    ended, renewed = date(2026, 12, 31), date(2027, 12, 31)
    held = (Certificate("EU-ORG", None, renewed), Certificate("EU-ORG", None, ended))

    told = reason(Code.CERTIFICATE, need, replace(SAFFRON, certificates=held))

    assert (told.standing, told.data) == (Standing.MET, {"held": {"EU-ORG": renewed}})


def test_ended_certificate_is_named_with_its_day():
    need = replace(NEED, certificates=frozenset({"EU-ORG", "HACCP"}))
    ended = Certificate("EU-ORG", None, date(2026, 12, 31))

    told = reason(Code.CERTIFICATE, need, replace(SAFFRON, certificates=(ended,)))

    assert told.data == {"missing": ("EU-ORG", "HACCP"), "ended": {"EU-ORG": date(2026, 12, 31)}}


def test_certificates_that_nobody_listed_are_open():
    need = replace(NEED, certificates=frozenset({"EU-ORG"}))

    assert verdict(need=need, product=replace(SAFFRON, certificates=None)) == Verdict.OPEN


@pytest.mark.parametrize(
    ("said", "lab", "expected"),
    [
        ("crocin>=200", {"crocin": 200}, Verdict.FULL),
        ("Crocin ≥ 200", {"crocin": 199.9}, Verdict.NONE),
        ("lead_mg_l<=0,5", {"Lead mg l": 0.5}, Verdict.FULL),
        ("moisture<10 %", {"moisture": 10}, Verdict.NONE),
        ("crocin>=200", {}, Verdict.OPEN),
        ("crocin>=200", {"crocin": None}, Verdict.OPEN),
        ("crocin>=200", {"crocin": "201,5"}, Verdict.FULL),
        ("crocin>=200", {"crocin": "not measured"}, Verdict.OPEN),
        ("crocin>=200", {"crocin": float("nan")}, Verdict.OPEN),
        ("very red", {"crocin": 250}, Verdict.OPEN),
    ],
)
def test_lab_value_meets_its_limit_or_is_unknown(said, lab, expected):
    assert verdict(need=replace(NEED, lab=(said,)), product=replace(SAFFRON, lab=lab)) == expected


def test_failed_value_decides_before_a_missing_one():
    need = replace(NEED, lab=("crocin>=200", "moisture<=10"))

    assert verdict(need=need, product=replace(SAFFRON, lab={"crocin": 190})) == Verdict.NONE


OLD, NEW = date(2026, 3, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("lots", "standing", "on"),
    [
        ([Lot({"crocin": 190}, NEW), Lot({"crocin": 210}, OLD)], Standing.MET, OLD),
        ([Lot({"crocin": 210}, OLD), Lot({"crocin": 220}, NEW)], Standing.MET, NEW),
        ([Lot({"crocin": 190}, NEW), Lot({}, OLD)], Standing.UNKNOWN, OLD),
        ([Lot({"crocin": 190}, OLD), Lot({"crocin": 180}, NEW)], Standing.RULED_OUT, NEW),
    ],
)
def test_one_lot_within_the_limits_is_enough_and_an_unmeasured_one_rules_nothing_out(lots, standing, on):
    need = replace(NEED, lab=("crocin>=200",))

    told = reason(Code.LAB, need, replace(SAFFRON, lots=tuple(lots)))

    assert (told.standing, told.data["on"]) == (standing, on)


def test_lot_has_to_meet_all_limits_by_itself():
    need = replace(NEED, lab=("crocin>=200", "moisture<=10"))
    lots = (Lot({"crocin": 210, "moisture": 12}), Lot({"crocin": 190, "moisture": 9}))

    assert verdict(need=need, product=replace(SAFFRON, lots=lots)) == Verdict.NONE


@pytest.mark.parametrize(
    ("readiness", "expected"),
    [("A", Verdict.FULL), ("B", Verdict.FULL), ("C", Verdict.NONE), (None, Verdict.OPEN)],
)
def test_seller_must_be_ready_to_export(readiness, expected):
    assert verdict(seller=replace(SELLER, readiness=readiness)) == expected


def test_smaller_need_than_a_seller_sells_at_once_is_worth_less():
    scores = [
        judge(NEED, one, replace(SELLER, products=(one,)), on=FAIR).score
        for one in (SAFFRON, replace(SAFFRON, moq=7_000), replace(SAFFRON, moq=700_000))
    ]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    assert reason(Code.MOQ, product=replace(SAFFRON, moq=7_000)).standing == Standing.SHORT


def test_what_is_ruled_out_is_what_was_asked_for():
    oil = Need(family="olive-oil", volume=6, unit="kg")

    found = reason(Code.KIND, need=oil)

    assert (found.standing, found.data["family"]) == (Standing.RULED_OUT, "olive-oil")
