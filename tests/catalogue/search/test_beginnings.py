import pytest

from catalogue.search.beginnings import HEARD, MISTYPED, WRITTEN, Beginnings

pytestmark = pytest.mark.unit

THINGS = {
    "threads": ("Saffron threads of Taliouine", "Filaments de safran de Taliouine", "شعيرات الزعفران تالوين"),
    "argan": ("Argan oil, organic", "Huile d'argan bio", "زيت أركان"),
    "family": ("Saffron", "Safran", "زعفران", "za3fran"),
    "olives": ("Green olives", "Olives vertes"),
}


@pytest.fixture
def known():
    """Four things with names in several languages."""
    beginnings = Beginnings()
    beginnings.fill(THINGS.items())
    return beginnings


def found(known, typed, doubt=WRITTEN):
    return [key for key, _begins in known.find(typed, 9, doubt)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("saf", ["threads", "family"]),
        ("SAFR", ["family", "threads"]),
        ("tal", ["threads"]),
        ("huile d'arg", ["argan"]),
        ("huile arg", ["argan"]),
        ("olive ver", ["olives"]),
        ("vertes ol", ["olives"]),
        ("زعف", ["family", "threads"]),
        ("الزعف", ["threads", "family"]),
        ("تالو", ["threads"]),
        ("أرك", ["argan"]),
        ("za3f", ["family"]),
        ("saffron ol", []),
        ("ron", []),
        ("", []),
        ("\0 \u202e ☃ …", []),
    ],
)
def test_the_beginning_of_each_word_finds(known, typed, expected):
    assert sorted(found(known, typed)) == sorted(expected)


def test_a_name_that_begins_so_comes_before_one_that_holds_it(known):
    assert known.find("safran", 9) == [("family", True), ("threads", False)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("z3fr", "family"), ("saffrn", "family"), ("olvies", "olives"), ("huille arg", "argan")],
)
def test_sound_and_typing_errors_find_only_where_they_are_allowed(known, typed, expected):
    assert found(known, typed) == []
    assert expected in found(known, typed, MISTYPED)


def test_what_only_sounds_so_comes_after_what_is_written_so(known):
    known.put("tizi", ["Zaafrane house"])

    assert known.find("zaafr", 9, HEARD) == [("tizi", True), ("family", False)]


def test_most_bounds_the_answer_and_keeps_the_best(known):
    assert known.find("saf", 1) == [("threads", True)]


def test_a_thing_under_new_names_is_no_more_found_under_the_old(known):
    known.put("argan", ["Honey"])
    known.remove("olives")

    assert [found(known, typed) for typed in ("arg", "hon", "oli")] == [[], ["argan"], []]


def test_a_copy_without_gaps_answers_the_same(known):
    for _ in range(1100):
        known.put("argan", THINGS["argan"])

    fresh = known.swept()

    assert (known.is_worn, fresh.is_worn, len(fresh)) == (True, False, 4)
    assert [found(fresh, typed) for typed in ("arg", "tal", "oli")] == [["argan"], ["threads"], ["olives"]]


@pytest.mark.parametrize("typed", ["a" * 10_000, "a " * 5_000, "\ud800", "‮" * 500 + "saf", "🌹" * 2_500])
def test_hostile_beginnings_are_answered(known, typed):
    assert len(known.find(typed, 9, MISTYPED)) <= 9
