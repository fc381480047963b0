from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.asked import Asked
from catalogue.search.prices import take_price
from catalogue.search.query import read
from catalogue.search.questions import reading_of_question
from catalogue.search.ranking import PRICE, plan_of
from catalogue.search.tables import reference_lexicon
from catalogue.search.ways import Bound
from tests.catalogue.search.words import LEXICON

pytestmark = pytest.mark.unit
SAID = [
    ("not over 200 euros", None, "200", "EUR"),
    ("not above 15 EUR", None, "15", "EUR"),
    ("can't be more than 30 EUR", None, "30", "EUR"),
    ("doesn't cost more than 15 EUR", None, "15", "EUR"),
    ("non oltre 200 euro", None, "200", "EUR"),
    ("ليس أكثر من 200 يورو", None, "200", "EUR"),
    ("nicht unter 200 Euro", "200", None, "EUR"),
    ("not under 10 EUR", "10", None, "EUR"),
    ("under 20 euro", None, 20, "EUR"),
    ("below $20", None, 20, "USD"),
    ("less than 1,500.50 usd", None, "1500.50", "USD"),
    ("max 20 eur", None, 20, "EUR"),
    ("2 000 mad max", None, 2000, "MAD"),
    ("from 10 to 20 EUR", 10, 20, "EUR"),
    ("between €10 and €20 per kg", 10, 20, "EUR"),
    ("10-20 €", 10, 20, "EUR"),
    ("over 10 dollars", 10, None, "USD"),
    ("moins de 20 €", None, 20, "EUR"),
    ("de 10 à 20 €", 10, 20, "EUR"),
    ("jusqu’à 12,50 € le kilo", None, "12.50", "EUR"),
    ("à partir de 200 dirhams", 200, None, "MAD"),
    ("بأقل من 20 يورو", None, 20, "EUR"),
    ("من 10 إلى 20 يورو", 10, 20, "EUR"),
    ("أكثر من ٢٠٠ درهم", 200, None, "MAD"),
    ("menos de 20 euros", None, 20, "EUR"),
    ("hasta 20€", None, 20, "EUR"),
    ("entre 10 y 20 euros", 10, 20, "EUR"),
    ("bis 20 Euro", None, 20, "EUR"),
    ("unter 20 Euro", None, 20, "EUR"),
    ("zwischen 10 und 20 Euro", 10, 20, "EUR"),
    ("sotto i 20 euro", None, 20, "EUR"),
    ("da 10 a 20 euro", 10, 20, "EUR"),
    ("20 €", None, 20, "EUR"),
    ("$20-30", 20, 30, "USD"),
    ("USD 20 to 30", 20, 30, "USD"),
    ("EUR 20-30/L", 20, 30, "EUR"),
    ("€ 20 - 30", 20, 30, "EUR"),
    ("MAD 200-300", 200, 300, "MAD"),
    ("20/30 €", 20, 30, "EUR"),
    (">20€ <30€", 20, 30, "EUR"),
    ("<30€ >20€", 20, 30, "EUR"),
    ("over 20 under 30 euros", 20, 30, "EUR"),
    ("plus de 20 € et moins de 30 €", 20, 30, "EUR"),
    ("$20/100 g", None, 200, "USD"),
    ("20 US dollars", None, 20, "USD"),
    ("under £10", None, 10, "GBP"),
    ("moins de 10 livres sterling", None, 10, "GBP"),
    ("unter 20 Franken", None, 20, "CHF"),
    ("100 درهم إماراتي", None, 100, "AED"),
    ("100 dirhams", None, 100, "MAD"),
]


@pytest.mark.parametrize(("said", "low", "high", "currency"), SAID)
def test_price_of_a_question_is_read_in_every_language(said, low, high, currency):
    reading = read(f"saffron {said}", LEXICON)

    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    assert ([reading.price.low, reading.price.high], reading.price.currency) == (bounds, currency)
    assert ([part.codes for part in reading.parts], reading.rest) == ([("saffron",)], ())


@pytest.mark.parametrize(
    "text", ["saffron 20", "500 kg", "20 eurostar", "100 madeleines", "euro", "20 to 10 €x"]
)
def test_what_names_no_currency_is_no_price(text):
    assert take_price(text) == (text, None)


def test_amounts_of_two_currencies_are_no_range():
    left, price = take_price("10 usd to 20 eur")

    assert (left.split(), price.low, price.high, price.currency) == (["to", "20", "eur"], None, 10, "USD")


def test_price_and_quantity_stand_beside_each_other():
    reading = read("saffron 500 kg 20 €/kg", LEXICON)

    assert (reading.quantity.amount, reading.price.high, reading.rest) == (500, 20, ())


def test_an_amount_behind_a_price_is_no_second_price():
    reading = read("saffron $20 - 30 kg", LEXICON)

    assert (reading.quantity.amount, reading.price.low, reading.price.high) == (30, None, 20)


def test_a_range_behind_an_amount_is_read():
    reading = read("10-20 kg saffron $20-30", LEXICON)

    assert (reading.quantity.amount, reading.price.low, reading.price.high) == (20, 20, 30)


def test_price_that_was_not_meant_is_not_read():
    assert read("saffron under 20 euro", LEXICON, without=["price"]).price is None


def test_price_alone_leaves_no_word_behind():
    reading = read("à moins de 20 €", reference_lexicon())

    assert (reading.price.high, reading.parts, reading.rest) == (20, (), ())


def test_price_narrows_in_its_own_currency():
    plan = plan_of(read("saffron under 20 dollars", LEXICON), LEXICON)

    assert dict(plan.narrows)[PRICE] == Bound("price_usd", None, 20.0)


@pytest.mark.parametrize("typed", ["euro", "under", "unter", "moins", "hasta", "pour", "avec", "with", "max"])
def test_words_that_are_no_goods_are_never_taken_for_some(typed):
    assert read(f"honey {typed}", reference_lexicon()).of("thing")[1:] == []


def test_unknown_words_are_kept_as_they_were_typed():
    reading = read("honey blockchain 20", reference_lexicon())

    assert reading.unknown == ("blockchain",)


@given(st.text(alphabet="0123456789.,-€$ toaundereur", max_size=80))
def test_any_text_can_be_looked_at_for_a_price(text):
    left, price = take_price(text)

    assert (left == text) == (price is None)


@pytest.mark.parametrize(
    ("typed", "high"),
    [
        ("999 999 999 eur", 999_999_999),
        ("999.999.999,99 €", "999999999.99"),
        ("1 000 000 000 eur", None),
        (f"under 9{'.999' * 11},99 €", None),
        (f"from 10 to 9{',999' * 11} usd", None),
    ],
)
def test_amount_beyond_all_goods_is_no_price_but_words(typed, high):
    reading = read(f"saffron {typed}", LEXICON)

    assert (reading.price and reading.price.high) == (high and Decimal(high))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("999 999 999 kg", 999_999_999), ("1 000 000 000 kg", None), (f"{'999 ' * 12}kg", None)],
)
def test_amount_beyond_all_goods_is_no_quantity_but_words(typed, amount):
    reading = read(f"saffron {typed}", LEXICON)

    assert (reading.quantity and reading.quantity.amount) == amount


def test_a_price_in_another_currency_is_counted_in_ours_where_its_rate_is_known(settings):
    asked, lexicon = Asked("saffron £10 to £20"), LEXICON
    unknown = reading_of_question(asked, lexicon).price
    settings.PAYMENT_REFERENCE_RATES = {"EUR": Decimal(1), "GBP": Decimal("0.8")}

    known = reading_of_question(asked, lexicon).price

    assert (unknown.low, unknown.high, unknown.currency) == (10, 20, "GBP")
    assert (known.low, known.high, known.currency) == (Decimal("12.50"), 25, "EUR")
