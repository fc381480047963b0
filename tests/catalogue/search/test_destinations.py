"""Where goods are to go, and codes of the tariff, in the writings of the world."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    "olive oil to Tunis": "olive oil destination-tunis",
    "Feigen nach Prag": "fig destination-prag",
    "soap for dry skin": "soap body",
    "crema per pelle secca": "cream body",
    "زيت للشعر الجاف": "oil hair",
    "poterie Salé": "pottery ma-sal",
    "argan oil to Czech Republic": "argan oil destination-czechrepublic",
    "dattes au Burkina Faso": "date destination-burkinafaso",
    "dattes au Cap-Vert": "date destination-capvert",
    "tagine to Puerto Rico": "tajine-dish destination-puertorico",
    "saffron to Costa Rica": "saffron destination-costarica",
    "dates to El Salvador": "date destination-elsalvador",
    "honey to Georgia": "honey destination-georgia",
    "azafrán a México": "saffron destination-mexico",
    "dates to New Zealand": "date destination-newzealand",
    "تمر الى المملكة العربية السعودية": "date destination-المملكهالعربيهالسعوديه",
    "saffron to the US": "saffron destination-usa",
    "saffron US": "saffron destination-usa",
    "contact us saffron": "saffron ?contact ?us",
    "CONTACT US": "?contact ?us",
    "olio di fico d'india": "oil prickly-pear",
    "HS 0910\u201120": "hs 091020",
    "0910\u201320": "hs 091020",
    "0910_20": "hs 091020",
    "0910,20": "hs 091020",
    "09 10 20": "hs 091020",
    "09.10.20 saffron": "saffron hs 091020",
    "12-10-20 saffron": "saffron",
    "1509,20 kg dates": "date 1509.2 kg",
    "121190": "hs 121190",
    "argan 570110": "argan hs 570110",
    "tel 0661 23 45 67 argan": "argan ?tel",
    "argan 0612345678": "argan",
    "+212 661-234567 argan": "argan",
    "F.O.B. Agadir": "fob",
    "c.i.f. Hamburg dates": "cif date destination-hamburg",
    "E.X.W. saffron": "exw saffron",
    "C&F Jeddah dates": "cfr date destination-jeddah",
    "CNF Djeddah dattes": "cfr date destination-djeddah",
    "تمر الى جدة": "date destination-جده",
    "saffron to New York": "saffron destination-newyork",
    "saffron to Chile": "saffron destination-chile",
    "Safran nach Chile": "saffron destination-chile",
    "safran vers le Chili": "saffron destination-chile",
    "chile powder": "chili powder",
    "saffron to Grenada": "saffron destination-grenada",
    "saffron for Turkey": "saffron destination-turkey",
}


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_it_is_understood(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


def test_a_destination_is_told_as_it_is_written():
    parts = read("dattes au burkina faso", reference_lexicon()).of("destination")

    assert [part.typed for part in parts] == ["Burkina Faso"]
