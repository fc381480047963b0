"""The front of the site: the marketplace, the next fair and the news, each once."""

import json

import pytest

from fairs.editions.states import EditionState
from tests.factories.catalogue import FamilyFactory, ProductFactory
from tests.factories.floor import fair
from tests.factories.pages import block, home, items, write

pytestmark = pytest.mark.integration


def lay_out(*blocks):
    """The body of the English home page, published."""
    page = home()
    page.body = json.dumps([block(name, value) for name, value in blocks])
    page.save_revision().publish()


def shelf_of(*products):
    return ("products", {"title": "", "query": "", "chosen": items([one.pk for one in products]), "count": 4})


def test_home_shows_the_next_fair_and_three_pieces_of_news(client, house):
    scene = fair(table=None)
    for n in range(4):
        write("news", "article", slug=f"a-{n}", title=f"Article {n}", subject="harvest")

    page = client.get("/en/").text

    assert page.count("Fair of Tests") == 1
    assert f'href="/en/fairs/{scene.edition.slug}/"' in page
    assert page.count('class="story-card__title"') == 3


def test_home_begins_with_the_fair_then_families_news_and_what_is_new(client, house):
    ProductFactory()
    fair(table=None)
    write("news", "article", subject="harvest")

    page = client.get("/en/").text

    told = ('id="mission"', 'id="lead-fair"', 'id="families"', 'id="news"', 'id="newest"')
    places = [page.index(one) for one in told]
    assert places == sorted(places)
    assert page.count("button--primary") == 1


def test_front_shows_six_families(client, house):
    for n in range(8):
        ProductFactory(product_class=FamilyFactory(slug=f"family-{n}", name=f"Family {n}"))
    assert client.get("/en/").text.count("family-tile__name") == 6


def test_home_shows_no_fair_that_is_over(client, house):
    fair(state=EditionState.ARCHIVED, table=None)
    assert "Fair of Tests" not in client.get("/en/").text


def test_home_without_fair_or_news_shows_the_marketplace_alone(client, house):
    page = client.get("/en/").text
    assert "How an order goes" in page
    assert [page.count(told) for told in ('id="news"', 'class="lead-fair"')] == [0, 0]


def test_countdown_to_the_next_fair_is_not_shown_beside_it_again(client, house):
    lay_out(("countdown", {"edition": fair(table=None).edition.pk}))
    assert client.get("/en/").text.count("Fair of Tests") == 1


def test_shelf_shows_no_product_that_stands_above_it(client, house):
    known, older = ProductFactory(title="Newly listed one"), ProductFactory(title="Another", listed=False)
    lay_out(shelf_of(known, older))
    assert client.get("/en/").text.count("<bdi>Newly listed one</bdi>") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_as_often_for_one_piece_of_news_as_for_three(
    client, house, picture, rows, django_assert_num_queries
):
    fair(table=None)
    for n in range(rows):
        ProductFactory()
        about = {"subject": "harvest", "picture": picture, "picture_alt": "A field"}
        write("news", "article", slug=f"a-{n}", **about)
    client.get("/en/")

    with django_assert_num_queries(10):
        page = client.get("/en/")

    assert page.text.count('class="story-card__title"') == rows
