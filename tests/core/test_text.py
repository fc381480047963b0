import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from moussem.core.forms import LineField, TextField
from moussem.core.text import (
    bare_number,
    has_words,
    one_line,
    pick,
    reading_order,
    several_lines,
    unaccented,
    unbroken,
)

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
        ("\x07 Tizi \u200b Souss \u2060", "Tizi Souss"),
    ],
)
def test_line_holds_no_break_and_turns_nothing_around_it(typed, line):
    assert one_line(typed) == line


def test_several_lines_keep_their_breaks_and_lose_what_turns_them():
    assert several_lines("One\r\ntwo\u202e\x00\tthree\u200f") == "One\ntwo\tthree\u200f"


INVISIBLE = [
    "\u3164",
    "\u115f\u1160",
    "\uffa0 \uffa0",
    "\u2800\n\u2800",
    "\u200c\u200d\u200e\u200f",
    "\u034f",
    "\u17b4\u17b5",
    "\u180b\u180f",
    "\ufe0f\U000e0100",
    "\U0001d159\U00016fe4",
    "\u00a0\u3000\u00ad\u200b\ufeff",
    "\U000e0041",
]


@pytest.mark.parametrize("typed", INVISIBLE)
def test_signs_that_nobody_sees_are_no_text(typed):
    assert (has_words(typed), one_line(typed), several_lines(typed)) == (False, "", "")


@pytest.mark.parametrize("typed", INVISIBLE)
@pytest.mark.parametrize("kind", [LineField, TextField])
def test_field_that_asks_for_words_takes_no_invisible_ones(kind, typed):
    with pytest.raises(ValidationError) as refused:
        kind().clean(typed)

    assert [one.code for one in refused.value.error_list] == ["required"]


@pytest.mark.parametrize("typed", ["؟", "میخواهم", "می\u200cخواهم", "ᅟᅡ", "❤\ufe0f", "⠃\u2800⠁", "5"])
def test_signs_that_are_seen_stay_with_those_that_are_not(typed):
    assert (has_words(typed), one_line(typed), several_lines(typed)) == (True, typed, typed)


@pytest.mark.parametrize(
    "names",
    [
        ["Canada", "Égypte", "Espagne", "États-Unis", "Éthiopie", "Finlande"],
        ["Cœur", "Coffre", "Côte d’Ivoire", "Cote rouge"],
        ["أركان", "الأعشاب", "التمر", "الزعفران", "الزيوت", "العسل"],
        ["إسبانيا", "ألمانيا", "الإمارات", "إيطاليا", "الجزائر"],
        ["إدريس", "الإدريسي", "أمل", "آية"],
    ],
)
def test_names_stand_as_a_dictionary_has_them(names):
    shuffled = names[::-1]
    shuffled.sort(key=reading_order)

    assert shuffled == names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Two\r\nlines", "Two lines"),
        ("A\ttab, a\0 nul\x1b and\u2028more", "A tab, a nul and more"),
        ("\u202eturned\u202c", "turned"),
        ("half \ud800 and none \ufffe", "half and none"),
        ("L’huile\u00a0: deux\u00a0%", "L’huile\u00a0: deux\u00a0%"),
        ("من 10\u200e–12", "من 10\u200e–12"),
    ],
)
def test_unbroken_text_is_one_line_with_its_own_spaces(typed, kept):
    assert unbroken(typed) == kept


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Récolte à Béni", "Recolte a Beni"),
        ("re\u0301colte", "recolte"),
        ("Œuvre, Łódź, SS, Straße", "oeuvre, lodz, SS, Strasse"),
        ("أكادير وآسفي", "أكادير وآسفي"),
        ("½ m²", "½ m²"),
    ],
)
def test_marks_are_taken_off_latin_letters_alone(text, plain):
    assert unaccented(text) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "FT12345",
        "ft 12 345",
        "FT١٢٣٤٥",
        "FT۱۲۳۴۵",
        "ＦＴ１２３４５",
        "FT12345\u200f",
        "F\u200bT12\u00ad345\u2069",
        *(f"FT{dash}12345" for dash in "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d\u30fc\u0640_"),
        *(f"FT{slash}12345" for slash in "/\u2044\u2215\uff0f\\|"),
        "FT 12.345.",
        "«FT12345»",
    ],
)
def test_number_copied_from_a_paper_is_the_same_however_it_was_written(typed):
    assert bare_number(typed) == "FT12345"


def test_numbers_that_look_otherwise_are_others():
    assert bare_number("FT-12345/é ١") == "FT12345É1"
    assert len({bare_number(one) for one in ("FT1", "FT11", "FI1", "F1", "1", "كشف ١", "كشف ٢")}) == 7


def test_number_of_signs_alone_stays_as_it_is_seen():
    assert [bare_number(typed) for typed in ("--", " ـ ", "#\u200b*")] == ["--", "ـ", "#*"]


def test_bare_number_written_anew_stays_the_same():
    bare = [bare_number(chr(one)) for one in range(0x10000)]

    assert [one for one in bare if bare_number(one) != one] == []
