"""Whatever somebody writes into the address of the list, it is answered."""

from urllib.parse import urlencode

import pytest

from catalogue.search import indexing
from catalogue.search.asked import GROUPS
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "/en/products/"
BIDI = "\u202e\u2066\u200f"
WORDS = [
    "a" * 10_000,
    "safran " * 2_000,
    "زعفران\u0640\u0651 " * 500,
    ".*(a+)+$ [[:alpha:]]{1,99} \\d+\\",
    'title:(saffron AND NOT price:[* TO 5]) OR _exists_:x^9 "unclosed ~2 /re.*/',
    '{"query":{"match_all":{}}} */* && || ! ( ) { } [ ] ^ " ~ * ? : \\ /',
    f"saf{BIDI}fron\x01\x07\x1b[31m",
    "🧿🐫🌶️ 🇲🇦 saffron",
    "'; DROP TABLE catalogue_product; -- <script>alert(1)</script>",
    "HS 0910.20.10.00.99 HS HS 99999999 0000 kg 500 500kg -500 kg 1e999 kg",
    "\ufeff\u00a0\u3000 \u2028\u2029",
    "٠٩١٠ ٢٠ ٥٠٠ كيلو",
    f"saffron 1{' 000' * 11} eur",
    f"{'999 ' * 12}kg saffron",
    f"saffron under 9{'.999' * 11},99 €",
    f"saffron from 10 to 9{',999' * 11}.99 usd per g",
    f"{'٩٩٩ ' * 12}كيلو زعفران",
    "sous " * 36,
    "under " * 33 + "5 €",
    "fi f " * 40,
    "max " * 16 + "زعفران",
]


@pytest.fixture
def stocked(shelf):
    """A site with one offer in its index."""
    ProductFactory()
    indexing.rebuild()


@pytest.mark.parametrize("text", WORDS, ids=range(len(WORDS)))
def test_any_text_is_answered_by_the_engine(stocked, client, text):
    page = client.get(f"{LIST}?{urlencode({'q': text})}")

    assert (page.status_code, page.context["results"].is_makeshift) == (200, False)
    assert len(page.context["asked"].text) <= 200
    assert not set(BIDI) & set(page.context["asked"].text)


def test_two_hundred_choices_of_every_group_are_cut_to_what_a_visitor_could_press(stocked, client):
    choices = [(group.name, f"code-{number}") for group in GROUPS for number in range(200)]
    choices += [("not", f"code-{number}") for number in range(200)]

    page = client.get(f"{LIST}?{urlencode([('q', 'saffron'), *choices[:900]])}")

    assert (page.status_code, page.context["results"].is_makeshift) == (200, False)
    assert page.context["asked"].chosen == {}
    assert len(page.context["asked"].without) <= 20


@pytest.mark.parametrize("page", ["-1", "0", "500", "501", "999999999", "9" * 5000, "x", "٣", "1.5", "\x01"])
def test_deep_pages_are_the_nearest_there_is(stocked, client, page):
    shown = client.get(LIST, {"page": page})

    assert (shown.status_code, shown.context["page"].number) == (200, 1)
    assert len(shown.context["products"]) == 1


@pytest.mark.parametrize(
    ("low", "high"),
    [("-5", "x"), ("1e5", "NaN"), ("9" * 40, ""), ("5", "1"), ("٥", "\x01"), ("0", "999999999")],
)
def test_prices_that_are_none_ask_nothing_or_find_nothing(stocked, client, low, high):
    page = client.get(LIST, {"from": low, "to": high, "sort": "price"}, follow=True)

    assert (page.status_code, page.context["results"].is_makeshift) == (200, False)


@pytest.mark.parametrize("page", [LIST, f"{LIST}count/", f"{LIST}texts/", "/en/search/suggest/"])
def test_a_nul_among_the_words_is_passed_over(stocked, client, page):
    answer = client.get(f"{page}?q=saf%00fron")

    assert answer.status_code == 200


def test_what_is_found_with_a_nul_is_what_is_found_without(stocked, client):
    found = client.get(f"{LIST}?q=saf%00fron")

    assert found.context["asked"].text == "saffron"
    assert len(found.context["products"]) == 1


def test_a_nul_elsewhere_is_refused(stocked, client):
    assert client.get(f"{LIST}?q=saffron&region=%00").status_code == 400
