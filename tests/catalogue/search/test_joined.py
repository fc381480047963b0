"""Goods that stand beside others in a question."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    "dates and honey": "date honey",
    "honey, dates": "honey date",
    "honey or dates": "honey date",
    "honey & dates": "honey date",
    "honey/dates": "honey date",
    "miel et dattes": "honey date",
    "miel y dátiles": "honey date",
    "datteri e miele": "date honey",
    "عسل وتمر 500 كيلو": "honey date 500 kg",
    "التمر والعسل": "date honey",
    "زعفران وعسل وزيتون": "saffron honey olive",
    "3sel w tmer": "honey date",
    "honey and also dates": "honey date",
    "je cherche du miel et aussi des dattes": "honey date",
    "miele e anche datteri": "honey date",
    "miel y también dátiles": "honey date",
    "عسل وأيضا تمر": "honey date",
    "green tea and mint": "green-tea mint",
    # Of one kind of goods, with the words that name it.
    "date honey": "date-syrup",
    "miel de dattes": "date-syrup",
    "mint tea": "mint-tea",
    "thé à la menthe": "mint-tea",
    # An "and" of the name.
    "pots and pans": "cookware",
    "mortar and pestle": "mortar",
    "نباتات عطرية وطبية": "aromatic-plant",
    # A letter of the word.
    "وردة": "rose",
    "زعفران من ورزازات": "saffron ma-oua",
    "C&F Casablanca honey": "cfr honey",
}


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_goods_that_are_joined_are_several_goods(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
