import pytest

from catalogue.imports.accepted import nearest, refused_parts, word

pytestmark = pytest.mark.unit

TOWNS = [
    word(name, ())
    for name in (
        *("Taroudant", "Tata", "Tanger", "Taza", "Taounate", "Tarfaya", "Tétouan", "Tinghir", "Tiznit"),
        *("Agadir", "Fès", "Rabat", "Safi", "Settat"),
    )
]


def test_few_words_are_all_named():
    assert nearest("x", [word("g", ()), word("kg", ())]) == (["g", "kg"], 0)


def test_of_many_words_the_nearest_come_first_and_the_others_are_counted():
    words, more = nearest("Tarudant", TOWNS)

    assert (words[0], len(words), more) == ("Taroudant", 12, 2)


def test_only_the_parts_that_are_not_known_are_told():
    months = [word("October", ("octobre", "10")), word("November", ("novembre", "11"))]

    assert refused_parts("Octobre; novembber, 11", months) == ["novembber"]
    assert refused_parts("", months) == [""]
