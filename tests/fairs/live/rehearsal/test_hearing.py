"""What a buyer takes from an answer, in whatever language and digits it is written."""

from decimal import Decimal

import pytest

from fairs.live.rehearsal.hearing import Expected, Miss, Topic, figures_in, missed, readings_of, to_the_point

pytestmark = pytest.mark.unit

MINIMUM = Expected(Topic.MINIMUM, unit="kg", value=Decimal(2))
LEAD = Expected(Topic.LEAD, unit="day", value=Decimal(21))
PRICE = Expected(
    Topic.PRICE,
    unit="kg",
    quantity=Decimal(50),
    prices={"EUR": (Decimal("12.5"), Decimal("625.00")), "MAD": (Decimal("135.0000"), Decimal("6750.00"))},
)
RULE = Expected(Topic.RULE, names=("EXW", "FCA"))
PROOF = Expected(
    Topic.PROOF, names=("EU-ORG", "EU organic", "Bio UE", "الفلاحة البيولوجية", "بيولوجي أوروبي")
)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("1 500", {"1500"}),
        ("1.500", {"1500", "1.5"}),
        ("1,5", {"1.5"}),
        ("1,234.50", {"1234.50"}),
        ("1.234.567", {"1234567"}),
    ],
)
def test_number_is_read_in_each_way_that_it_can_be(written, readings):
    assert readings_of(written) == {Decimal(one) for one in readings}


def test_figure_goes_with_the_unit_that_stands_beside_it():
    found = [(max(one.readings), one.unit) for one in figures_in("٢ كيلو, € 12,50, 3 weeks or 7")]

    assert found == [(2, "kg"), (Decimal("12.50"), "EUR"), (3, "week"), (7, "")]


@pytest.mark.parametrize(
    ("answer", "misses"),
    [
        ("We begin at 2 kg.", []),
        ("2000 grammes", []),
        ("كيلوغرامان، أي ٢ كغ", []),
        ("2", [Miss.UNIT]),
        ("5 kg", [Miss.OTHER]),
        ("5", [Miss.OTHER, Miss.UNIT]),
        ("As you like!", [Miss.FIGURE]),
        ("Within 3 days", [Miss.FIGURE]),
    ],
)
def test_smallest_quantity_is_a_figure_with_its_unit_as_on_the_page(answer, misses):
    assert missed(MINIMUM, answer) == misses


@pytest.mark.parametrize(
    ("answer", "misses"),
    [
        ("21 days", []),
        ("trois semaines, donc 3 semaines", []),
        ("15 to 25 days", []),
        ("de 15 à 25 jours", []),
        ("من 15 إلى 25 يوما", []),
        ("15 to 18 days", [Miss.OTHER]),
        ("يوما 21", []),
        ("10 days", [Miss.OTHER]),
        ("Soon", [Miss.FIGURE]),
    ],
)
def test_lead_time_is_told_in_days_or_weeks(answer, misses):
    assert missed(LEAD, answer) == misses


@pytest.mark.parametrize(
    ("answer", "misses"),
    [
        ("12,50 € le kilo", []),
        ("50 kg cost 625 euro", []),
        ("6 750 DH", []),
        ("$ 12.50", [Miss.OTHER]),
        ("12.50", [Miss.UNIT]),
        ("10 EUR", [Miss.OTHER]),
        ("10", [Miss.OTHER, Miss.UNIT]),
        ("For 50 kg we make a good price", [Miss.FIGURE]),
    ],
)
def test_price_is_the_one_of_the_ladder_in_any_of_its_currencies(answer, misses):
    assert missed(PRICE, answer) == misses


@pytest.mark.parametrize(
    ("answer", "misses"),
    [
        ("FCA Marrakech", []),
        ("fca", [Miss.PLACE]),
        ("CIF Marseille", [Miss.OTHER]),
        ("We bring it to you", [Miss.NAME]),
        ("A café in Rabat", [Miss.NAME]),
    ],
)
def test_rule_of_incoterms_is_named_with_its_place(answer, misses):
    assert missed(RULE, answer) == misses


@pytest.mark.parametrize(
    ("answer", "misses"),
    [
        ("It is organic", []),
        ("certificat bio", []),
        ("شهادة بيولوجي أوروبية", []),
        ("لدينا الشهادة الاوروبية", []),
        ("فلاحة بيولوجية", []),
        ("شهادة", [Miss.NAME]),
        ("All of them", [Miss.NAME]),
    ],
)
def test_certificate_is_called_by_a_name_that_it_has(answer, misses):
    assert missed(PROOF, answer) == misses


def test_where_there_is_no_certificate_any_word_will_do():
    assert missed(Expected(Topic.PROOF), "A report of the laboratory") == []
    assert missed(Expected(Topic.PROOF), "?") == [Miss.NAME]


def test_late_and_second_answers_are_told():
    assert missed(MINIMUM, "2 kg", seconds=180) == []
    assert missed(MINIMUM, "2 kg", seconds=181, is_second=True) == [Miss.AGAIN, Miss.LATE]
    assert to_the_point([[], ["late"], []]) == 2


@pytest.mark.parametrize("answer", ["", "0", "²", "1" * 900, "٫٬،", "...", "1.,2", "EUR", "5/0", "12:30"])
@pytest.mark.parametrize("expected", [MINIMUM, LEAD, PRICE, RULE, PROOF])
def test_whatever_is_typed_is_heard(expected, answer):
    assert set(missed(expected, answer)) <= set(Miss)
