"""How much a question asks for, in figures, in words, and in the measures of buyers abroad."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    "a dozen rugs": "rug 12 piece",
    "two dozen rugs": "rug 24 piece",
    "half a dozen rugs": "rug 6 piece",
    "dozens of rugs": "rug 12 piece",
    "une douzaine d'assiettes": "plate 12 piece",
    "deux cents tapis": "rug 200 piece",
    "mille tapis": "rug 1000 piece",
    "fünf Teppiche": "rug 5 piece",
    "عشرة زرابي": "rug 10 piece",
    "five kg saffron": "saffron 5 kg",
    "خمسة كيلو زعفران": "saffron 5 kg",
    "two tonnes dates": "date 2000 kg",
    "half a ton of dates": "date 500 kg",
    "une demi-tonne de dattes": "date 500 kg",
    "نصف طن تمر": "date 500 kg",
    "طنان من التمر": "date 2000 kg",
    "entre 500 et 1000 kg de dattes": "date 1000 kg",
    "500 to 1000 kg dates": "date 1000 kg",
    "500 kg to 1 t dates": "date 1000 kg",
    "100-200 l argan oil": "argan oil 200 l",
    "من 500 إلى 1000 كيلو تمر": "date 1000 kg",
    "5 saffron": "saffron",
    "saffron 2025": "saffron",
    "honey in a 1/4 kg jar": "honey",
    "¾ l argan oil": "argan oil 0.75 l",
    "2 1/2 kg saffron": "saffron 2.5 kg",
    "10 lb saffron": "saffron 4.536 kg",
    "8 oz saffron": "saffron 0.227 kg",
    "50 cl huile d'olive": "oil olive 0.5 l",
    "2 hl olive oil": "olive oil 200 l",
    "3 quintaux de dattes": "date 300 kg",
    "500 mg safran": "saffron 0.0005 kg",
    "5 gallons argan oil": "argan oil 18.927 l",
    "tapis neuf": "rug ?neuf",
    "cent pour cent argan": "pure argan",
    "boîte de safran": "saffron",
    "dattes en boîte": "date",
    "olives en boîte": "olive canned",
    "sardines en boîte": "sardine canned",
    "coop argan oil": "argan oil",
    "co-ops of argan": "argan",
    "women's coop amlou": "women-led amlou",
    "safran ab Werk": "saffron exw",
    "miel sauf thym": "honey -thyme",
    "sauf": "?sauf",
}


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_amount_is_understood(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
