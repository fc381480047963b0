"""Words as they are heard and typed are the goods they mean, and no others that sound like them."""

import pytest

from catalogue.search.document import Offer, document_of
from catalogue.search.narrowing import narrowed
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_narrowing import filled, plan
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    "kouskous": "couscous",
    "kous kous": "couscous",
    "koskos": "couscous",
    "9offa": "basket",
    "koffa": "basket",
    "zitoun khdar": "olive green",
    "zitoun khadra": "olive green",
    "olve oil": "olive oil",
    "argn oil": "argan oil",
    "freeze dried": "freeze-dried",
    "freeze dried strawberries": "freeze-dried strawberry",
    "fraises lyophilisées": "strawberry freeze-dried",
    "hrira": "harira",
    "حريرة": "harira",
    "حرير": "silk",
    "harissa": "harissa",
    "litchi": "lychee",
    "litchin": "orange",
    "sweets": "pastry",
    "sweet almonds": "sweet almond",
    "Süßigkeiten": "pastry",
    "harvest november": "month-11",
    "récolte octobre": "month-10",
    "حصاد نوفمبر": "month-11",
    "موسم الجني نوفمبر": "month-11",
}


@pytest.mark.parametrize("typed", QUESTIONS)
def test_it_is_understood(typed):
    assert told(read(typed, reference_lexicon())) == QUESTIONS[typed]


def held(title, kind):
    offer = Offer("1", (title,), kinds=(kind,))
    return set(document_of(offer, reference_lexicon()).codes["concepts"])


@pytest.mark.parametrize(
    ("title", "kind", "holds", "lacks"),
    [
        ("Live Dakhla oysters", "Oysters, octopus and shellfish", "oyster", "octopus"),
        ("Huîtres de Dakhla", "Huîtres, poulpes et coquillages", "shellfish", "octopus"),
        ("Frozen octopus", "Oysters, octopus and shellfish", "octopus", "oyster"),
        ("Majhoul", "Dates", "date", "fig"),
    ],
)
def test_of_a_family_of_several_goods_an_offer_is_what_its_title_names(title, kind, holds, lacks):
    concepts = held(title, kind)

    assert holds in concepts
    assert lacks not in concepts


def test_a_title_that_names_nothing_is_what_its_family_is():
    assert {"oyster", "octopus"} <= held("Fresh from the bay", "Oysters, octopus and shellfish")


@pytest.mark.parametrize(
    ("title", "months"), [("Saffron threads", ("month-11",)), ("Palm-leaf basket", ()), ("Wool rug", ())]
)
def test_what_is_made_by_hand_is_harvested_in_no_month(title, months):
    document = document_of(Offer("1", (title,), facts={"months": ("month-11",)}), reference_lexicon())

    assert document.codes.get("months", ()) == months


@pytest.mark.parametrize("typed", ["non organic olive oil", "huile d'olive non bio", "Olivenöl nicht bio"])
def test_what_lies_in_oil_does_not_stand_for_oil_that_was_refused(typed):
    offers = [
        Offer("oil", ("Olive oil",), facts={"marks": ("organic",)}, decided=frozenset({"organic"})),
        Offer("sardines", ("Sardines in olive oil",), decided=frozenset({"organic"})),
    ]
    made = filled(offers)

    assert made.ask(narrowed(made, plan(typed)).plan).ids == []
