from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from catalogue.models import ProductText
from catalogue.queries import Facet, Facets, cards_of, facets, filtered, listed_products, product_for
from catalogue.search.asked import Asked
from catalogue.states import TextOrigin
from moussem.organisations.states import Role
from tests.factories.catalogue import (
    CertificateFactory,
    FamilyFactory,
    LotFactory,
    ProductFactory,
    SellerFactory,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()


def found(text="", department="", sort="", **chosen):
    asked = Asked(
        text, department=department, sort=sort, chosen={name: (code,) for name, code in chosen.items()}
    )
    return set(filtered(asked, "EUR"))


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_cost_two_queries(rows, django_assert_num_queries):
    for product in ProductFactory.create_batch(rows):
        CertificateFactory(organisation=product.organisation, products=[product])

    with django_assert_num_queries(2):
        seen = [
            (p.reading_title, p.first_price, p.available, p.organisation.name, p.proofs[0].type.label)
            for p in listed_products("EUR")
        ]

    assert len(seen) == rows


def test_card_holds_prices_of_one_currency_and_what_is_left():
    product = ProductFactory(ladder=[("500", "3.30"), ("2500", "3.10")], lots=[("2025", "100")])
    LotFactory(product=product, quantity=Decimal(50), reserved=Decimal(20), sold=Decimal(10))

    euro, dirham = listed_products("EUR").get(), listed_products("MAD").get()

    assert (euro.first_price, euro.best_price, euro.available) == (Decimal("3.3"), Decimal("3.1"), 120)
    assert (dirham.first_price, dirham.best_price) == (Decimal("35.64"), Decimal("33.48"))


@pytest.mark.parametrize(("language", "title"), [("fr", "Safran"), ("ar", "زعفران"), ("en", "Crocus")])
def test_title_is_the_readers_else_the_original(language, title):
    product = ProductFactory(title="Crocus", texts=False)
    for code, words in (("fr", "Safran"), ("ar", "زعفران")):
        origin = TextOrigin.ORIGINAL if code == "ar" else TextOrigin.APPROVED
        ProductText.objects.create(product=product, language=code, title=words, origin=origin)
    expected = "زعفران" if language == "en" else title

    with translation.override(language):
        assert listed_products("EUR").get().reading_title == expected


def test_list_leaves_out_drafts_and_expired_certificates():
    listed, _draft = ProductFactory(), ProductFactory(listed=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    CertificateFactory(organisation=listed.organisation, products=[listed], valid_until=yesterday)

    (seen,) = listed_products("EUR")

    assert (seen, seen.proofs) == (listed, [])


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


def test_facets_count_listed_products_in_one_query(django_assert_num_queries):
    ProductFactory.create_batch(2)
    ProductFactory(product_class=FamilyFactory(slug="honey", name="Honey"), listed=False)

    with django_assert_num_queries(1):
        found = facets()

    assert found == Facets(
        departments=[Facet("spices", "Spices", 2)],
        families=[Facet("saffron", "Saffron", 2, group="Spices", drawing="generic")],
        regions=[Facet("MA-09", "Souss-Massa", 2)],
    )


def test_lowest_price_stands_first_and_no_price_last():
    dear, cheap = ProductFactory(ladder=[("500", "3.30")]), ProductFactory(ladder=[("500", "2.30")])
    unpriced = ProductFactory(ladder=[])

    rows = cards_of(filtered(Asked(sort="price"), "EUR")[:20], "EUR", "price")

    assert rows == [cheap, dear, unpriced]


def test_draft_is_for_the_members_of_its_seller():
    draft = ProductFactory(listed=False)
    member = MembershipFactory(organisation=draft.organisation, role=Role.VIEWER).user
    former = MembershipFactory(organisation=draft.organisation, is_active=False).user

    assert product_for(member, draft.pk) == draft
    assert [product_for(who, draft.pk) for who in (VISITOR, UserFactory(), former)] == [None] * 3
    assert product_for(VISITOR, ProductFactory().pk) is not None
