import pytest
from django.urls import reverse

from catalogue.queries import families_made_by
from tests.factories.catalogue import FamilyFactory, ProductFactory, SellerFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_families_of_a_seller_come_by_how_many_listed_products_they_hold():
    seller, other = SellerFactory(), SellerFactory()
    few, many = FamilyFactory(slug="few"), FamilyFactory(slug="many")
    ProductFactory(organisation=seller, product_class=few)
    ProductFactory.create_batch(2, organisation=seller, product_class=many)
    ProductFactory(organisation=seller, product_class=few, is_public=False)

    made = families_made_by([seller, other])

    assert {key: [(one.pk, count) for one, count in rows] for key, rows in made.items()} == {
        seller.pk: [(many.pk, 2), (few.pk, 1)]
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_index_of_sellers_draws_what_they_make_in_the_same_queries(client, rows, django_assert_num_queries):
    for number in range(rows):
        ProductFactory(organisation=SellerFactory(), product_class=FamilyFactory(slug=f"family-{number}"))

    with django_assert_num_queries(5):
        page = client.get(reverse("organisations:index")).content.decode()

    assert (page.count("card__makes"), page.count("1 product")) == (rows, rows)
