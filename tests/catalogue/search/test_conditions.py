"""What narrows nothing is told: a month of delivery, packs, and what is wished for the price."""

import pytest
from django.urls import reverse

from catalogue.search import indexing
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told
from tests.factories.catalogue import ProductFactory

LIST = reverse("catalogue:index")
DELIVERIES = {
    "olive oil delivered in november": ("olive oil", "delivered in november"),
    "olive oil november delivery": ("olive oil", "november delivery"),
    "livraison décembre clémentines": ("clementine", "livraison décembre"),
    "clementines for delivery in December to Rotterdam": (
        "clementine destination-rotterdam",
        "delivery in december",
    ),
    "Safran Lieferung im November": ("saffron", "lieferung im november"),
    "azafrán entrega en noviembre": ("saffron", "entrega en noviembre"),
    "zafferano consegna a novembre": ("saffron", "consegna a novembre"),
    "زعفران تسليم في نونبر": ("saffron", "تسليم في نونبر"),
    "saffron harvest november delivery december": ("saffron month-11", "delivery december"),
}
AVAILABLE = {
    "dates available in january": ("date", "available in january"),
    "january available dates": ("date", "january available"),
    "dattes disponibles en janvier": ("date", "disponibles en janvier"),
    "dátiles disponibles en enero": ("date", "disponibles en enero"),
    "Datteln verfügbar im Januar": ("date", "verfügbar im januar"),
    "datteri disponibili a gennaio": ("date", "disponibili a gennaio"),
    "تمور متوفرة في يناير": ("date", "متوفرة في يناير"),
    "dates available from january to march": (
        "date",
        "available from january to march",
    ),
    "dattes disponibles, récolte octobre": ("date in-stock month-10", ""),
}
PACKS = {
    "honey in 250 g jars": ("honey", "250 g jars"),
    "olive oil 5 litre tin": ("olive oil", "5 litre tin"),
    "huile d'olive bidon 5 litres": ("oil olive", "bidon 5 litres"),
    "miel en pots de 500 g": ("honey", "pots de 500 g"),
    "miel en tarros de 500 g": ("honey", "tarros de 500 g"),
    "Honig im 500 g Glas": ("honey", "500 g glas"),
    "عسل في علب 250 غرام": ("honey", "علب 250 غرام"),
    "dates 5 kg cartons 500 kg": ("date 500 kg", "5 kg cartons"),
    "sardines 200 cases": ("sardine", "200 cases"),
    "dates 1 container": ("date", "1 container"),
    "honey 250 g": ("honey", "250 g"),
}
SMALLEST = {
    "moq under 10": ("", "moq 10"),
    "moq below 100": ("", "moq 100"),
    "olive oil moq under 10": ("olive oil", "moq 10"),
    "saffron MOQ 5": ("saffron", "moq 5"),
    "miel commande minimale 20": ("honey", "commande 20"),
    "Honig Mindestbestellmenge unter 50": ("honey", "mindestbestellmenge 50"),
    "miel pedido mínimo menos de 50": ("honey", "pedido mínimo 50"),
    "miele ordine minimo sotto 50": ("honey", "ordine minimo 50"),
    "عسل الحد الأدنى للطلب 50": ("honey", "الحد الأدنى للطلب 50"),
    # A unit says of what.
    "olive oil moq under 10 l": ("olive oil 10 l", ""),
    "honey minimum order 20 kg": ("honey 20 kg", ""),
}
WISHES = {
    "cheap olive oil": ("olive oil", "cheap"),
    "low MOQ cosmetics": ("cosmetic", "low moq"),
    "huile d'olive pas chère": ("oil olive", "pas chère"),
}


@pytest.mark.unit
@pytest.mark.parametrize(("typed", "meant"), (DELIVERIES | AVAILABLE | PACKS | SMALLEST | WISHES).items())
def test_what_narrows_nothing_is_kept_apart(typed, meant):
    reading = read(typed, reference_lexicon())

    assert (told(reading), ", ".join(reading.passed)) == meant


@pytest.mark.unit
@pytest.mark.parametrize(
    "typed", ["40 bags of 25 kg couscous", "saffron 10 g", "saffron harvested in May", "30 sacs"]
)
def test_an_order_and_a_harvest_are_no_such_condition(typed):
    assert read(typed, reference_lexicon()).passed == ()


@pytest.mark.integration
def test_the_page_says_what_it_does_not_narrow_by(db, searching, client):
    searching("embedded")
    ProductFactory(title="Olive oil", texts=False)
    indexing.rebuild()

    answer = client.get(LIST, {"q": "olive oil 5 litre tin"})

    page = " ".join(answer.content.decode().split())
    assert [product.title for product in answer.context["products"]] == ["Olive oil"]
    assert "Not narrowed by: <bdi>5 litre tin</bdi>" in page
    assert "No product holds all that you asked for." not in page
