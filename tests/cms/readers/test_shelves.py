"""What stands above a shelf of products: its editor's title, else what is on it."""

import pytest

from tests.factories.catalogue import FamilyFactory, ProductFactory
from tests.factories.pages import items, write

pytestmark = pytest.mark.integration


def page_with_a_shelf(client, *products, title="", language="en"):
    """An article that holds one shelf, as it is read."""
    shelf = {"title": title, "query": "", "chosen": items([one.pk for one in products]), "count": 4}
    write("news", "article", subject="harvest", body=[("products", shelf)], language=language)
    return client.get(f"/{language}/news/one/").text


@pytest.fixture
def threads(house):
    """Two products of one family."""
    family = FamilyFactory(slug="threads", name="Threads", name_fr="Filaments")
    return [ProductFactory(product_class=family), ProductFactory(product_class=family)]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "On sale now: <bdi>Threads</bdi>"),
        ("fr", "En vente en ce moment\N{NO-BREAK SPACE}: <bdi>Filaments</bdi>"),
    ],
)
def test_shelf_without_a_title_names_the_family_of_all_its_goods(client, threads, language, title):
    assert f"<h2>{title}</h2>" in page_with_a_shelf(client, *threads, language=language)


def test_shelf_of_several_families_names_none(client, threads):
    other = ProductFactory(product_class=FamilyFactory(slug="other", name="Other"))
    assert "<h2>On sale now</h2>" in page_with_a_shelf(client, threads[0], other)


def test_title_of_an_editor_stands_alone(client, threads):
    page = page_with_a_shelf(client, *threads, title="Four to taste")
    assert ("<h2>Four to taste</h2>" in page, "On sale now" in page) == (True, False)


def test_shelf_without_goods_has_no_title(client, house):
    assert "On sale now" not in page_with_a_shelf(client)
