import pytest

from fairs.floor.geometry import (
    Place,
    Table,
    are_neighbours,
    counted,
    doors_of,
    extent_of,
    neighbours_of,
    numbers_in,
    overlapping,
    places_of,
    row_letters,
    row_of,
    table_of,
    tidy,
)

pytestmark = pytest.mark.unit

TABLE = Table(rows=3, columns=3, width=30, depth=20, aisle=25)


def test_rows_are_lettered_as_columns_of_a_sheet_are():
    assert [row_letters(row) for row in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@pytest.mark.parametrize("row", [0, 25, 26, 51, 52, 701, 702])
def test_row_is_told_by_the_letters_of_its_booths(row):
    assert row_of(f"{row_letters(row)}12") == row


@pytest.mark.parametrize(
    "table",
    [
        TABLE,
        Table(rows=1, columns=1, width=10, depth=300, aisle=11),
        Table(rows=40, columns=6, width=25, depth=35, aisle=15, block=5, first_row=24),
        Table(rows=2, columns=5, width=30, depth=30, aisle=30, block=1, first_row=199),
    ],
)
def test_table_is_told_by_the_booths_that_were_drawn_from_it(table):
    assert table_of(reversed(places_of(table))) == table


@pytest.mark.parametrize(
    "places",
    [
        [],
        [Place("A1", 30, 10, 30, 30), Place("A2", 60, 10, 30, 30)],
        [*places_of(TABLE)[:-1]],
        [*places_of(TABLE), Place("7", 0, 0, 5, 5)],
    ],
)
def test_booths_that_stand_by_no_table_tell_none(places):
    assert table_of(places) is None


def test_first_row_stands_alone_and_then_two_stand_back_to_back():
    tops = {place.number[0]: place.y for place in places_of(TABLE)}

    assert tops == {"A": 12, "B": 57, "C": 77}


def test_cross_aisle_parts_a_row():
    places = places_of(Table(rows=1, columns=4, width=30, depth=30, aisle=20, block=2))

    assert [place.x for place in places] == [20, 50, 100, 130]


@pytest.mark.parametrize(
    ("table", "doors"),
    [
        # At the end of the cross aisle, and of the aisle between A and B.
        (Table(2, 4, 30, 30, 20, block=2, doors=("left", "top")), [("top", 90), ("left", 50)]),
        # Of two aisles that are as near the first.
        (Table(4, 6, 30, 30, 20, block=2, doors=("bottom", "right")), [("right", 130), ("bottom", 90)]),
        # Without an aisle of that direction, in the middle of the wall.
        (Table(4, 5, 30, 30, 30, block=5, doors=("top", "right")), [("top", 105), ("right", 150)]),
        (
            Table(1, 3, 30, 20, 20, doors=("top", "right", "bottom", "left")),
            [("top", 65), ("right", 20), ("bottom", 65), ("left", 20)],
        ),
        (Table(2, 4, 30, 30, 20), []),
    ],
)
def test_doors_stand_at_the_ends_of_aisles(table, doors):
    assert doors_of(table) == doors


def test_numbers_go_on_from_the_first_row():
    places = places_of(Table(rows=2, columns=1, width=30, depth=30, aisle=20, first_row=25))

    assert [place.number for place in places] == ["Z1", "AA1"]


def test_plan_holds_its_booths_with_a_margin():
    assert extent_of(places_of(TABLE), 25) == (140, 122)


def test_area_is_told_in_square_metres():
    assert Place("A1", 0, 0, 30, 25).area == 7.5


def test_neighbours_share_a_wall_and_no_aisle():
    found = neighbours_of(places_of(TABLE))

    assert found["A2"] == ("A1", "A3")
    assert found["B2"] == ("B1", "B3", "C2")
    assert found["C1"] == ("C2", "B1")


def test_small_gap_of_a_drawing_makes_no_aisle():
    beside, apart = Place("A2", 32, 0, 30, 30), Place("A3", 40, 0, 30, 30)

    assert are_neighbours(Place("A1", 0, 0, 30, 30), beside)
    assert not are_neighbours(Place("A1", 0, 0, 30, 30), apart)


def test_corner_to_corner_is_not_beside():
    assert not are_neighbours(Place("A1", 0, 0, 30, 30), Place("B2", 30, 30, 30, 30))


def test_booths_that_stand_in_each_other_are_found():
    one, other = Place("A1", 0, 0, 30, 30), Place("A2", 20, 10, 30, 30)

    assert overlapping([one, other]) == (one, other)
    assert overlapping(places_of(TABLE)) is None


def test_numbers_are_counted_and_not_spelled():
    assert sorted(["A10", "AA1", "A2", "Z1"], key=counted) == ["A2", "A10", "Z1", "AA1"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("b 12", "B12"), ("B-12", "B-12"), ("b12a", "B12A"), ("12", ""), ("B12<", ""), ("", "")],
)
def test_number_is_kept_in_capitals_or_not_at_all(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("typed", "named", "strange"),
    [
        ("a1-A3, c2", ["A1", "A2", "A3", "C2"], []),
        ("A1 – A2", ["A1", "A2"], []),
        ("A1، X9", ["A1"], ["X9"]),
        ("A3-A1", [], ["A3-A1"]),
        ("", [], []),
    ],
)
def test_text_names_booths_and_ranges(typed, named, strange):
    known = [place.number for place in places_of(TABLE)]

    assert numbers_in(typed, known) == (named, strange)
