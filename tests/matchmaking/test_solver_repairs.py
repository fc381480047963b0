"""Whatever became narrower after a timetable was published, its repair keeps every rule."""

from dataclasses import replace
from random import Random

import pytest

from matchmaking.problem import Meeting, Mode, Pool, Status
from matchmaking.reading import Unreadable, problem_from
from matchmaking.solver.flatten import places_of
from matchmaking.solver.keeping import most_kept
from matchmaking.solver.measuring import existing_published
from matchmaking.solver.searching import solve
from tests.matchmaking.narrowed import faults, held_fair, narrow
from tests.matchmaking.scenes import QUICK, broken_rules, fair, person, slots

pytestmark = pytest.mark.unit


def narrowed(seed):
    """A repair of that seed, as parsed JSON and as a problem."""
    dice = Random(seed)
    found = held_fair(dice)
    while True:
        narrow(found, dice)
        try:
            return found, problem_from(found)
        except Unreadable as refusal:
            # Its pins alone move more than may be.
            assert refusal.code == "pins_move_too_many"


def least_dropped(problem):
    """How many published meetings no repair can keep, by the programme over every place that is left."""
    kept = {one.request for one in most_kept(problem, places_of(problem))}
    pinned = {one.request for one in problem.pinned}
    return len({one.request for one in existing_published(problem)} - pinned - kept)


@pytest.mark.parametrize("seed", range(24))
def test_a_narrowed_repair_keeps_every_rule_and_drops_the_fewest_stopped_early_or_not(seed):
    found, problem = narrowed(seed)
    asked = iter(range(1_000))

    whole = solve(problem, budget=QUICK, seed=seed)
    stopped = solve(problem, budget=QUICK, seed=seed, stop=lambda: next(asked) >= seed % 6)

    assert (faults(found, problem, whole), faults(found, problem, stopped)) == ([], [])
    assert stopped.stopped_early or whole.status is Status.INFEASIBLE
    assert whole.status is Status.INFEASIBLE or whole.figures.dropped == least_dropped(problem)


def test_whoever_is_in_two_disputes_goes_before_two_who_are_in_one_each():
    # The middle one of three meetings that follow each other by their people is told first, and in the way.
    people = (person(0, max_per_day=1), person(1, max_per_day=1), person(2), person(3))
    problem = fair([(0, 1), (0, 2), (1, 3)], grid=slots(3), people=people)
    held = (Meeting(0, 0, 0, 0, 1), Meeting(1, 1, 0, 0, 2), Meeting(2, 2, 0, 1, 3))

    timetable = repaired(problem, published=held, max_moves=0)

    assert (set(timetable.meetings), timetable.figures.dropped) == (set(held[1:]), 1)


def test_what_is_pinned_besides_does_not_hide_that_two_go_before_one():
    people = (*(person(each, max_per_day=1) for each in (0, 1)), *(person(each) for each in range(2, 8)))
    problem = fair([(0, 1), (0, 2), (1, 3), (4, 5), (6, 7)], grid=slots(3), people=people)
    stays = Meeting(3, 0, 1, 4, 5), Meeting(4, 1, 2, 6, 7)
    held = (Meeting(0, 0, 0, 0, 1), Meeting(1, 1, 0, 0, 2), Meeting(2, 2, 0, 1, 3), *stays)

    timetable = repaired(problem, published=held, pinned=stays, max_moves=0)

    assert (set(timetable.meetings), timetable.figures.dropped) == (set(held[1:]), 1)


def test_the_generator_pins_closes_and_contradicts():
    problems = [narrowed(seed)[1] for seed in range(12)]

    assert any(one.pinned for one in problems)
    assert {one.max_moves for one in problems} >= {0, 1}


def repaired(problem, **told):
    """The repair of a timetable that keeps every rule."""
    asked = replace(problem, mode=Mode.REPAIR, **told)
    timetable = solve(asked, budget=QUICK)
    assert broken_rules(asked, timetable.meetings) == []
    return timetable


def in_a_row(most, many=4, free=8):
    """Somebody who held so many meetings in a row and now holds at most a few, with room later."""
    people = (person(0, max_run=most), *(person(each) for each in range(1, many + 1)))
    problem = fair([(0, each) for each in range(1, many + 1)], grid=slots(many + free), people=people)
    return problem, tuple(Meeting(each, each, 0, 0, each + 1) for each in range(many))


def test_who_meets_fewer_in_a_row_keeps_what_can_stay_and_is_moved_nowhere():
    problem, held = in_a_row(1)

    timetable = repaired(problem, published=held, max_moves=0)

    assert set(timetable.meetings) < set(held)
    assert (timetable.figures.dropped, timetable.figures.moved) == (2, 0)


def test_who_meets_fewer_in_a_row_is_moved_as_often_as_may_be():
    problem, held = in_a_row(1)

    figures = repaired(problem, published=held, max_moves=1).figures

    assert (figures.dropped, figures.moved_unforced) == (1, 1)


def test_who_meets_fewer_a_day_keeps_as_many_and_is_moved_nowhere():
    problem, held = in_a_row(9)
    people = (replace(problem.people[0], max_per_day=3), *problem.people[1:])

    timetable = repaired(replace(problem, people=people), published=held, max_moves=0)

    assert set(timetable.meetings) < set(held)
    assert timetable.figures.dropped == 1


def test_a_pin_elsewhere_is_one_of_the_moves():
    problem, held = in_a_row(1, many=5)
    pin = replace(held[4], slot=9)

    figures = repaired(problem, published=held, pinned=(pin,), max_moves=1).figures

    assert (figures.dropped, figures.moved_unforced) == (2, 1)


def test_a_meeting_stays_in_its_place_with_another_interpreter():
    pools = (Pool(0, ("en", "zh"), (0, 0)), Pool(1, ("zh", "en"), (1, 1)))
    problem = fair([(0, 1)], grid=slots(2), langs={0: {"zh"}}, pools=pools)

    timetable = repaired(problem, published=(Meeting(0, 1, 0, 0, 1, 0),), max_moves=0)

    assert timetable.meetings == (Meeting(0, 1, 0, 0, 1, 1),)
