"""What the database answers while no engine does."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue.concepts.words_now import current_lexicon
from catalogue.queries import cards_of
from catalogue.search.asked import Asked
from catalogue.search.makeshift import filtered, given_up
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from moussem.core.dates import today_here
from tests.factories.catalogue import (
    CertificateFactory,
    FamilyFactory,
    ProductFactory,
    SellerFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(text="", department="", sort="", **chosen):
    asked = Asked(
        text, department=department, sort=sort, chosen={name: (code,) for name, code in chosen.items()}
    )
    return set(filtered(asked, "EUR", current_lexicon()))


def test_text_finds_titles_families_sellers_and_codes_in_every_language():
    saffron = ProductFactory(title="Red threads")
    other = FamilyFactory(slug="olive-oil", name="Olive oil", name_fr="Huile d’olive", name_ar="زيت الزيتون")
    olive = ProductFactory(product_class=other, hs_code=None, texts=False, title="Extra virgin")
    olive.organisation.name = "Coopérative Égalité"
    olive.organisation.save()

    assert found(text="SAFRAN") == found(text="الزعفران") == found(text="0910.20") == {saffron}
    assert found(text="egalite huile d'olive") == found(text="زيت") == {olive}
    assert found(text="") == {saffron, olive}
    assert found(text="saffron olive") == set()


def test_filters_narrow_and_do_not_leak():
    women = ProductFactory(organisation=SellerFactory(women_led=True), lead_time_days=7)
    CertificateFactory(organisation=women.organisation, products=[women], type__code="EU-ORG")
    other = ProductFactory(
        product_class=FamilyFactory(slug="honey", name="Honey"),
        origin_region=None,
        lead_time_days=30,
        lots=[],
    )

    for asked in (
        {"is": "women-led"},
        {"is": "organic"},
        {"is": "in-stock"},
        {"region": "MA-09"},
        {"family": "saffron"},
        {"certificate": "eu-org"},
        {"lead": "7"},
    ):
        assert found(**asked) == {women}, asked
    assert found(department="spices") == found(lead="30") == {women, other}
    assert found(protected="x") == {women, other}


def test_lowest_price_stands_first_and_no_price_last():
    dear, cheap = ProductFactory(ladder=[("500", "3.30")]), ProductFactory(ladder=[("500", "2.30")])
    unpriced = ProductFactory(ladder=[])

    rows = cards_of(filtered(Asked(sort="price"), "EUR", current_lexicon())[:20], "EUR", "price")

    assert rows == [cheap, dear, unpriced]


def test_prices_are_compared_per_kilogram_litre_or_piece_and_those_that_lapsed_stand_last():
    yesterday = today_here() - timedelta(days=1)
    lapsed = ProductFactory(unit="kg", ladder=[("1", "10.00")], prices_valid_until=yesterday)
    grams = ProductFactory(unit="g", ladder=[("500", "3.30")], prices_valid_until=today_here())
    kilograms = ProductFactory(unit="kg", ladder=[("1", "3200.00")])
    litres = ProductFactory(unit="L", ladder=[("1", "3400.00")])

    rows = cards_of(filtered(Asked(sort="price"), "EUR", current_lexicon())[:20], "EUR", "price")

    assert rows == [kilograms, grams, litres, lapsed]
    assert [row.first_price for row in rows] == [3200, Decimal("3.30"), 3400, 10]


def test_smallest_orders_are_compared_in_kilograms_litres_or_pieces():
    kilograms, grams = ProductFactory(unit="kg", moq=Decimal(2)), ProductFactory(unit="g", moq=Decimal(500))

    rows = cards_of(filtered(Asked(sort="moq"), "EUR", current_lexicon())[:20], "EUR", "moq")

    assert rows == [grams, kilograms]


def test_words_are_read_without_an_engine_and_what_the_database_cannot_look_at_is_told():
    organic = ProductFactory(title="Red threads")
    CertificateFactory(organisation=organic.organisation, products=[organic], type__code="EU-ORG")
    plain = ProductFactory(title="Red threads")
    elsewhere = ProductFactory(title="Red threads", origin_region=None, origin_province=None)

    assert found("organic saffron 500 g") == found("azafrán bio FOB Agadir") == {organic}
    assert found("saffron souss-massa") == {organic, plain}
    assert found("saffrn") == {organic, plain, elsewhere}
    assert found("saffron zxqwv") == found("organic cumin") == set()
    assert given_up(read("organic saffron 500 g FOB Agadir", reference_lexicon())) == (
        "word:fob+ma-agd",
        "word:quantity",
    )


def test_list_without_an_engine_shows_what_it_gives_up_and_no_counts_of_other_lists(searching, client):
    ProductFactory()
    searching("embedded")

    page = client.get("/en/products/", {"q": "saffron 500 g", "speaks": "speaks-fr", "family": "saffron"})

    assert [len(page.context["products"]), page.context["results"].is_makeshift] == [1, True]
    assert {choice.count for group in page.context["groups"] for choice in group.shown} == {None}
    text = " ".join(page.content.decode().split())
    assert ("Not narrowed by: <bdi>500 g</bdi>" in text, "looked at: Answers in" in text) == (True, True)


def test_words_that_leave_nothing_are_given_up_and_told(searching, client):
    ProductFactory(title="Red threads")
    searching("embedded")

    page = client.get("/en/products/", {"q": "organic vegan saffron souss-massa not powder"})

    assert [product.title for product in page.context["products"]] == ["Red threads"]
    assert page.context["relaxed"] == ["organic", "vegan"]


def test_what_is_refused_is_left_out_by_its_name_without_an_engine():
    threads, powder = ProductFactory(title="Saffron threads"), ProductFactory(title="Saffron powder")

    assert found("saffron") == {threads, powder}
    assert found("saffron not powder") == found("safran pas en poudre") == {threads}
    assert given_up(read("saffron not powder", reference_lexicon())) == ()
