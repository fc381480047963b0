"""The name of a seller without what it calls itself, and places, are never corrected into goods."""

import pytest
from django.urls import reverse

from catalogue.search import indexing
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = pytest.mark.integration
LIST = reverse("catalogue:index")
SELLERS = {
    "Coopérative Sabbar Baâmrane Démo": ("تعاونية صبار باعمران (تجريبية)", "Pear vinegar"),
    "Coopérative Argane Tamounte": ("تعاونية أركان تامونت", "Amlou"),
    "Union Siroua Or Rouge": ("اتحاد سيروا الذهب الأحمر", "Almonds"),
    "Coopérative Azilal Fleur Mauve": ("", "Walnuts"),
    "Coopérative Sakia Tazart": ("", "Apricots"),
}


@pytest.fixture
def page_of(db, searching, client):
    searching("embedded")
    for name, (arabic, title) in SELLERS.items():
        ProductFactory(title=title, texts=False, organisation=SellerFactory(name=name, name_ar=arabic))
    ProductFactory(title="Saffron", texts=False)
    indexing.rebuild()
    return lambda typed: client.get(LIST, {"q": typed}).context


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sabbar Baâmrane", "Coopérative Sabbar Baâmrane Démo"),
        ("صبار باعمران", "Coopérative Sabbar Baâmrane Démo"),
        ("argane tamounte", "Coopérative Argane Tamounte"),
        ("Siroua Or Rouge", "Union Siroua Or Rouge"),
        ("Azilal Fleur Mauve", "Coopérative Azilal Fleur Mauve"),
        ("Sakia Tazart", "Coopérative Sakia Tazart"),
    ],
)
def test_a_seller_is_known_without_what_it_calls_itself(page_of, typed, name):
    page = page_of(typed)

    assert [chip.label for chip in page["chips"]] == [name]
    assert [product.title for product in page["products"]] == [SELLERS[name][1]]


def test_a_word_of_a_name_is_looked_for_and_not_corrected_into_a_place(page_of):
    page = page_of("Tamounte")

    assert [chip.label for chip in page["chips"]] == ["“Tamounte”"]
    assert [product.title for product in page["products"]] == ["Amlou"]


def test_goods_are_no_name_of_a_seller_that_is_called_by_more(page_of):
    assert [chip.label for chip in page_of("saffron")["chips"]] == ["Saffron"]


@pytest.mark.unit
@pytest.mark.parametrize("typed", ["Siroua", "miel du Siroua", "سيروا", "Jbel Siroua", "عسل سيروا"])
def test_the_siroua_is_a_place_and_no_syrup(typed):
    parts = read(typed, reference_lexicon()).parts

    assert [part.codes for part in parts if part.kind == "place"] == [("siroua",)]
    assert all("syrup" not in part.codes for part in parts)


@pytest.fixture
def named_after_goods(db, shelf, client):
    """A seller that is called by goods and a place, and has other goods too, beside other sellers."""
    figs = SellerFactory(name="Coopérative Karmous Souss Démo", name_ar="تعاونية كرموس سوس (تجريبية)")
    for title in ("Capers in vinegar", "Dried figs", "Fig jam"):
        ProductFactory(title=title, texts=False, organisation=figs)
    ProductFactory(title="White figs", texts=False, organisation=SellerFactory(name="GIE Nakhla Tafilalet"))
    ProductFactory(title="Olives of the Rif", texts=False, organisation=SellerFactory(name="GIE Zitoun"))
    indexing.rebuild()
    return lambda typed, **more: client.get(LIST, {"q": typed, **more}).context


@pytest.mark.parametrize("typed", ["Karmous Souss", "karmous souss", "كرموس سوس"])
def test_all_goods_of_a_seller_come_before_those_that_it_is_called_by(named_after_goods, typed):
    page = named_after_goods(typed)

    titles = [product.title for product in page["products"]]
    assert set(titles[:3]) == {"Capers in vinegar", "Dried figs", "Fig jam"}
    assert titles[3:] == ["White figs"]
    assert "Coopérative Karmous Souss Démo" in [chip.label for chip in page["chips"]]


def test_the_seller_can_be_put_aside_for_the_goods(named_after_goods, client):
    (chip,) = (each for each in named_after_goods("Karmous Souss")["chips"] if each.label.startswith("Coop"))

    page = client.get(LIST + chip.href).context

    assert {product.title for product in page["products"]} == {"Dried figs", "Fig jam", "White figs"}


def test_what_a_seller_calls_itself_and_a_part_of_its_name_are_that_seller(named_after_goods):
    page = named_after_goods("GIE Nakhla")

    assert [product.title for product in page["products"]] == ["White figs"]
    assert [chip.label for chip in page["chips"]] == ["GIE Nakhla Tafilalet"]
