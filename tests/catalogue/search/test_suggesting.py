import pytest

from catalogue.search.suggesting import Shown, Suggestion, language_of, shown

pytestmark = pytest.mark.unit

SAFFRON = {"en": "Saffron", "fr": "Safran", "ar": "زعفران"}


def suggestion(kind, key, begins=False, names=SAFFRON):
    return Suggestion(kind, key, names, begins)


def test_exact_beginnings_come_first_then_family_cooperative_place_product():
    found = [
        suggestion("product", 1),
        suggestion("place", 2),
        suggestion("cooperative", 3),
        suggestion("family", 4),
        suggestion("product", 5, begins=True),
    ]

    assert [one.key for one in shown(found, "saf", "en")] == [5, 1, 4, 3, 2]


def test_at_most_eight_and_four_of_a_kind_are_shown():
    found = [suggestion(kind, n) for kind in ("product", "family", "place") for n in range(6)]

    assert [one.kind for one in shown(found, "saf", "en")] == ["family"] * 4 + ["place"] * 4


@pytest.mark.parametrize(
    ("typed", "page", "expected"),
    [
        ("saffr", "en", "en"),
        ("saf", "fr", "fr"),
        ("safra", "en", "en"),
        ("saffr", "ar", "ar"),
        ("زعف", "en", "en"),
        ("z3fr", "fr", "fr"),
        ("azafr", "en", "en"),
    ],
)
def test_things_are_named_in_the_language_of_the_page(typed, page, expected):
    assert language_of(SAFFRON, typed, page) == expected


def test_a_name_in_one_language_is_shown_in_it():
    assert language_of({"en": "", "fr": "Tizi", "ar": ""}, "تيز", "en") == "fr"


def test_the_note_is_in_the_language_of_the_name_else_in_any():
    arabic = Suggestion("product", 1, SAFFRON, notes={"fr": "Tizi", "ar": "تيزي"})
    french = Suggestion("product", 2, SAFFRON, notes={"fr": "Tizi"})

    assert shown([arabic, french], "زع", "ar") == [
        Shown("product", 1, "ar", "زعفران", "تيزي"),
        Shown("product", 2, "ar", "زعفران", "Tizi"),
    ]


FIGS = {"en": "Dried figs", "fr": "Figues sèches"}
SEED_OIL = {"en": "Prickly pear seed oil", "fr": "Huile de pépins de figue de barbarie"}


def test_what_the_readers_own_words_begin_leaves_no_room_for_a_word_inside_a_foreign_name():
    found = [suggestion("family", "oil", names=SEED_OIL), suggestion("family", "figs", names=FIGS)]

    assert [one.key for one in shown(found, "fig", "en")] == ["figs"]
    assert [one.key for one in shown(found, "fig", "fr")] == ["figs", "oil"]


@pytest.mark.parametrize(
    ("typed", "language", "name", "matched"),
    [("saf", "en", "Saffron", ""), ("safra", "en", "Saffron", "Safran"), ("azaf", "fr", "Safran", "azafrán")],
)
def test_what_was_matched_in_other_words_is_told_beside_the_name(typed, language, name, matched):
    (told,) = shown([Suggestion("family", 1, SAFFRON, others=["azafrán"])], typed, language)

    assert (told.name, told.matched) == (name, matched)


def test_arabic_article_hides_no_beginning():
    saffron = Suggestion("family", 1, {"ar": "الزعفران"}, begins=True)
    thyme = Suggestion("product", 2, {"ar": "زعتر جبلي"}, begins=True)

    assert [one.key for one in shown([thyme, saffron], "زع", "ar")] == [1, 2]
