import pytest
from django.utils.translation import override

from moussem.regions.models import Country
from moussem.trade.shipping.places import (
    arabic_of,
    countries_of_place,
    has_town_like_a_country,
    is_place,
    is_whole_country,
    lies_elsewhere,
    place_in,
    town_and_country,
)
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
        ("Lyon (France)", "Lyon, France"),
        ("Lyon France", "Lyon, France"),
        ("Lyon en France", "Lyon, France"),
        ("Lyon in France", "Lyon, France"),
        ("ليون في فرنسا", "ليون, France"),
        ("Lyon, France, terminal 2", "Lyon, terminal 2, France"),
        ("Roissy en France", "Roissy en France, France"),
        ("Tremblay en France", "Tremblay en France, France"),
        ("Roissy-en-France", "Roissy-en-France, France"),
        ("Hamburg (terminal 2)", "Hamburg (terminal 2), France"),
    ],
)
def test_country_stands_once_beside_a_named_place(typed, written):
    france = Country(code="FR", name_en="France", name_fr="France", name_ar="فرنسا")

    assert place_in(typed, france) == written


@pytest.mark.parametrize(
    ("place", "countries"),
    [
        ("tokyo", {"JP"}),
        ("Port of Hamburg", {"DE", "US"}),
        ("لندن", {"GB", "CA", "US", "ZA"}),
        ("Essaouira", {"MA"}),
        ("Trifouillis", set()),
    ],
)
def test_place_is_known_to_lie_in_every_country_that_has_one_of_its_name(place, countries):
    assert countries_of_place(place) == countries


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hamburg, Germany", ("Hamburg", "DE")),
        ("Hambourg (Allemagne)", ("Hambourg", "DE")),
        ("هامبورغ، ألمانيا", ("هامبورغ", "DE")),
        ("Lyon France", ("Lyon", "FR")),
        ("London, UK", ("London", "GB")),
        ("Port of Spain", ("Port of Spain", "")),
        ("Saint Maurice", ("Saint Maurice", "")),
        ("Lyon, terminal 2", ("Lyon, terminal 2", "")),
    ],
)
def test_country_at_the_end_of_a_place_is_read_in_every_language(typed, read):
    assert town_and_country(typed) == read


def named(code, name):
    return Country(code=code, name_en=name, name_fr=name, name_ar=name)


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        ("20457 Hamburg", True),
        ("D-20457 Hamburg", True),
        ("Hamburg terminal 2", True),
        ("Port of Hamburg", True),
        ("Hamburg - Lyon", True),
        ("Paris, Hamburg", True),
        ("Germany Hamburg", True),
        ("Kiel, Germany, terminal 2", True),
        ("Lyon, terminal 2", False),
        ("12 rue de Rome, Paris", False),
        ("Paris Hamburg hall", False),
        ("Marseille-Fos", False),
        ("Nouveau Hambourg", False),
        ("Trifouillis", False),
    ],
)
def test_town_known_elsewhere_is_found_wherever_it_stands(place, elsewhere):
    assert lies_elsewhere(place, named("FR", "France")) == elsewhere


@pytest.mark.parametrize(
    "place",
    ["Mexico, Missouri", "Peru, Illinois", "Jordan, Minnesota", "Lebanon", "Paris, Texas", "New Mexico"],
)
def test_country_that_is_a_town_of_the_delivery_country_is_that_town(place):
    america, france = named("US", "United States"), named("FR", "France")

    assert lies_elsewhere(place, america) is False
    assert has_town_like_a_country("Lebanon", america) is True
    assert (lies_elsewhere("Lebanon", france), has_town_like_a_country("Lebanon", france)) == (True, False)


@pytest.mark.parametrize(
    ("words", "whole"), [("Allemagne", True), ("France", True), ("Luxembourg", False), ("Lyon", False)]
)
def test_country_is_no_place_unless_a_town_bears_its_name(words, whole):
    assert is_whole_country(words) == whole


@pytest.mark.parametrize(
    ("words", "sound"),
    [
        ("Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson", True),
        ("ليون", True),
        ("12345", False),
        ("a", False),
        ("xxx", False),
        ("a" * 61, False),
        ("as soon as you can to the usual door", False),
    ],
)
def test_named_place_is_short_and_has_letters(words, sound):
    assert is_place(words) == sound
