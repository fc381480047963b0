import pytest
from django.utils import translation

from moussem.core.text import filed, one_line, pick

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"en": "rose", "fr": "la rose", "ar": "ورد"}, "en", "rose"),
        ({"en": "rose", "fr": "la rose", "ar": "ورد"}, "fr-ca", "la rose"),
        ({"en": "rose", "fr": "la rose"}, "ar", "la rose"),
        ({"en": "rose"}, "fr", "rose"),
        ({"ar": "ورد"}, "en", "ورد"),
        ({"en": "rose", "fr": "la rose"}, "de", "rose"),
        ({}, "en", ""),
    ],
)
def test_pick_gives_the_language_or_the_nearest(texts, language, expected):
    assert pick(**texts, language=language) == expected


def test_pick_follows_the_active_language():
    with translation.override("ar"):
        assert pick(en="rose", ar="ورد") == "ورد"
    with translation.override(None):
        assert pick(en="rose", ar="ورد") == "rose"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Coopérative   Tizi ", "Coopérative Tizi"),
        ("Tizi\r\nBcc: eve@example.com", "Tizi Bcc: eve@example.com"),
        ("Tizi\u2028Souss\x85\x0bMassa", "Tizi Souss Massa"),
        ("abc\u202exe.fdp", "abcxe.fdp"),
        ("\u2066Tizi\u2069\x00\x1b[31m\u200b", "Tizi[31m"),
        ("تعاونية\u200fتيزي می\u200cخواهم", "تعاونية\u200fتيزي می\u200cخواهم"),
        ("\u202e", ""),
    ],
)
def test_line_holds_no_break_and_turns_nothing_around_it(typed, line):
    assert one_line(typed) == line


@pytest.mark.parametrize(
    "names",
    [
        ["Algérie", "Égypte", "États-Unis", "France", "île Maurice"],
        ["إسبانيا", "ألمانيا", "باكستان", "الجزائر", "روسيا", "المملكة المتحدة", "اليابان"],
        ["Côte d’Ivoire", "Cuba", "Curaçao"],
    ],
)
def test_names_are_filed_as_a_reader_looks_for_them(names):
    assert sorted([*names[1:], names[0]], key=filed) == names
