import pytest

from catalogue.search.lexicon import EXACT, PLURAL, SOUND, TYPO
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.words import LEXICON

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "known", "how"),
    [
        ("saffron", "saffron", EXACT),
        ("saffrons", "saffron", PLURAL),
        ("zaafaran", "za3fran", SOUND),
        ("pwoder", "powder", TYPO),
    ],
)
def test_words_are_known_in_the_surest_way(typed, known, how):
    assert (known, how) in LEXICON.meanings(typed)


def test_an_error_never_outweighs_a_known_word():
    assert LEXICON.meanings("rose") == (("rose", EXACT),)


def test_two_errors_with_another_first_letter_are_another_word():
    assert LEXICON.meanings("xeffrone") == ()


def test_numbers_have_no_errors():
    assert LEXICON.meanings("12345") == ()


def test_what_it_is_a_kind_of_comes_along():
    assert LEXICON.ancestors("essential-oil") == {"essential-oil", "oil"}
    assert LEXICON.ancestors("taliouine") == {"taliouine", "ma-09"}


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("orangenblutenwasser", ["orangenbluten", "wasser"]),
        ("rosenol", ["rosen", "ol"]),
        ("rosewater", ["rose", "water"]),
    ],
)
def test_compounds_are_taken_apart(compound, parts):
    assert list(LEXICON.parts_of(compound)) == parts


def test_known_words_are_left_whole():
    assert LEXICON.parts_of("orangenblute") == ()


def test_a_circle_of_kinds_ends():
    from catalogue.search.lexicon import Concept, Lexicon

    circle = Lexicon([Concept("a", "thing", ("b",)), Concept("b", "thing", ("a",))], [])

    assert circle.ancestors("a") == {"a", "b"}


def test_mountains_hold_their_provinces_and_lie_in_no_region():
    lexicon = reference_lexicon()

    assert lexicon.kinds_of("rif") == [
        "ma-che", "ma-dri", "ma-hoc", "ma-nad", "ma-ouz", "ma-tao", "ma-tet", "ma-tng"
    ]  # fmt: skip
    assert lexicon.ancestors("ma-che") == {"ma-che", "ma-01", "rif"}
    assert lexicon.ancestors("high-atlas") == {"high-atlas"}
