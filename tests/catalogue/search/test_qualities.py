"""How goods are to be narrows to those that are so, as their titles or what is told of them say."""

import pytest

from tests.catalogue.search.demonstration import answer_to

pytestmark = pytest.mark.unit
KNOTTED = {"Taznakht knotted wool carpet"}
RAW = {"Thyme honey from the Siroua slopes"}
CULINARY = {"Virgin argan oil, culinary, organic"}
HELD = {
    "hand-knotted carpet": KNOTTED,
    "knotted carpet": KNOTTED,
    "tapis noué main": KNOTTED,
    "tapis noué": KNOTTED,
    "زربية معقودة": KNOTTED,
    "alfombra anudada": KNOTTED,
    "geknüpfter Teppich": KNOTTED,
    "tappeto annodato": KNOTTED,
    # Told of the honey, and not in its title.
    "raw honey": RAW,
    "miel cru": RAW,
    "عسل خام": RAW,
    "miel cruda": RAW,
    "roher Honig": RAW,
    "miele grezzo": RAW,
    "culinary argan oil": CULINARY,
    "huile d'argan alimentaire": CULINARY,
    "زيت أركان للأكل": CULINARY,
    "red rug": {"Zemmour red hanbel"},
}
UNHELD = {
    "black olives": ("word:black",),
    "olives noires": ("word:black",),
    "red quinoa": ("word:red",),
    "blue rug": ("word:blue",),
    "pitted dates": ("word:pitted",),
    "dattes dénoyautées": ("word:pitted",),
    "تمر منزوع النوى": ("word:pitted",),
    "entsteinte Datteln": ("word:pitted",),
    "boneless sardines": ("word:boneless",),
    "sardines sans arêtes": ("word:boneless",),
    "sardinas sin espinas": ("word:boneless",),
    # Of a list each is as it is to be.
    "red quinoa and raw honey": ("word:red",),
    "black olives and green olives": ("word:black",),
    "green and black olives": ("word:black",),
    "olives noires et vertes": ("word:black",),
    # Said of everything.
    "natural honey": (),
    "pure honey": (),
    "cojín de pura lana": (),
}
LISTED = {
    "raw honey and medjool dates": {*RAW, "Majhoul dates, jumbo and large"},
    "culinary argan oil and red rug": {*CULINARY, "Zemmour red hanbel"},
}


@pytest.mark.parametrize(("typed", "found"), HELD.items())
def test_goods_are_narrowed_to_those_that_are_so(typed, found):
    assert answer_to(typed) == (sorted(found), ())


@pytest.mark.parametrize(("typed", "given_up"), UNHELD.items())
def test_what_no_goods_are_is_told_and_empties_nothing(typed, given_up):
    titles, relaxed = answer_to(typed)

    assert titles
    assert relaxed == given_up


@pytest.mark.parametrize(("typed", "found"), LISTED.items())
def test_each_of_a_list_is_as_it_is_to_be(typed, found):
    assert set(answer_to(typed)[0]) == found


def test_a_choice_of_two_finds_each_of_them():
    titles, relaxed = answer_to("cosmetic and culinary argan oil")

    assert CULINARY | {"Virgin argan oil, cosmetic grade, organic"} <= set(titles)
    assert not relaxed
