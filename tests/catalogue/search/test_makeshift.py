"""What the database answers while no engine does."""

import pytest

from catalogue.queries import cards_of
from catalogue.search.asked import Asked
from catalogue.search.makeshift import filtered
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
    return set(filtered(asked, "EUR"))


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

    rows = cards_of(filtered(Asked(sort="price"), "EUR")[:20], "EUR", "price")

    assert rows == [cheap, dear, unpriced]
