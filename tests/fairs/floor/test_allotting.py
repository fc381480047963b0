import pytest

from fairs.floor.allotting import Guest, Reason, Spot, seat
from fairs.floor.geometry import Table, neighbours_of, places_of

pytestmark = pytest.mark.unit

PLACES = places_of(Table(rows=3, columns=4, width=30, depth=30, aisle=30))
AROUND = neighbours_of(PLACES)


def spots(meant=None, without=()):
    return [
        Spot(place.number, AROUND[place.number], (meant or {}).get(place.number[0]))
        for place in PLACES
        if place.number not in without
    ]


def at(seating):
    return {one.guest: one.number for one in seating.seats}


def test_categories_stand_together_the_largest_first():
    guests = [Guest(1, 7), Guest(2, 8), Guest(3, 7), Guest(4, 8), Guest(5, 7)]

    found = seat(spots(), guests, held={})

    assert at(found) == {1: "A1", 3: "A2", 5: "A3", 2: "A4", 4: "B1"}


def test_booths_meant_for_a_category_are_taken_before_others():
    found = seat(spots({"B": 7}), [Guest(1, 7), Guest(2, 7), Guest(3, None)], held={})

    assert at(found) == {1: "B1", 2: "B2", 3: "A1"}
    assert found.seats[1].reasons == (Reason.MEANT, Reason.BESIDE_CATEGORY)


def test_category_grows_from_where_it_stands_already():
    found = seat(spots(without=["C3"]), [Guest(1, 7)], held={"C3": 7}, around=AROUND)

    assert at(found) == {1: "B3"}
    assert found.seats[0].reasons == (Reason.BESIDE_CATEGORY,)


def test_neighbours_of_last_time_stay_side_by_side():
    guests = [Guest(key, 7) for key in (1, 2, 3, 4)]

    found = seat(spots(), guests, held={}, pairs=[(4, 1), (2, 4)])

    assert at(found) == {1: "A1", 4: "A2", 2: "A3", 3: "A4"}
    assert found.parted == ()
    assert [one.guest for one in found.seats if Reason.BESIDE_AS_BEFORE in one.reasons] == [1, 4, 2]


def test_pair_looks_for_two_booths_in_a_line():
    free = [spot for spot in spots() if spot.number in ("A1", "A3", "B2", "B3")]

    found = seat(free, [Guest(1, 7), Guest(2, 7)], held={}, pairs=[(1, 2)], around=AROUND)

    assert at(found) == {1: "B2", 2: "B3"}


def test_pair_that_cannot_stay_is_told():
    free = [spot for spot in spots() if spot.number in ("A1", "A3")]

    found = seat(free, [Guest(1, 7), Guest(2, 7)], held={}, pairs=[(2, 1)], around=AROUND)

    assert found.parted == ((1, 2),)


def test_who_finds_no_booth_is_told():
    found = seat(spots()[:1], [Guest(1), Guest(2), Guest(3)], held={})

    assert (at(found), found.left_over) == ({1: "A1"}, (2, 3))


def test_same_question_has_the_same_answer_in_any_order():
    guests = [Guest(key, key % 3) for key in range(1, 11)]
    pairs = [(1, 4), (2, 5), (9, 3)]

    first = seat(spots(), guests, held={}, pairs=pairs)

    assert seat(spots(), guests[::-1], held={}, pairs=pairs[::-1]) == first


def test_thousand_exhibitors_are_seated_once_each():
    places = places_of(Table(rows=40, columns=26, width=30, depth=30, aisle=30))
    around = neighbours_of(places)
    free = [Spot(place.number, around[place.number]) for place in places]

    found = seat(free, [Guest(key, key % 6) for key in range(1_000)], held={})

    assert len({one.number for one in found.seats}) == 1_000
    assert found.left_over == ()
