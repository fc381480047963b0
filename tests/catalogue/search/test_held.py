"""What an offer must hold to be an answer, and what stands first where several do."""

import pytest

from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.evaluation import answers, fill
from catalogue.search.literal import words_of_titles
from catalogue.search.narrowing import narrowed
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import reference_lexicon

pytestmark = pytest.mark.unit
LINES = [
    {"id": "nigella", "title": {"en": "Nigella seeds"}},
    {"id": "nigella-oil", "title": {"en": "Cold pressed nigella oil"}},
    {"id": "argan-table", "title": {"en": "Argan oil for cooking"}},
    {"id": "argan-skin", "title": {"en": "Argan oil for skin and hair"}},
    {"id": "argan-cosmetic", "title": {"en": "Cosmetic argan oil"}},
    {"id": "kilim", "title": {"en": "Kilim of Azilal"}},
    {"id": "kilim-wool", "title": {"en": "Kilim, wool of Taznakht"}, "women_coop": True},
    {"id": "thyme", "title": {"en": "Dried thyme"}},
    {"id": "thyme-honey", "title": {"en": "Thyme honey"}, "organic": True},
    {"id": "verbena", "title": {"en": "Dried verbena leaves"}},
    {"id": "bunk", "title": {"en": "White bunk bed"}},
    {"id": "mirror", "title": {"en": "White mirror"}},
    {"id": "bunk-grey", "title": {"en": "Grey bunk bed"}},
    {"id": "mattress", "title": {"en": "Mattress, spring"}},
]


@pytest.fixture(scope="module")
def engine():
    made = EmbeddedEngine()
    fill(made, LINES, reference_lexicon())
    return made


def passing(engine, text):
    """What passes, the best first, and what was given up."""
    lexicon = reference_lexicon()
    reading = read(text, lexicon)
    reading = read(text, lexicon, names=words_of_titles(engine, reading, lexicon))
    told = narrowed(engine, plan_of(reading, lexicon))
    return engine.ask(told.plan, rows=20).ids, told.relaxed


def test_oil_is_of_seeds_whether_it_says_so_or_not(engine):
    assert passing(engine, "black cumin seed oil") == (["nigella-oil"], ())


def test_what_is_for_the_skin_passes_for_cosmetic_and_stands_behind_it(engine):
    assert passing(engine, "cosmetic argan oil") == (["argan-cosmetic", "argan-skin"], ())


def test_goods_that_name_their_material_hold_what_goods_alone_do_not(engine):
    assert passing(engine, "kilim women's cooperative") == (["kilim-wool"], ())


def test_what_is_made_of_goods_does_not_hold_for_them(engine):
    assert passing(engine, "organic thyme") == (["thyme", "thyme-honey"], ("word:organic",))


def test_herbs_pass_for_infusions_and_honey_of_them_does_not(engine):
    found, given_up = passing(engine, "herbal tea")

    assert ({*found}, given_up) == ({"thyme", "verbena"}, ())


def test_a_colour_is_not_the_goods_that_nobody_knows(engine):
    assert passing(engine, "bunk bed white") == (["bunk"], ())
    ranked = answers(engine, [{"id": "one", "q": "bunk bed white"}], reference_lexicon(), {})["one"]
    assert ranked[:2] == ["bunk", "bunk-grey"]


def test_a_guess_at_goods_that_nobody_sells_yields_to_a_like_word_of_a_title(engine):
    found, _given_up = passing(engine, "matress")

    assert found == []
    ranked = answers(engine, [{"id": "one", "q": "matress"}], reference_lexicon(), {})["one"]
    assert ranked == ["mattress"]


def test_a_guess_at_goods_on_offer_stays(engine):
    assert passing(engine, "nigela seeds")[0][0] == "nigella"
