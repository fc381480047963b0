import pytest
from django.utils.translation import override

from moussem.regions.models import Country
from moussem.trade.shipping.places import arabic_of, country_of_place, is_place, place_in
from moussem.trade.shipping.templatetags.shipping import named_place, place_direction

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("place", "arabic"),
    [
        ("Casablanca", "الدار البيضاء"),
        ("agadir", "أكادير"),
        ("Tinghir", "تنغير"),
        ("Chez nous", ""),
        ("Lyon, France", "ليون، فرنسا"),
    ],
)
def test_ports_and_provinces_are_known_in_arabic_letters(place, arabic):
    assert arabic_of(place) == arabic


@pytest.mark.parametrize(
    ("language", "both", "shown"),
    [
        ("fr", True, "<bdi>Agadir</bdi>"),
        ("ar", False, "<bdi>أكادير</bdi>"),
        ("ar", True, '<bdi>أكادير</bdi> <bdi class="soft" dir="ltr">(Agadir)</bdi>'),
    ],
)
def test_named_place_is_written_for_its_reader_and_as_the_papers_say(language, both, shown):
    with override(language):
        assert named_place("Agadir", both=both) == shown


def test_place_that_a_buyer_typed_is_never_markup():
    with override("ar"):
        assert named_place("<b>", both=True) == "<bdi>&lt;b&gt;</bdi>"


@pytest.mark.parametrize(
    ("language", "place", "way"),
    [("ar", "Agadir", "rtl"), ("ar", "Chez nous", "ltr"), ("ar", "", "ltr"), ("en", "Agadir", "ltr")],
)
def test_rule_stands_before_its_place_whichever_way_one_reads(language, place, way):
    with override(language):
        assert place_direction(place) == way


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Lyon", "Lyon, France"),
        (" Lyon , france", "Lyon, France"),
        ("Lyon, فرنسا", "Lyon, France"),
        ("Lyon, terminal 2", "Lyon, terminal 2, France"),
        ("France", "France"),
    ],
)
def test_country_stands_once_beside_a_named_place(typed, written):
    france = Country(code="FR", name_en="France", name_fr="France", name_ar="فرنسا")

    assert place_in(typed, france) == written


@pytest.mark.parametrize(("place", "country"), [("tokyo", "JP"), ("Lyon", "FR"), ("London", ""), ("x", "")])
def test_country_of_a_place_is_known_where_its_name_is_not_shared(place, country):
    assert country_of_place(place) == country


@pytest.mark.parametrize(
    ("words", "sound"),
    [
        ("Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson", True),
        ("ليون", True),
        ("12345", False),
        ("a" * 61, False),
        ("as soon as you can to the usual door", False),
    ],
)
def test_named_place_is_short_and_has_letters(words, sound):
    assert is_place(words) == sound
