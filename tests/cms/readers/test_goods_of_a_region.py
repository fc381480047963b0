"""The showcase of a region shows its own goods, whichever way an editor fills its shelves."""

import pytest

from catalogue.search import indexing
from cms.publication.findings import errors_of
from tests.factories.catalogue import ProductFactory
from tests.factories.pages import body_of, items, region_page, write
from tests.factories.regions import RegionFactory

pytestmark = pytest.mark.integration
ADDRESS = "/en/terroirs/ma-09/"


@pytest.fixture(params=["", "embedded"])
def goods(request, settings, tmp_path, house):
    """A saffron of the region and one of another, found by the database or by an engine."""
    settings.SEARCH_ENGINE, settings.VAR_DIR = request.param, tmp_path
    here, there = RegionFactory(code="MA-09"), RegionFactory(code="MA-08")
    products = (
        ProductFactory(title="Saffron of here", origin_region=here, origin_province=None),
        ProductFactory(title="Saffron of elsewhere", origin_region=there, origin_province=None),
    )
    if request.param:
        indexing.rebuild()
    return products


def shelf(*, query="", chosen=()):
    """A body of one shelf of products."""
    chosen = items([one.pk for one in chosen])
    return body_of(("products", {"title": "Goods", "query": query, "chosen": chosen, "count": 4}))


@pytest.mark.parametrize("way", ["query", "chosen"])
def test_shelf_of_a_region_is_filled_with_its_goods_alone(client, goods, way):
    page = region_page("MA-09")
    page.body = shelf(query="saffron") if way == "query" else shelf(chosen=goods)
    page.save()

    text = client.get(ADDRESS).text
    assert [one.get_absolute_url() in text for one in goods] == [True, False]
    assert "More from here" in text


def test_shelf_of_any_other_page_holds_what_was_chosen(client, goods):
    chosen = {"title": "Goods", "query": "", "chosen": items([one.pk for one in goods]), "count": 4}
    write("news", "article", subject="harvest", body=[("products", chosen)])
    text = client.get("/en/news/one/").text
    assert [one.get_absolute_url() in text for one in goods] == [True, True]


def test_product_of_elsewhere_keeps_a_showcase_from_its_readers(goods):
    page = region_page("MA-09", live=False)
    page.body = shelf(chosen=goods)

    assert errors_of(page) == [
        f"The product “{goods[1].title}” is not of this region, whose showcase shows its own goods alone: "
        "take it off the shelf."
    ]
    page.body = shelf(chosen=goods[:1])
    assert errors_of(page) == []
