from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from catalogue.models import Category, ProductText
from catalogue.queries import (
    Facet,
    Facets,
    facets,
    listed_products,
    newest_of_each_department,
    product_for,
)
from catalogue.states import TextOrigin
from moussem.organisations.states import Role
from tests.factories.catalogue import (
    CertificateFactory,
    FamilyFactory,
    LotFactory,
    ProductFactory,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()


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


def test_draft_is_for_the_members_of_its_seller():
    draft = ProductFactory(listed=False)
    member = MembershipFactory(organisation=draft.organisation, role=Role.VIEWER).user
    former = MembershipFactory(organisation=draft.organisation, is_active=False).user

    assert product_for(member, draft.pk) == draft
    assert [product_for(who, draft.pk) for who in (VISITOR, UserFactory(), former)] == [None] * 3
    assert product_for(VISITOR, ProductFactory().pk) is not None


def in_department(slug):
    """A product whose family stands in a department of this name."""
    department = Category.add_root(name=slug, slug=slug)
    family = FamilyFactory(slug=f"{slug}-family", department=department)
    return ProductFactory(product_class=family)


def test_newest_products_are_of_different_departments_as_far_as_there_are_some():
    oil, rug = in_department("oils"), in_department("rugs")
    older, newer = ProductFactory(), ProductFactory()
    ProductFactory(is_public=False)

    assert set(newest_of_each_department(2)) == {newer, rug}
    assert set(newest_of_each_department(3)) == {newer, rug, oil}
    assert set(newest_of_each_department(4)) == {newer, rug, oil, older}
