from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.problem import Calendar, Pool
from matchmaking.solver.assigning import heaviest
from matchmaking.solver.choice import classes_of, most_in, relaxed_choice
from matchmaking.solver.flatten import places_of, segments_of
from matchmaking.solver.seats import best_wishes
from tests.matchmaking.scenes import BEGINS, fair, person, slots

pytestmark = pytest.mark.unit


def bounds_of(problem):
    """What the relaxed choice proves."""
    bounds = relaxed_choice(problem, places_of(problem)).bounds
    return bounds.value, bounds.value_at_least_shortfall, bounds.shortfall


def test_a_person_meets_as_often_as_it_has_slots():
    assert bounds_of(fair([(0, each) for each in range(1, 6)], grid=slots(3))) == (300, 300, 0)


def test_a_promise_costs_value():
    problem = fair([(0, 2), (1, 2)], grid=slots(1), promised=[(1, 1)], value=lambda n: (200, 1)[n])

    assert bounds_of(problem) == (200, 1, 0)


def test_promises_that_nobody_can_keep_are_counted():
    problem = fair([(0, 2), (1, 2)], grid=slots(1), promised=[(0, 1), (1, 1), (2, 3)])

    assert bounds_of(problem) == (100, 100, 3)


def test_more_interpreters_have_a_price():
    problem = fair([(0, 1), (2, 3)], langs={0: {"zh"}, 2: {"zh"}}, pools=(Pool(0, ("en", "zh"), (1, 0, 0)),))

    choice = relaxed_choice(problem, places_of(problem))

    assert choice.prices == {("pool", 0, 0): 100.0}


def test_whoever_stops_the_programme_is_asked_once_and_has_a_bound():
    values = [1 + 37 * each % 200 for each in range(400)]
    pairs = [(a, b) for a in range(20) for b in range(20, 40)]
    problem = fair(pairs, grid=slots(4), tables=15, value=values.__getitem__)
    asked = []

    whole = relaxed_choice(problem, places_of(problem))
    ended = relaxed_choice(problem, places_of(problem), stop=lambda: asked.append(1) or True)

    assert (len(asked), whole.held.sum(), ended.held.sum() < 60) == (1, 60, True)
    assert whole.bounds.value < ended.bounds.value <= sum(values)


def test_slots_of_the_same_calendars_are_one_class():
    early = Calendar(1, "UTC", ((BEGINS, slots(2)[1].start),))
    problem = fair([(0, 1)], people=(person(0), person(1, calendar=1)))
    problem = replace(problem, calendars=(*problem.calendars, early))

    assert classes_of(problem) == [(0,), (1, 2)]


@pytest.mark.parametrize(("longest", "most"), [(1, 4), (2, 6), (4, 6), (9, 7)])
def test_runs_limit_how_many_slots_can_be_used(longest, most):
    assert most_in(range(7), longest, fair([(0, 1)], grid=slots(5, 2))) == most


def test_long_days_are_cut_between_blocks():
    problem = fair([(0, 1)], grid=slots(40, 40))

    assert [len(segment.slots) for segment in segments_of(problem)] == [62, 18]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_heaviest_assignment_is_found(rows):
    owners = heaviest(np.array(rows, float))

    found = sum(rows[row][column] for column, row in enumerate(owners) if row >= 0)
    ways = permutations(range(4), len(rows))
    assert found == max(sum(rows[i][c] for i, c in enumerate(way)) for way in ways)


def test_wishes_that_nobody_has_are_no_table():
    assert best_wishes([{}, {5: 1, 6: 2}, {6: 2}]) == {1: 5, 2: 6}
    assert best_wishes([{}]) == {}


def test_the_solver_says_nothing_on_the_console(capfd):
    bounds_of(fair([(0, 1)]))

    assert capfd.readouterr() == ("", "")
