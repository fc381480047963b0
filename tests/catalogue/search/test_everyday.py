"""Words that everybody says are no goods with a typing error, in whichever language they are said."""

import pytest

from catalogue.search.everyday import REFERENCE
from catalogue.search.folding import words
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
LANGUAGES = ("en", "fr", "ar", "es", "de", "it")
READ = {
    "saffron for paella": "saffron ?paella",
    "carpets for hotel lobby": "rug horeca ?lobby",
    "olive oil online": "olive oil",
    "healthy snacks": "snack",
    "healthy dates": "date",
    "saffron crocin 230": "saffron ?crocin",
    "hotel amenities": "horeca",
    "lanternes pour terrasse": "lantern ?terrasse",
    "miel et gaufres": "honey ?gaufres",
    "Safran für Risotto": "saffron ?risotto",
    "Teppich fürs Wohnzimmer": "rug ?wohnzimmer",
    "romantische Lampen": "lighting ?romantische",
    "azafrán para paella": "saffron ?paella",
    "zafferano per risotto": "saffron ?risotto",
    "زعفران للشوربة": "saffron ?للشوربه",
    "زربية الصالون": "rug ?الصالون",
}


@pytest.mark.parametrize(("typed", "meant"), READ.items())
def test_what_everybody_says_is_told_and_no_goods(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_everyday_words(language):
    assert len(set(words((REFERENCE / f"{language}.txt").read_text(encoding="utf-8")))) >= 500
