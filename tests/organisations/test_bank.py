import pytest

from moussem.organisations.bank import (
    BadAccount,
    account_at,
    account_from,
    bic_from,
    iban_of_rib,
    masked,
    rib_is_valid,
    shown,
)

pytestmark = pytest.mark.unit

RIB = "011519000001205000534921"
IBAN = "MA64011519000001205000534921"


def test_rib_becomes_its_iban():
    assert rib_is_valid(RIB)
    assert iban_of_rib(RIB) == IBAN


@pytest.mark.parametrize(
    "typed", [RIB, "011 519 0000012050005349 21", "MA64 0115 1900 0001 2050 0053 4921", IBAN.lower()]
)
def test_moroccan_account_is_understood_however_it_is_written(typed):
    assert account_from(typed) == IBAN


@pytest.mark.parametrize("typed", ["FR76 3000 6000 0112 3456 7890 189", "DE89370400440532013000"])
def test_foreign_iban_is_understood(typed):
    assert account_from(typed) == typed.replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        (" - ", "empty"),
        (RIB[:-1], "rib_length"),
        (RIB + "0", "rib_length"),
        ("011519000001205000534922", "rib_key"),
        ("101519000001205000534921", "rib_key"),
        ("MA65011519000001205000534921", "iban"),
        ("MA64011519000001205000534922", "iban"),
        ("FR7630006000011234567890188", "iban"),
        ("XX00123", "iban"),
        ("hello", "iban"),
        ("٠١١٥١٩٠٠٠٠٠١٢٠٥٠٠٠٥٣٤٩٢١", "iban"),
    ],
)
def test_wrong_account_is_refused_with_its_reason(typed, why):
    with pytest.raises(BadAccount) as bad:
        account_from(typed)

    assert bad.value.why == why


@pytest.mark.parametrize(
    ("typed", "bic", "why"),
    [
        ("-", "DEUTDEFF", "empty"),
        ("DE88370400440532013000", "COBADEFFXXX", "iban"),
        ("DE89 3704 0044 0532 013O 00", "COBADEFF", "iban"),
        ("DE8O370400440532013000", "COBADEFF", "iban"),
        ("FR76 3000 6000 0112 3456 7890 188", "BNPAFRPP", "iban"),
        ("MA65011519000001205000534921", "BCMAMAMC", "iban"),
        ("011519000001205000534922", "BCMAMAMC", "rib_key"),
        ("<script>alert(1)</script>", "DEUTDEFF", "iban"),
        ("زعفران", "DEUTDEFF", "iban"),
        ("12", "CHASUS33", "other"),
        ("Saffron", "CHASUS33", "other"),
        ("1" * 35, "CHASUS33", "other"),
    ],
)
def test_bank_beside_a_wrong_account_makes_it_no_better(typed, bic, why):
    with pytest.raises(BadAccount) as bad:
        account_at(typed, bic)

    assert bad.value.why == why


@pytest.mark.parametrize(
    ("typed", "bic", "number"),
    [
        ("DE89 3704 0044 0532 0130 00", "COBADEFF", "DE89370400440532013000"),
        (RIB, "BCMAMAMC", IBAN),
        ("000-123 456.789", "CHASUS33", "000123456789"),
        ("CA 12345", "ROYCCAT2", "CA12345"),
    ],
)
def test_account_at_a_bank_is_an_iban_or_the_number_of_another_country(typed, bic, number):
    assert account_at(typed, bic) == number


def test_one_wrong_digit_is_always_noticed():
    for place in range(24):
        for digit in "0123456789":
            wrong = RIB[:place] + digit + RIB[place + 1 :]
            assert rib_is_valid(wrong) == (wrong == RIB)


def test_bic_is_checked():
    assert bic_from("bcma mamc") == "BCMAMAMC"
    with pytest.raises(BadAccount):
        bic_from("BCMA")


def test_account_is_shown_in_fours_and_masked():
    assert shown(IBAN) == "MA64 0115 1900 0001 2050 0053 4921"
    assert masked(IBAN) == "MA … 4921"
    assert masked("") == ""


@pytest.mark.parametrize(
    ("typed", "bic", "why"),
    [
        ("IBAN DE00 3704 0044 0532 0130 00", "DEUTDEFF", "iban"),
        ("89370400440532013000", "DEUTDEFF", "iban"),
        ("RIB 011519000001205000534922", "BCMAMAMC", "rib_key"),
        ("O11519000001205000534921", "BCMAMAMC", "iban"),
    ],
)
def test_bank_in_a_country_of_the_iban_has_no_other_numbers(typed, bic, why):
    with pytest.raises(BadAccount) as refused:
        account_at(typed, bic)

    assert refused.value.why == why


def test_words_copied_along_with_a_number_are_passed_over():
    assert account_at("IBAN: DE89 3704 0044 0532 0130 00", "") == "DE89370400440532013000"
    assert account_at(f"RIB {RIB}", "BCMAMAMC") == IBAN
    assert account_at("021000021 1234567", "CHASUS33") == "0210000211234567"
