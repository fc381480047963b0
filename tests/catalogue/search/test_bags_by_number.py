"""Bags and boxes that are goods are counted, and are no packs of something."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
GOODS = {
    "200 sacs en cuir": "bag leather 200 piece",
    "100 sacs à main": "bag 100 piece",
    "60 sacs à main en cuir": "bag leather 60 piece",
    "50 sacs de cuir": "bag leather 50 piece",
    "50 sacs en laine": "bag wool 50 piece",
    "100 bags of leather": "bag leather 100 piece",
    "100 bolsos de cuero": "bag leather 100 piece",
    "100 Ledertaschen": "leather bag 100 piece",
    "100 handbags": "bag 100 piece",
    "50 borse di pelle": "bag leather 50 piece",
    "٢٠٠ حقيبة جلدية": "bag leather 200 piece",
    "100 pochettes": "clutch 100 piece",
    "30 boîtes en thuya": "box 30 piece",
    "30 boîtes en bois": "box 30 piece",
    "40 thuya boxes": "box 40 piece",
    "40 wooden boxes": "box 40 piece",
    "50 cajas de madera": "box 50 piece",
    "40 scatole di legno": "box 40 piece",
    "٣٠ صندوق خشبي": "box 30 piece",
    "٢٠ صندوق من خشب العرعار": "box 20 piece",
    "100 bolsas de cuero": "bag leather 100 piece",
    "50 sacs à dos en cuir": "backpack leather 50 piece",
    "60 borse a mano": "bag 60 piece",
    "100 Beutel aus Leder": "clutch leather 100 piece",
    "20 Kisten aus Holz": "box 20 piece",
}
PACKS = {
    "100 sacs de couscous": "couscous",
    "200 sacs de laine": "wool",
    "50 boîtes de sardines": "sardine 50 piece",
    "12 flacons d'eau de rose": "floral-water rose 12 piece",
    "20 bolsas de 25 kg de harina": "flour 500 kg",
    "harina en bolsas": "flour",
    "Tee im Beutel": "tea",
    "50 sacs de 25 kg de farine": "flour 1250 kg",
}


@pytest.mark.parametrize("typed", GOODS)
def test_bags_of_a_material_are_goods_by_number(typed):
    assert told(read(typed, reference_lexicon())) == GOODS[typed]


@pytest.mark.parametrize("typed", PACKS)
def test_bags_with_goods_in_them_are_packs(typed):
    assert told(read(typed, reference_lexicon())) == PACKS[typed]
