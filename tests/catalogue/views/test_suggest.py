from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from catalogue.concepts.actions import change_concept, load_reference_concepts
from catalogue.models import Concept, Product
from catalogue.search.remembered import forget_suggestions
from catalogue.views.suggest import MOST_IN_A_WINDOW
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ADDRESS = "/en/search/suggest/"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Every test begins as a process does."""
    cache.clear()
    forget_suggestions()
    yield
    forget_suggestions()


def suggested(client, typed, address=ADDRESS):
    return client.get(address, {"q": typed}).json()["suggestions"]


def kinds(client, typed):
    return {one["kind"] for one in suggested(client, typed)}


def later(seconds):
    """Some seconds on, when a process looks for changes again."""
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=True)


def test_each_kind_leads_to_its_page(client):
    seller = SellerFactory(name="Tizi Saffron", slug="tizi-saffron")
    product = ProductFactory(organisation=seller)

    found = {one["kind"]: one["href"] for one in [*suggested(client, "saf"), *suggested(client, "sous")]}

    assert found == {
        "family": "/en/families/saffron/",
        "cooperative": "/en/organisations/tizi-saffron/",
        "place": "/en/regions/MA-09/",
        "product": f"/en{product.get_absolute_url().removeprefix('/en')}",
    }


def test_a_province_leads_to_the_products_from_it(client):
    ProductFactory()

    found = [one["href"] for one in suggested(client, "tarouda") if one["kind"] == "place"]

    assert found == ["/en/products/?province=MA-TAR"]


@pytest.mark.parametrize(
    ("address", "typed", "name"),
    [
        ("/en/search/suggest/", "saff", "Saffron"),
        ("/en/search/suggest/", "safra", "Saffron"),
        ("/fr/search/suggest/", "saf", "Safran"),
        ("/en/search/suggest/", "زعف", "Saffron"),
        ("/ar/search/suggest/", "zaafr", "زعفران"),
        ("/en/search/suggest/", "azafr", "Saffron"),
    ],
)
def test_names_are_in_the_language_of_the_page(client, address, typed, name):
    ProductFactory()

    (family,) = [one for one in suggested(client, typed, address) if one["kind"] == "family"]

    assert family["label"] == name


def test_what_is_not_listed_is_never_suggested(client):
    ProductFactory(title="Zeppelin secret", listed=False, organisation=SellerFactory(name="Zeppelin hidden"))

    assert suggested(client, "zep") == []


def test_a_product_withdrawn_a_moment_ago_is_not_suggested(client):
    product = ProductFactory(title="Zeppelin honey")
    before = kinds(client, "zepp")

    Product.objects.filter(pk=product.pk).update(is_public=False)

    assert (before, kinds(client, "zepp")) == ({"product"}, set())


def test_a_title_changed_or_added_is_found_within_ten_seconds(client):
    product = ProductFactory(title="Zeppelin honey")
    assert kinds(client, "zepp") == {"product"}
    product.texts.update(title="Quince honey")
    product.title = "Quince honey"
    product.save()
    ProductFactory(title="Xylophone honey")

    with later(10):
        found = [kinds(client, typed) for typed in ("quince", "xylo", "zepp")]

    assert found == [{"product"}, {"product"}, set()]


@pytest.mark.parametrize("rows", [1, 3])
def test_first_question_costs_six_queries_and_the_next_one(client, rows, django_assert_num_queries):
    ProductFactory.create_batch(rows)

    with django_assert_num_queries(6):
        client.get(ADDRESS, {"q": "saf"})
    with django_assert_num_queries(1):
        client.get(ADDRESS, {"q": "saff"})


def test_nothing_found_asks_the_database_nothing(client, django_assert_num_queries):
    ProductFactory()
    client.get(ADDRESS, {"q": "saf"})

    with django_assert_num_queries(0):
        assert suggested(client, "xqzw") == []


def test_a_page_gets_a_list_that_says_how_many_there_are(client, words):
    ProductFactory(title="Honey <b>of thyme</b>")

    answer = client.get(ADDRESS, {"q": "honey"}, headers={"Accept": "text/html"})

    assert 'data-said="1 suggestion"' in words(answer)
    assert "Honey &lt;b&gt;of thyme&lt;/b&gt;" in words(answer)
    assert answer.headers["Cache-Control"] == "public, max-age=10"


HOSTILE = [
    "a" * 10_000,
    "a " * 5_000,
    "\x01saf",
    "\u202egnp\u2066",
    "🌹" * 99,
    "[(*+?{",
    "%",
    "'; --",
    "\x1b\x07",
    "",
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*", "nonsense"])
def test_hostile_input_is_answered(client, typed, accept):
    ProductFactory()

    answer = client.get(ADDRESS, {"q": typed}, headers={"Accept": accept})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?q=%ff%fe", "?q=a&q=b", "?q[]=saf", "?q=%ed%a0%80", f"?q={quote('ز') * 999}"]
)
def test_odd_addresses_are_answered(client, query):
    assert client.get(ADDRESS + query).status_code == 200


def test_a_visitor_who_asks_too_fast_is_told_to_wait(client):
    with time_machine.travel(timezone.now(), tick=False):
        answers = [client.get(ADDRESS, {"q": "xqzw"}) for _ in range(MOST_IN_A_WINDOW + 1)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert (answers[-1].headers["Retry-After"], answers[-1].content) == ("10", b"")


def test_nothing_is_changed_by_asking(client):
    assert client.post(ADDRESS, {"q": "saf"}, headers={"Accept": "application/json"}).status_code == 405


def test_words_of_the_concepts_as_they_are_edited_are_suggested(client):
    ProductFactory()
    load_reference_concepts()
    concept, editor = Concept.objects.get(code="saffron"), UserFactory()
    assert suggested(client, "zeppel") == []
    aliases = {**concept.aliases, "en": ["saffron", "zeppelin spice"]}
    content = {**concept.content, "aliases": aliases}

    change_concept(concept, content, actor=editor, seen_version=concept.version)

    with later(10):
        (family,) = suggested(client, "zeppel")
    assert (family["label"], family["matched"], family["count"]) == ("Saffron", "zeppelin spice", 1)
