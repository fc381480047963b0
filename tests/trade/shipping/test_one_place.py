import pytest

from moussem.regions.models import Country
from moussem.trade.shipping.one_place import Naming, naming_of

pytestmark = pytest.mark.unit
ONE, PERHAPS, SEVERAL = Naming.ONE, Naming.PERHAPS_SEVERAL, Naming.SEVERAL


def in_country(code):
    return Country(code=code, name_en=code, name_fr=code, name_ar=code)


@pytest.mark.parametrize(
    "place",
    [
        "Lyon ou Marseille",
        "Lyon, ou Marseille",
        "Lyon (ou Marseille)",
        "Lyon (via Marseille)",
        "Lyon→Marseille",
        "Lyon->Marseille",
        "Lyon --> Marseille",
        "Lyon >> Marseille",
        "Casablanca → Fos",
        "Lyon et Marseille",
        "Lyon and Marseille",
        "Lyon & Marseille",
        "Lyon + Marseille",
        "Lyon/Marseille",
        "Lyon…Marseille",
        "Lyon...Marseille",
        "Lyon, puis Marseille",
        "Lyon sinon Marseille",
        "Lyon bzw. Marseille",
        "Lyon o Marseille",
        "12 rue de Lyon via Marseille",
        "Lyon ou bien le port de Marseille",
        "Lyon via Hamburg",
        "Lyon OU Paris, terminal 2",
        "Hamburg, Bremen or Kiel → Oslo",
        "Agadir, ou Tanger",
        "Agadir/Tanger",
        "أكادير وطنجة",
        "أكادير، أو طنجة",
        "أكادير (أو طنجة)",
        "طنجة أو الدار البيضاء",
    ],
)
def test_two_known_towns_with_a_word_or_a_sign_between_are_two_places(place):
    assert naming_of(place, in_country("FR")) == SEVERAL


@pytest.mark.parametrize(
    "place",
    [
        "Trifouillis ou Perpète",
        "Le Havre ou alentours",
        "Le Havre par Rouen",
        "Tour Or et Argent",
        "Hôtel Le Par Excellence Lyon",
        "Terminal Port to Port, Le Havre",
        "St Denis ou Paris",
        "طنجة إلى روتردامة",
        "Lyon, Marseille",
        "Lyon ; Marseille",
        "Lyon - Marseille",
        "Lyon-Marseille",
        "Lyon Marseille",
        "Lyon, port de Marseille",
        "Agadir Tanger",
    ],
)
def test_words_that_may_name_two_places_are_left_to_be_asked_about(place):
    assert naming_of(place, in_country("FR")) == PERHAPS


@pytest.mark.parametrize(
    "place",
    [
        "Lyon",
        "Lyon, terminal 2",
        "Lyon (Lyon)",
        "Tanger, Tanger Med",
        "Tanger / Tangier",
        "Tanger-Assilah",
        "Lyon/France",
        "Marseille-Fos",
        "Marseille/Fos",
        "Port of Hamburg",
        "Port of Par",
        "Val d’Or",
        "Mont-d'Or Lyon",
        "To Kwa Wan",
        "Tour Bois et Argent, Lyon",
        "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
        "12 rue de Paris, Lyon",
        "12 via Roma, Milano",
        "Lyon, 4 chemin vers le lac",
        "Hamburg, via",
        "Gran Via de les Corts Catalanes 585, Barcelona",
        "Gran Via, Madrid",
        "Dar el Beida, c/o Transit",
        "وزان",
        "الدار البيضاء",
    ],
)
def test_one_place_is_one_whatever_its_address_says(place):
    assert naming_of(place, in_country("ES")) == ONE


@pytest.mark.parametrize(
    ("place", "naming"),
    [
        ("Milano via Torino 5", ONE),
        ("Milano, via Torino", ONE),
        ("Genova via Milano", SEVERAL),
        ("Milano o Torino or Roma 5", SEVERAL),
    ],
)
def test_street_of_italy_is_no_way_to_another_town(place, naming):
    assert naming_of(place, in_country("IT")) == naming
