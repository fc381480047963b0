from dataclasses import replace

import pytest

from matchmaking.problem import Meeting, Mode, Table
from matchmaking.solver.searching import solve
from tests.matchmaking.scenes import QUICK, broken_rules, fair, person, slots

pytestmark = pytest.mark.unit

PAIRS = [(a, b) for a in range(3) for b in range(3, 6)]


def published(problem):
    """The problem as a repair of its own timetable."""
    held = solve(problem, budget=QUICK).meetings
    return replace(problem, mode=Mode.REPAIR, published=held, max_moves=2)


def mended(problem):
    """The repaired timetable, which keeps every rule."""
    timetable = solve(problem, budget=QUICK)
    assert broken_rules(problem, timetable.meetings) == []
    return timetable


def test_nothing_changes_where_nothing_happened():
    problem = published(fair(PAIRS, grid=slots(4)))

    assert mended(problem).meetings == problem.published


def test_a_closed_table_moves_its_meetings_to_another_table_only():
    problem = published(fair(PAIRS, grid=slots(4), tables=4))
    broken = replace(problem.tables[0], closed=frozenset(range(4)))

    figures = mended(replace(problem, tables=(broken, *problem.tables[1:]))).figures

    assert (figures.dropped, figures.moved) == (0, 0)


def test_who_comes_late_is_met_later():
    problem = published(fair(PAIRS, grid=slots(5)))
    late = person(0, busy=frozenset({0, 1}))

    figures = mended(replace(problem, people=(late, *problem.people[1:]))).figures

    assert (figures.dropped, figures.moved_unforced <= 2) == (0, True)


def test_a_published_meeting_is_not_dropped_for_a_dearer_one():
    problem = fair([(0, 1), (0, 2)], grid=slots(1), value=lambda n: (1, 200)[n])
    held = (Meeting(0, 0, 0, 0, 1),)

    timetable = mended(replace(problem, mode=Mode.REPAIR, published=held, max_moves=0))

    assert timetable.meetings == held


def test_a_published_meeting_moves_to_make_room_for_a_promise():
    people = (person(0), person(1), person(2, busy=frozenset({1})))
    problem = fair([(0, 1), (0, 2)], grid=slots(2), people=people, promised=[(2, 1)])
    held = (Meeting(0, 0, 0, 0, 1),)

    timetable = mended(replace(problem, mode=Mode.REPAIR, published=held, max_moves=1))

    assert (timetable.figures.meetings, timetable.figures.moved_unforced) == (2, 1)


def test_no_more_meetings_move_than_may():
    people = (person(0), person(1), person(2, busy=frozenset({1})))
    problem = fair([(0, 1), (0, 2)], grid=slots(2), people=people, promised=[(2, 1)])
    held = (Meeting(0, 0, 0, 0, 1),)

    assert mended(replace(problem, mode=Mode.REPAIR, published=held, max_moves=0)).meetings == held


def test_requests_that_vanished_and_tables_that_are_unknown_are_passed_over():
    problem = fair([(0, 1)], grid=slots(2))
    held = (Meeting(7, 0, 0, 0, 1), Meeting(0, 1, 99, 0, 1))

    timetable = mended(replace(problem, mode=Mode.REPAIR, published=held, max_moves=0))

    assert [(m.request, m.slot) for m in timetable.meetings] == [(0, 1)]


def test_a_meeting_whose_table_is_another_owners_now_is_held_elsewhere():
    problem = replace(fair([(0, 1)], grid=slots(2), tables=2), published=(Meeting(0, 1, 0, 0, 1),))
    tables = (Table(0, 0, 3, frozenset()), problem.tables[1])
    problem = replace(problem, tables=tables, mode=Mode.REPAIR, max_moves=0)

    assert [(m.slot, m.table) for m in mended(problem).meetings] == [(1, 1)]
