"""Each of the goods of a list is as it is to be, and narrows none of the others."""

import pytest

from tests.catalogue.search.demonstration import answer_to

pytestmark = pytest.mark.unit
FACE_OIL, SOAP = "Argan face oil, retail bottle", "Black soap with argan and eucalyptus"
ROSE_WATER = {"Rose water, first distillation, organic", "Rose water, bulk"}
HENNA = {"Henna powder of Zagora", "Henna leaves, Aït Ouabelli"}
HONEY = {"Thyme honey from the Siroua slopes", "Euphorbia honey, Tadla-Azilal", "Sahara euphorbia honey"}
MADE_OF_HONEY = {"Amlou spread with almond and honey"}
CLAY, SHAMPOO = "Rhassoul clay, washed and dried", "Argan and rhassoul shampoo"
# An oil by what it is for stands beside other goods in each language.
WITH_A_USE = {
    "face oil and rose water": {FACE_OIL, *ROSE_WATER},
    "rose water and face oil": {FACE_OIL, *ROSE_WATER},
    "huile visage et eau de rose": {FACE_OIL, *ROSE_WATER},
    "زيت للوجه وماء الورد": {FACE_OIL, *ROSE_WATER},
    "Gesichtsöl und Rosenwasser": {FACE_OIL, *ROSE_WATER},
    "aceite facial y agua de rosas": {FACE_OIL, *ROSE_WATER},
    "olio viso e acqua di rose": {FACE_OIL, *ROSE_WATER},
    "soap and face oil": {FACE_OIL, SOAP},
    "savon et huile visage": {FACE_OIL, SOAP},
    "aceite facial y jabón": {FACE_OIL, SOAP},
    "henna and face oil": {FACE_OIL, *HENNA},
    "zit lwejh w ma lward": {FACE_OIL, *ROSE_WATER},
    "zit dyal wjeh w saboun": {FACE_OIL, SOAP},
    "honey and face oil": {FACE_OIL, *HONEY, *MADE_OF_HONEY},
    "black soap, ghassoul, face oil and rose water": {SOAP, CLAY, SHAMPOO, FACE_OIL, *ROSE_WATER},
}
ORGANIC_SAFFRON = {"Whole saffron threads, AOP Taliouine, organic", "Saffron powder, organic"}
DATES = {
    "Majhoul dates, jumbo and large",
    "Bouffegous dates",
    "Bouittob dates of Tata",
    "Aziza Bouzid dates of Figuig",
    "Mixed dates of the Draa",
    "Date syrup",
}
VOUCHED_FOR = (
    "dates and organic saffron",
    "dattes et safran bio",
    "تمر وزعفران بيولوجي",
    "Datteln und Bio-Safran",
    "dátiles y azafrán ecológico",
    "datteri e zafferano biologico",
)


@pytest.mark.parametrize(("typed", "found"), WITH_A_USE.items())
def test_what_one_of_a_list_is_for_narrows_it_alone(typed, found):
    titles, relaxed = answer_to(typed)

    assert (set(titles), relaxed) == (found, ())


def test_a_use_that_one_of_a_list_is_not_told_to_have_is_given_up():
    titles, relaxed = answer_to("henné et huile pour cheveux")

    assert set(titles[:2]) == HENNA
    assert FACE_OIL in titles
    assert relaxed == ("word:hair",)


def test_a_second_use_belongs_to_the_goods_of_the_first():
    titles, relaxed = answer_to("oil for face and hair, honey")

    assert (set(titles), relaxed) == ({FACE_OIL, *HONEY, *MADE_OF_HONEY}, ("word:hair",))


@pytest.mark.parametrize("typed", VOUCHED_FOR)
def test_organic_belongs_to_the_goods_it_stands_beside(typed):
    titles, relaxed = answer_to(typed)

    assert (set(titles), relaxed) == (DATES | ORGANIC_SAFFRON, ())


def test_organic_before_a_list_is_of_all_that_is_so_and_told_where_its_own_is_not():
    titles, relaxed = answer_to("organic dates and saffron")

    assert (set(titles), relaxed) == (DATES | ORGANIC_SAFFRON, ("word:organic",))


def test_organic_narrows_goods_that_are_one_by_several_names():
    titles, relaxed = answer_to("organic fig and aniseed jam")

    assert (titles, relaxed) == (["Fig and aniseed jam"], ("word:organic",))
