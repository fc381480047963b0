"""A seller whose whole name was typed is meant, whatever its words mean."""

import pytest
from django.urls import reverse

from catalogue.search import indexing
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = pytest.mark.integration
LIST = reverse("catalogue:index")


@pytest.fixture
def shelves(db, searching):
    searching("embedded")
    seller = SellerFactory(name="Union Safran Rouge", name_ar="اتحاد الزعفران")
    ProductFactory(title="Dried figs", organisation=seller)
    ProductFactory(title="Saffron")
    indexing.rebuild()


@pytest.mark.parametrize("typed", ["Union Safran Rouge", "union safran rouge", "اتحاد الزعفران"])
def test_goods_of_the_seller_whose_name_was_typed_are_listed(client, shelves, typed):
    page = client.get(LIST, {"q": typed})

    assert [product.title for product in page.context["products"]] == ["Dried figs"]
    assert [chip.label for chip in page.context["chips"]] == ["Union Safran Rouge"]


def test_a_part_of_the_name_means_what_it_says(client, shelves):
    page = client.get(LIST, {"q": "safran rouge"})

    assert [chip.label for chip in page.context["chips"]] == ["Saffron"]
    assert page.context["relaxed"] == ["red"]


def test_a_name_that_was_put_aside_can_be_taken_back(client, shelves):
    chip = client.get(LIST, {"q": "Union Safran Rouge"}).context["chips"][0]

    page = client.get(LIST + chip.href)

    assert [chip.label for chip in page.context["chips"]] == ["Saffron", "“union”"]
    assert [one.href for one in page.context["put_aside"]] == ["?q=Union+Safran+Rouge"]
