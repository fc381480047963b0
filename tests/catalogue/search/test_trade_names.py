"""What departments and families are called, and what else buyers call them, finds what is in them."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.marketplace import answer_to, family_of, reference, titled

pytestmark = pytest.mark.unit
FAMILIES = [(one["code"], name) for one in reference()["families"] for name in one["name"].values()]
DEPARTMENTS = [(one["code"], name) for one in reference()["departments"] for name in one["name"].values()]
# Families that the names of their departments tell.
TOLD = {
    "spices-herbs": {"saffron", "spices", "herbs"},
    "oils": {"olive-oil", "argan-oil", "prickly-pear-seed-oil"},
    "sweet-dry": {"honey", "dates", "almonds", "walnuts", "bakery"},
    "pantry": {"couscous", "cereals", "olives", "citrus"},
    "wellness": {"rose-water", "rose-oil", "henna", "clay", "black-soap"},
    "textiles-leather": {"rugs", "home-textiles", "leather", "footwear"},
    "crafts": {"ceramics", "zellige", "metalwork", "basketry"},
    "sea": {"shellfish", "canned-fish"},
}
# What else they are called.
CALLED = {
    "cereals": (
        "grains",
        "organic grains",
        "whole grains",
        "حبوب",
        "Getreide",
        "cereales",
        "granaglie",
        "Körner",
    ),
    "pulses": ("grains", "pulses", "legumes", "Hülsenfrüchte", "legumbres", "legumi", "قطاني"),
    "couscous": ("grains", "حبوب", "groceries", "Lebensmittel", "épicerie fine", "alimentos"),
    "citrus": ("fresh produce", "fruits et légumes", "Obst und Gemüse", "frutas y verduras", "ortofrutta"),
    "ceramics": ("Keramik", "cerámica", "homeware", "Haushaltswaren", "articles de maison", "أدوات منزلية"),
    "metalwork": ("lighting", "lights", "Beleuchtung", "luminaires", "iluminación", "illuminazione", "إضاءة"),
    "home-textiles": ("homeware", "Heimtextilien", "casalinghi", "linge de maison"),
    "leather": ("fashion", "accessories", "Lederwaren", "marroquinería", "pelletteria", "rugs and leather"),
    "footwear": ("shoes", "fashion", "Schuhe", "calzado", "scarpe"),
    "almonds": ("snacks", "nuts", "frutos secos", "Nüsse", "frutta secca"),
    "bakery": ("snacks", "douceurs", "sweets", "Süßwaren", "dulces", "dolciumi"),
    "black-soap": ("wellness", "bienestar", "benessere", "toiletries", "Körperpflege"),
    "herbs": ("Kräuter", "aromatic and medicinal plants", "hierbas", "erbe aromatiche"),
    "shellfish": ("seafood", "Meeresfrüchte", "mariscos", "frutti di mare"),
}
COOKWARE = (
    "cookware",
    "kitchenware",
    "cooking pot",
    "ustensiles de cuisine",
    "Kochgeschirr",
    "utensilios de cocina",
    "أواني الطبخ",
)
EVERYTHING = (
    "terroir products",
    "produits du terroir",
    "productos de la tierra",
    "prodotti tipici",
    "منتوجات مجالية",
    "products",
    "Moroccan goods",
)


def of_families(*codes):
    return {titled(product) for product, family in family_of().items() if family in codes}


def found_by(typed):
    return set(answer_to(typed)[0])


@pytest.mark.parametrize(("code", "name"), FAMILIES)
def test_the_name_of_a_family_finds_what_is_in_it(code, name):
    assert of_families(code) <= found_by(name)
    assert read(name, reference_lexicon()).unknown == ()


@pytest.mark.parametrize(("code", "name"), DEPARTMENTS)
def test_the_name_of_a_department_finds_the_families_it_tells(code, name):
    assert of_families(*TOLD[code]) <= found_by(name)
    assert read(name, reference_lexicon()).unknown == ()


@pytest.mark.parametrize(
    ("code", "typed"), [(code, typed) for code, told in CALLED.items() for typed in told]
)
def test_another_name_of_a_family_finds_what_is_in_it(code, typed):
    assert of_families(code) <= found_by(typed)
    assert len(found_by(typed)) < len(family_of()) * 2 / 3


@pytest.mark.parametrize("typed", COOKWARE)
def test_what_is_cooked_in_is_found_as_cookware(typed):
    assert found_by(typed) == {"Cooking tagine, unglazed inside"}


@pytest.mark.parametrize("typed", ["dinnerware", "Tafelgeschirr", "service de table", "servicio de mesa"])
def test_what_is_eaten_from_is_found_as_dinnerware(typed):
    assert found_by(typed) == {"Fez blue stoneware bowls and plates"}


@pytest.mark.parametrize("typed", EVERYTHING)
def test_what_all_goods_here_are_called_says_nothing(typed):
    assert len(answer_to(typed)[0]) == len(family_of())


def test_grains_come_before_what_holds_seeds():
    assert "Prickly pear seed oil" not in found_by("grains")


def test_a_thing_behind_a_comma_is_one_of_a_list_that_goes_on():
    items = read("saffron, spices and herbs", reference_lexicon()).items

    assert [[part.codes for part in item.parts] for item in items] == [
        [("saffron",)],
        [("spice",)],
        [("herb",)],
    ]


def test_light_is_a_colour_of_goods_and_lights_are_lamps():
    assert found_by("light walnuts") == {"Walnut kernels of the High Atlas"}
