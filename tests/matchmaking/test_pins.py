from dataclasses import replace

import pytest

from matchmaking.problem import Meeting, Pool, Status, Table
from matchmaking.solver.flatten import places_of
from matchmaking.solver.pins import contradiction
from matchmaking.solver.searching import solve
from tests.matchmaking.scenes import fair, person, slots

pytestmark = pytest.mark.unit

PAIRS = [(0, 2), (0, 3), (1, 2), (1, 3)]


def conflict(*pins, **told):
    """What contradicts among pins of a fair of four."""
    problem = fair(PAIRS, grid=slots(4), pinned=pins, **told)
    return contradiction(problem, places_of(problem))


def test_pins_that_stand_together_contradict_nothing():
    assert conflict(Meeting(0, 0, 0, 0, 2), Meeting(3, 0, 1, 1, 3)) == ()


@pytest.mark.parametrize(
    ("pins", "named"),
    [
        ((Meeting(0, 0, 0, 0, 2), Meeting(1, 0, 1, 0, 3), Meeting(3, 1, 0, 1, 3)), (0, 1)),
        ((Meeting(0, 0, 0, 0, 2), Meeting(3, 0, 0, 1, 3)), (0, 3)),
        ((Meeting(0, 0, 0, 1, 2),), (0,)),
        ((Meeting(0, 0, 0, 0, 2, pool=0),), (0,)),
        ((Meeting(0, 0, 0, 0, 2), Meeting(0, 1, 0, 0, 2)), (0,)),
    ],
)
def test_the_fewest_are_named(pins, named):
    assert conflict(*pins, pools=(Pool(0, ("en", "zh"), (1, 1, 1, 1)),)) == named


def test_a_run_too_long_is_named():
    people = (person(0, max_run=1), *(person(each) for each in range(1, 4)))

    assert conflict(Meeting(0, 1, 0, 0, 2), Meeting(1, 2, 0, 0, 3), people=people) == (0, 1)


def test_a_day_too_full_is_named():
    people = (person(0, max_per_day=1), *(person(each) for each in range(1, 4)))

    assert conflict(Meeting(0, 0, 0, 0, 2), Meeting(1, 3, 0, 0, 3), people=people) == (0, 1)


def test_too_few_interpreters_are_named():
    langs = {0: {"zh"}, 1: {"zh"}}
    pool = Pool(0, ("en", "zh"), (1, 1, 1, 1))
    pins = Meeting(0, 0, 0, 0, 2, pool=0), Meeting(3, 0, 1, 1, 3, pool=0)

    assert conflict(*pins, langs=langs, pools=(pool,)) == (0, 3)


def test_a_closed_table_is_named():
    problem = fair(PAIRS, pinned=(Meeting(0, 0, 0, 0, 2),))
    problem = replace(problem, tables=(Table(0, 0, None, frozenset({0})),))

    assert contradiction(problem, places_of(problem)) == (0,)


def test_contradicting_pins_have_no_timetable():
    timetable = solve(fair(PAIRS, pinned=(Meeting(0, 0, 0, 0, 2), Meeting(1, 0, 1, 0, 3))))

    assert (timetable.status, timetable.conflict, timetable.meetings) == (Status.INFEASIBLE, (0, 1), ())
