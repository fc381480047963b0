from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.translation import override

from catalogue.choices import Chip, Choice, ChoiceGroup, title_of
from catalogue.search.asked import Asked
from catalogue.templatetags.storefront import month_boxes
from moussem.organisations.states import Kind
from tests.factories.catalogue import CertificateFactory, FamilyFactory, ProductFactory, SellerFactory
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
        Chip("“safran”", "?is=women-led&region=MA-09&sort=moq", "typed"),
        Chip("Souss-Massa", "?is=women-led&q=safran&sort=moq"),
        Chip("Led by women", "?q=safran&region=MA-09&sort=moq"),
    ]


def test_empty_list_says_what_to_do_next(client, words):
    ProductFactory()

    text = words(client.get(LIST, {"q": "caviar"}))

    assert "Not on offer yet" in text
    assert "Show every product" in text


def test_empty_list_has_one_way_to_ask_and_no_tools_that_lead_nowhere(client):
    ProductFactory()

    page = client.get(LIST, {"q": "caviar"}).content.decode()

    assert page.count(f"{reverse('wanted:ask')}?") == 1
    assert ('name="sort"' in page, 'id="filters"' in page, "Show 0 products" in page) == (False, False, False)


def test_empty_list_names_the_group_that_is_at_fault_where_no_single_choice_is(client):
    ProductFactory(title="Saffron")
    FamilyFactory(slug="honey", name="Honey")
    FamilyFactory(slug="dates", name="Dates")

    page = client.get(LIST, {"q": "saffron", "family": ["honey", "dates"], "is": "verified"})

    assert [(less.number, less.label, less.href) for less in page.context["lessened"]] == [
        (1, "Family", "?is=verified&q=saffron")
    ]


def test_empty_list_says_how_many_there_are_without_each_choice(client):
    FamilyFactory(slug="honey")
    ProductFactory(title="Saffron")

    both = client.get(LIST, {"q": "saffron", "family": "honey", "is": "women-led"})
    one = client.get(LIST, {"q": "saffron", "family": "honey"})

    assert [(less.number, less.label, less.href) for less in both.context["lessened"]] == [
        (1, "any of your choices", "?q=saffron")
    ]
    assert [(less.number, less.href) for less in one.context["lessened"]] == [(1, "?q=saffron")]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("?q=safran&department=&from=&to=", f"{LIST}?q=safran"),
        ("?q=safran&sort=relevance&page=2", f"{LIST}?q=safran&page=2"),
        ("?sort=new&is=organic", f"{LIST}?is=organic"),
        ("?q=", LIST),
        ("?q=safran&not=honey&is=organic&sort=price&everywhere=1", f"{LIST}?q=safran"),
    ],
)
def test_address_says_no_more_than_is_asked(client, typed, plain):
    answer = client.get(LIST + typed)

    assert (answer.status_code, answer.headers["Location"]) == (302, plain)


def test_search_box_keeps_the_choices_for_new_words(client, words):
    text = words(client.get(LIST, {"q": "safran", "is": "women-led", "not": "honey", "sort": "price"}))

    box = text[text.index('role="search"') : text.index("site-search__within")]
    assert 'type="hidden" name="is" value="women-led"' in box
    assert box.count('type="hidden"') == 1


@pytest.mark.parametrize(("asked", "number"), [({}, 2), ({"is": "women-led"}, 1), ({"q": "", "to": ""}, 2)])
def test_count_tells_what_the_choices_lead_to(client, words, asked, number):
    ProductFactory(organisation=SellerFactory(women_led=True))
    ProductFactory()

    assert f"Show {number} product" in words(client.get(f"{LIST}count/", asked))


def test_title_is_what_was_asked_and_how_much_of_it_there_is(client, words):
    ProductFactory(title="Safran", organisation=SellerFactory(women_led=True))

    texts = [words(client.get(LIST, asked)) for asked in ({"q": "safran"}, {"is": "women-led"})]

    assert "<title>Safran, 1 product ·" in texts[0]
    assert "<title>Led by women, 1 product ·" in texts[1]
    assert ' id="count">1 product</h1>' in texts[1]


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


def test_list_in_the_order_of_the_lead_time_tells_it_on_each_card(client, words, django_assert_num_queries):
    ProductFactory(lead_time_days=9)
    ProductFactory(lead_time_days=1)

    with django_assert_num_queries(5):
        text = words(client.get(LIST, {"sort": "lead_time"}))

    assert text.index("Leaves within 1 day<") < text.index("Leaves within 9 days<")
    assert "Leaves within" not in words(client.get(LIST))


def test_months_are_a_strip_of_the_whole_year():
    choices = [Choice("month-10", "October", 4, False), Choice("month-11", "November", 1, True)]

    strip = month_boxes(ChoiceGroup("month", "Harvest month", False, True, choices, []))

    assert (strip.count("<label"), strip.count(" disabled"), strip.count(" checked")) == (12, 10, 1)
    assert [strip.count(f"months__cell--{shade}") for shade in range(5)] == [10, 1, 0, 0, 1]


def test_months_of_the_strip_are_called_as_in_morocco():
    with override("ar"):
        strip = month_boxes(ChoiceGroup("month", "", False, True, [Choice("month-7", "", 1, False)], []))

    assert [name in strip for name in ("يوليوز", "غشت", "نونبر", "يوليو<", "أغسطس")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("asked", "relaxed", "title"),
    [
        (Asked("organic saffron"), (), "Organic saffron"),
        (Asked("organic saffron"), ("word:organic",), "Saffron"),
        (Asked("organic saffron", without=("organic",)), (), "Saffron"),
        (Asked(department="oils"), (), "Led by women"),
    ],
)
def test_title_claims_only_what_the_list_holds(asked, relaxed, title):
    chips = [Chip("saffron", "", "understood")] if asked.text else []

    assert title_of(asked, [*chips, Chip("Led by women", "")], relaxed) == title


@pytest.mark.parametrize(
    ("is_demonstration", "host"), [(True, "http://127.0.0.1:8103"), (False, "https://moussem.example")]
)
def test_only_the_demonstration_follows_the_host_that_was_asked(client, settings, is_demonstration, host):
    settings.DEMONSTRATION, settings.SITE_URL = is_demonstration, "https://moussem.example"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    page = client.get(LIST, headers={"host": "127.0.0.1:8103"})

    assert page.context["canonical"] == f"{host}/en/products/"
    assert f'hreflang="fr" href="{host}/fr/products/"' in page.content.decode()


def test_bounds_that_cross_are_read_the_right_way_round_and_said(client, words):
    product = ProductFactory()

    page = client.get(LIST, {"from": "500", "to": "1"})

    assert (page.context["asked"].low, page.context["asked"].high) == (1, 500)
    assert (page.context["products"], "it was read as <bdi>€1.00 to €500.00</bdi>" in words(page)) == (
        [product],
        True,
    )
    assert client.get(LIST, {"from": "1", "to": "500"}).context["bounds"] == ""
