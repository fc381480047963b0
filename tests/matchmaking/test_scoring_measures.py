import pytest

from matchmaking.scoring.measures import Amount, amount_of, deposit_in, hs_of, key_of, limit_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        (1.1, "kg", Amount("g", 1100.0)),
        (4.35, "T", Amount("g", 4_350_000.0)),
        (250, "mL", Amount("mL", 250.0)),
        (2, "hl", Amount("mL", 200_000.0)),
        (3, "m²", Amount("m2", 3.0)),
        (2, "dozen", Amount("unit", 24.0)),
        (5, "pieces", Amount("unit", 5.0)),
        (5, "pairs", Amount("pair", 5.0)),
        (5, "bunches", Amount("bunch", 5.0)),
        (0, "kg", Amount("g", 0.0)),
        (-1, "kg", None),
        (float("nan"), "kg", None),
        (None, "kg", None),
        (5, " ", None),
    ],
)
def test_quantities_are_told_in_the_smallest_unit_of_their_kind(quantity, unit, expected):
    assert amount_of(quantity, unit) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0910.20", "091020"),
        ("HS 0910 20", "091020"),
        ("91020", "091020"),
        ("9102010", "091020"),
        ("0910.20-000", "091020"),
        ("910", "0910"),
        ("", ""),
    ],
)
def test_customs_codes_are_their_first_six_digits(written, expected):
    assert hs_of(written) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("crocin>=200", ("crocin", ">=", 200.0)),
        ("Lead_mg_l ≤ 0,5", ("lead mg l", "<=", 0.5)),
        ("moisture < 10 %", ("moisture", "<", 10.0)),
        ("grade = 1", ("grade", "=", 1.0)),
    ],
)
def test_limits_are_read_as_buyers_write_them(said, expected):
    limit = limit_of(said)

    assert (limit.key, limit.sign, limit.value) == expected


@pytest.mark.parametrize("said", ["", "crocin", "crocin>=", "lead<=0.5 mg/kg", ">=200", "crocin 190-220"])
def test_limit_that_nobody_can_read_asks_for_nothing_known(said):
    assert limit_of(said).sign == ""


def test_names_of_values_are_one_however_they_are_written():
    assert {key_of(name) for name in ("lead_mg_l", "Lead mg l", " lead-mg-l ")} == {"lead mg l"}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("30% deposit, balance 30 days", 30),
        ("50 % acompte", 50),
        ("prepayment", 100),
        ("letter of credit", 100),
        ("Irrevocable L/C at sight", 100),
        ("60 days", 0),
        ("30 jours fin de mois", 0),
        ("as usual", None),
        ("", None),
    ],
)
def test_terms_tell_how_much_is_paid_or_secured_first(terms, expected):
    assert deposit_in(terms) == expected
