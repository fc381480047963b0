"""Greetings, and questions whether there is something, in every language."""

import pytest

from catalogue.search.openings import opened
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
HONEY = [
    "wach kayn 3sel",
    "Wach 3ndkom l3sel?",
    "salam, bch7al 3sel",
    "sbah lkhir wach kayna 3sel",
    "3sel kayn?",
    "واش كاين عسل",
    "شحال العسل؟",
    "avete miele?",
    "avete anche miele?",
    "Buongiorno, quanto costa il miele?",
    "miele, quanto costa?",
    "¿Tienen miel?",
    "Buenos días, ¿cuánto cuesta la miel?",
    "hay miel",
    "Guten Tag, haben Sie Honig?",
    "Was kostet Honig?",
    "gibt es Honig",
    "Bonjour, avez-vous du miel ?",
    "y a-t-il du miel ?",
    "combien coûte le miel",
    "hello, have you got any honey?",
    "is there honey",
    "السلام عليكم هل لديكم عسل؟",
    "صباح الخير، بكم العسل",
]


@pytest.mark.parametrize("typed", HONEY)
def test_whoever_greets_and_asks_for_honey_asks_for_honey(typed):
    assert told(read(typed, reference_lexicon())) == "honey"


@pytest.mark.parametrize(
    "typed",
    [
        "wach",
        "hello",
        "salam!",
        "safran",
        "hay",
        "hairbrush",
        "savon qui a du miel",
        "face wash",
        "cooperative salam",
    ],
)
def test_what_opens_nothing_stays_as_it_is(typed):
    assert opened(typed) == typed


def test_whoever_asks_whether_there_is_none_asks_for_some():
    assert told(read("haben Sie keinen Honig?", reference_lexicon())) == "honey"
