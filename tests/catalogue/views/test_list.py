from urllib.parse import urlencode

import pytest

from catalogue.choices import Chip
from moussem.organisations.states import Kind
from tests.factories.catalogue import CertificateFactory, ProductFactory, SellerFactory
from tests.factories.organisations import MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "/en/products/"
BIDI = "\u202egnp.exe\u2066"


def listed(count):
    for product in ProductFactory.create_batch(count):
        CertificateFactory(organisation=product.organisation, products=[product])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_a_visitor_five_queries(client, rows, django_assert_num_queries):
    listed(rows)

    with django_assert_num_queries(5):
        page = client.get(LIST)

    assert len(page.context["products"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_a_buyer_at_most_nine_queries(client, rows, django_assert_max_num_queries):
    listed(rows)
    buyer = MembershipFactory(organisation__buyer=True).user
    client.force_login(buyer)

    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_list_shows_the_chosen_currency_only(client, words):
    ProductFactory(ladder=[("500", "3.30")])
    client.post("/en/basket/currency/", {"currency": "MAD"})

    text = words(client.get(LIST))

    assert ("35.64" in text, "3.30" in text) == (True, False)


def test_address_holds_what_was_asked_and_chips_take_it_back(client):
    ProductFactory(organisation=SellerFactory(women_led=True))

    page = client.get(LIST, {"q": "safran", "region": "MA-09", "women": "on", "sort": "moq", "page": "2"})

    assert page.context["chips"] == [
        Chip("“safran”", "?is=women-led&region=MA-09&sort=moq"),
        Chip("Souss-Massa", "?is=women-led&q=safran&sort=moq"),
        Chip("Led by women", "?q=safran&region=MA-09&sort=moq"),
    ]


def test_empty_list_says_what_to_do_next(client, words):
    ProductFactory()

    text = words(client.get(LIST, {"q": "caviar"}))

    assert "No product matches all of this" in text
    assert "Show every product" in text


def test_twenty_products_make_a_page_and_deep_pages_are_the_last(client):
    ProductFactory.create_batch(21)

    pages = [client.get(LIST, {"page": number}) for number in ("1", "2", "99999999999", "9" * 5000, "x")]

    assert [len(page.context["products"]) for page in pages] == [20, 1, 1, 20, 20]


@pytest.mark.parametrize(
    "hostile",
    [
        {"q": "a" * 10_000},
        {"q": BIDI},
        {"q": "[(*+?{" * 9},
        {"q": "0910.20 ٠٩"},
        {"q": "'; drop table catalogue_product; --"},
        {"family": "\ud7ff", "region": BIDI, "department": "a" * 10_000, "sort": "pk; --", "women": "?"},
        {"page": "-1"},
        {"unknown": "a" * 10_000},
    ],
)
def test_hostile_addresses_are_answered(client, hostile):
    ProductFactory()

    page = client.get(f"{LIST}?{urlencode(hostile)}")

    assert page.status_code == 200
    assert BIDI not in page.context["asked"].text


def test_choices_that_do_not_exist_ask_nothing(client):
    product = ProductFactory()

    page = client.get(LIST, {"family": "nothing", "region": "XX", "sort": "nothing"})

    assert (page.context["products"], page.context["chips"]) == ([product], [])


def test_kinds_that_do_not_sell_have_no_products_panel(client, words):
    agency = SellerFactory(kind=Kind.AGENCY)

    assert "their-products" not in words(client.get(f"/en/organisations/{agency.slug}/"))


def test_organisation_page_shows_its_products_only(client, words):
    mine, other = ProductFactory(title="Mine"), ProductFactory(title="Not mine")
    draft = ProductFactory(title="Draft", organisation=mine.organisation, listed=False)

    text = words(client.get(f"/en/organisations/{mine.organisation.slug}/"))

    assert [p.get_absolute_url() in text for p in (mine, other, draft)] == [True, False, False]


@pytest.mark.parametrize(
    ("is_demonstration", "host"), [(True, "http://127.0.0.1:8103"), (False, "https://moussem.example")]
)
def test_only_the_demonstration_follows_the_host_that_was_asked(client, settings, is_demonstration, host):
    settings.DEMONSTRATION, settings.SITE_URL = is_demonstration, "https://moussem.example"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    page = client.get(LIST, headers={"host": "127.0.0.1:8103"})

    assert page.context["canonical"] == f"{host}/en/products/"
    assert f'hreflang="fr" href="{host}/fr/products/"' in page.content.decode()
