"""Links to what is no more are found, all of them in as many questions however many there are."""

import pytest

from cms.publication.links import dead_among
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.fairs import EditionFactory
from tests.factories.pages import article

pytestmark = pytest.mark.integration


def test_links_to_a_product_a_fair_and_a_house_live_as_long_as_these_are_shown(house):
    product, hidden = ProductFactory(), ProductFactory(listed=False)
    seller = SellerFactory()
    edition, draft = EditionFactory(state="open"), EditionFactory(state="draft")
    alive = {
        f"/en/products/any_{product.pk}/",
        f"/products/any_{product.pk}/",
        f"/fr/organisations/{seller.slug}/",
        f"/ar/fairs/{edition.slug}/",
        f"/fairs/{edition.slug}/programme/",
        "/en/news/feed/",
        "/en/products/?q=saffron",
        "/robots.txt",
    }
    dead = {
        f"/en/products/any_{hidden.pk}/",
        "/products/any_999999/",
        "/fr/organisations/nobody/",
        f"/ar/fairs/{draft.slug}/",
        "/en/fairs/never/exhibitors/",
        "/en/nowhere/feed/",
    }

    assert dead_among(alive | dead) == dead


@pytest.mark.parametrize("number", [1, 9])
def test_links_are_asked_for_in_five_questions_however_many(house, number, django_assert_num_queries):
    products, sellers = ProductFactory.create_batch(number), SellerFactory.create_batch(number)
    editions = [EditionFactory(state="open") for _each in range(number)]
    pages = [article(f"Page {n}", slug=f"page-{n}") for n in range(number)]
    links = [f"/en/products/any_{one.pk}/" for one in products]
    links += [f"/en/organisations/{one.slug}/" for one in sellers]
    links += [f"/en/fairs/{one.slug}/" for one in editions] + [f"/en/news/{one.slug}/" for one in pages]

    with django_assert_num_queries(5):
        assert dead_among([*links, "/en/nowhere/"]) == {"/en/nowhere/"}
