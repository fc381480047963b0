"""What goods are for is asked by itself, beside other conditions, and beside other goods."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.marketplace import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
# Each finds what "cosmetics" finds, all of them or those of the condition.
COSMETICS = (
    "cosmétiques",
    "cosméticos",
    "cosmética",
    "cosmetici",
    "cosmetica",
    "Kosmetik",
    "Kosmetika",
    "مستحضرات التجميل",
    "beauty products",
    "cosmetics in stock",
    "cosmetics FOB",
    "natural cosmetics",
    "cosmética natural",
)
BY_WOMEN = (
    "cosmetics from women's cooperative",
    "Kosmetik aus Frauenkooperative",
    "مستحضرات تجميل تعاونية نسائية",
)
ORGANIC = (
    "organic cosmetics",
    "cosmétiques bio",
    "Bio-Kosmetik",
    "cosmética ecológica",
    "cosmetici biologici",
    "مستحضرات تجميل عضوية",
)
FAIR = ("fair trade cosmetics", "cosmétiques équitables")
# Both conditions hold of what is found.
BOTH = {
    "handmade women's cooperative": ("handmade", "women's cooperative"),
    "raw organic": ("raw",),
    "natural organic": ("organic",),
}
GIVEN_UP = {
    "raw organic": ("word:organic",),
    "natural organic": ("word:natural",),
    "handmade women's cooperative": (),
    "vegan cosmetics": ("word:vegan",),
    "alcohol free cosmetics": ("word:alcohol-free",),
}
LISTED = {
    "saffron and cosmetics": "saffron",
    "cosmetics and saffron": "saffron",
    "honey and cosmetics": "honey",
    "safran et cosmétiques": "safran",
    "azafrán y cosméticos": "azafrán",
    "Safran und Kosmetik": "Safran",
    "zafferano e cosmetici": "zafferano",
    "زعفران ومستحضرات التجميل": "زعفران",
    "argan oil and cosmetics": "argan oil",
}
READ = {
    "argan oil for cosmetics": "argan oil cosmetic",
    "argan oil for hammam and cosmetics": "argan oil hammam cosmetic",
    "argan oil not for cosmetics": "argan oil -cosmetic",
    "no cosmetics": "-cosmetic",
    "huiles cosmétiques": "oil cosmetic",
    "culinary and cosmetic argan oil": "culinary cosmetic argan oil",
    "grains and honey": "food-grain honey",
    "grains of coriander": "seed coriander",
}


def titles(typed):
    return set(answer_to(typed)[0])


@pytest.mark.parametrize("typed", COSMETICS)
def test_cosmetics_are_found_by_all_their_names_and_under_what_holds_for_all(typed):
    assert titles(typed) == titles("cosmetics")
    assert len(titles(typed)) < 20


@pytest.mark.parametrize("typed", BY_WOMEN)
def test_cosmetics_are_narrowed_to_those_by_women(typed):
    assert titles(typed) == titles("cosmetics") & titles("women's cooperative")


@pytest.mark.parametrize("typed", ORGANIC)
def test_organic_cosmetics_are_organic_and_cosmetics(typed):
    assert titles(typed) == titles("cosmetics") & titles("organic")


@pytest.mark.parametrize("typed", FAIR)
def test_fair_cosmetics_are_no_rugs_and_no_honey(typed):
    assert titles(typed) == titles("cosmetics") & titles("fair trade")


def test_what_is_called_cosmetic_stands_before_what_is_told_to_be_for_it():
    first = answer_to("cosmetics")[0][:3]

    assert set(first) == {
        "Rose face tonic, retail bottle",
        "Argan and rhassoul shampoo",
        "Black soap with argan and eucalyptus",
    }


@pytest.mark.parametrize(("typed", "asked"), BOTH.items())
def test_how_goods_are_holds_beside_other_conditions(typed, asked):
    assert titles(typed) <= set.intersection(*map(titles, asked))


@pytest.mark.parametrize(("typed", "relaxed"), GIVEN_UP.items())
def test_what_no_offer_has_is_told(typed, relaxed):
    assert answer_to(typed)[1] == relaxed


@pytest.mark.parametrize(("typed", "other"), LISTED.items())
def test_cosmetics_of_a_list_are_goods_as_the_others_are(typed, other):
    found, relaxed = answer_to(typed)

    assert {"Argan and rhassoul shampoo", "Rose face tonic, retail bottle"} <= set(found)
    assert titles(other) <= set(found)
    assert relaxed == ()


def test_oils_beside_cosmetics_are_all_oils():
    assert titles("oils") | {"Argan and rhassoul shampoo"} <= titles("oils and cosmetics")


@pytest.mark.parametrize(("typed", "meant"), READ.items())
def test_a_word_says_how_goods_beside_it_are(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize("typed", ["cosmetics", "argan oil and cosmetics", "argan oil for cosmetics"])
def test_cosmetics_that_were_undone_are_asked_no_more(typed):
    parts = read(typed, reference_lexicon(), without=["cosmetic"]).parts

    assert not {"cosmetic", "cosmetics"} & {code for part in parts for code in part.codes}


def test_leather_tanned_with_vegetables_is_not_vegan():
    assert titles("vegan") == set()
    assert answer_to("cuir tannage végétal")[0] == ["Camel-leather satchel"]
