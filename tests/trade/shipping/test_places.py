import pytest
from django.utils.translation import override

from moussem.trade.shipping.places import arabic_of
from moussem.trade.shipping.templatetags.shipping import named_place, place_direction

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("place", "arabic"),
    [("Casablanca", "الدار البيضاء"), ("agadir", "أكادير"), ("Tinghir", "تنغير"), ("Chez nous", "")],
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
