"""What goods are made into is no other goods: rosemary tea is rosemary, a clay mask is clay."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.demonstration import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
THYME, ROSEMARY, CLAY = (
    "Dried mountain thyme",
    "Dried rosemary leaves, organic",
    "Rhassoul clay, washed and dried",
)
VASE, SATCHEL, BOWLS = "Decorative Safi vase", "Camel-leather satchel", "Fez blue stoneware bowls and plates"
MADE = {
    "rosemary tea": ROSEMARY,
    "atay dyal azir": ROSEMARY,
    "infusion de romarin": ROSEMARY,
    "Rosmarintee": ROSEMARY,
    "té de romero": ROSEMARY,
    "thyme infusion": THYME,
    "tisane de thym": THYME,
    "شاي الزعتر": THYME,
    "infusión de tomillo": THYME,
    "tè al timo": THYME,
    "ghassoul for face mask": CLAY,
    "clay face mask": CLAY,
    "masque visage argile": CLAY,
    "Gesichtsmaske Tonerde": CLAY,
    "mascarilla facial de arcilla": CLAY,
    "قناع الوجه بالطين": CLAY,
}
CALLED_SO = {
    "flower vase": VASE,
    "vase à fleurs": VASE,
    "jarrón para flores": VASE,
    "vegetable tanned bag": SATCHEL,
    "sac tannage végétal": SATCHEL,
    "pflanzlich gegerbte Tasche": SATCHEL,
    "حقيبة مدبوغة نباتيا": SATCHEL,
    "Rosenblätter": "Dried rose petals",
    "rose leaves": "Dried rose petals",
    "أوراق الورد": "Dried rose petals",
    "Schalen": BOWLS,
    "Keramikschalen": BOWLS,
    "أملو باللوز والعسل": "Amlou spread with almond and honey",
}
# Where it stays goods.
GOODS = {
    "tea and thyme": "tea thyme",
    "thyme honey for tea": "thyme honey tea",
    "rose petals for tea and cosmetics": "rose petal infusion cosmetic",
    "mint tea": "mint-tea",
    "tea without mint": "tea -mint",
    "clay and face mask": "clay face-mask",
    "henna leaves": "henna leaf",
}
FLOWERS = {
    "Dried rose buds, food grade, organic",
    "Dried rose petals",
    "Dried rose bouquets for decoration",
}
DRIED_FLOWERS = (
    "dried flowers",
    "fleurs séchées",
    "زهور مجففة",
    "getrocknete Blumen",
    "Trockenblumen",
    "flores secas",
    "fiori secchi",
)
COSMETICS = (
    "skincare",
    "toiletries",
    "personal care",
    "soins du corps",
    "cuidado personal",
    "Körperpflege",
    "العناية بالبشرة",
    "cura della pelle",
    "cosmetic ingredients",
    "ingrédients cosmétiques",
)
OILS = {"Virgin argan oil, cosmetic grade, organic", "Argan face oil, retail bottle"}
OF_ARGAN = {*OILS, "Argan and rhassoul shampoo", "Black soap with argan and eucalyptus"}
CARED_FOR = {"skincare oil": OILS, "argan skincare": OF_ARGAN, "argan personal care": OF_ARGAN}


@pytest.mark.parametrize(("typed", "found"), MADE.items())
def test_what_goods_are_made_into_finds_the_goods(typed, found):
    assert answer_to(typed) == ([found], ())


@pytest.mark.parametrize(("typed", "found"), CALLED_SO.items())
def test_words_of_the_trade_are_read_as_the_goods_they_name(typed, found):
    assert answer_to(typed) == ([found], ())


@pytest.mark.parametrize(("typed", "meant"), GOODS.items())
def test_what_a_list_or_a_refusal_parts_stays_goods(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize("typed", DRIED_FLOWERS)
def test_dried_flowers_are_buds_petals_and_bouquets(typed):
    titles, relaxed = answer_to(typed)

    assert (set(titles), relaxed) == (FLOWERS, ())


@pytest.mark.parametrize("typed", COSMETICS)
def test_care_of_the_body_asks_for_all_cosmetics(typed):
    assert answer_to(typed) == answer_to("cosmetics")


@pytest.mark.parametrize(("typed", "found"), CARED_FOR.items())
def test_care_of_the_body_beside_goods_says_what_they_are_for(typed, found):
    titles, relaxed = answer_to(typed)

    assert (set(titles), relaxed) == (found, ())
