from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from matchmaking.problem import Meeting, Pool, Table, TableType
from matchmaking.solver.searching import Budget, Search, budget_for, solve
from matchmaking.solver.warming import tiny_problem, warm
from tests.matchmaking.scenes import QUICK, best_by_force, broken_rules, fair, person, slots, small_fairs

pytestmark = pytest.mark.unit

EVERYBODY = [(a, b) for a in range(3) for b in range(3, 6)]
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """Compilation is nobody's deadline."""
    warm()


def solved(problem, **asked):
    """The timetable of a small problem."""
    return solve(problem, budget=QUICK, **asked)


def test_everybody_meets_everybody_where_there_is_room():
    timetable = solved(fair(EVERYBODY))

    assert [meeting.request for meeting in timetable.meetings] == list(range(9))
    assert timetable.figures.idle == 0
    assert broken_rules(fair(EVERYBODY), timetable.meetings) == []


@MANY
@given(small_fairs())
def test_no_timetable_breaks_a_rule(problem):
    timetable = solved(problem)

    assert broken_rules(problem, timetable.meetings) == []
    assert timetable.figures.shortfall >= timetable.bounds.shortfall
    assert timetable.figures.value <= timetable.bounds.value


@MANY
@given(small_fairs(most_slots=2, most_companies=4, delegations=False))
def test_tiny_timetables_are_the_best_there_are(problem):
    figures = solved(problem).figures

    assert (figures.shortfall, -figures.value) == best_by_force(problem)


def test_one_table_in_one_slot_goes_to_the_dearest():
    problem = fair(EVERYBODY, tables=1, value=lambda place: 50 + place)
    problem = replace(problem, tables=(Table(0, 0, None, frozenset({1, 2})),))

    assert [(m.request, m.slot) for m in solved(problem).meetings] == [(8, 0)]


def test_a_booth_is_for_its_owner():
    problem = replace(fair(EVERYBODY), tables=(Table(0, 0, 4, frozenset()),))

    assert {problem.requests[m.request].b for m in solved(problem).meetings} == {4}


def test_interpreters_are_counted_slot_by_slot():
    langs = {each: {"zh"} for each in range(3)}
    problem = fair(EVERYBODY, langs=langs, pools=(Pool(0, ("en", "zh"), (1, 0, 2)),))

    timetable = solved(problem)

    assert sorted(meeting.slot for meeting in timetable.meetings) == [0, 2, 2]
    assert {meeting.pool for meeting in timetable.meetings} == {0}


def test_a_pause_follows_the_longest_run():
    people = (person(0, max_run=2), *(person(each) for each in range(1, 6)))
    problem = fair([(0, each) for each in range(1, 6)], grid=slots(5), people=people)

    timetable = solved(problem)

    assert (len(timetable.meetings), broken_rules(problem, timetable.meetings)) == (4, [])


def test_a_delegation_meets_in_parallel():
    people = (person(0, 0), person(1, 0), person(2, 1), person(3, 2))
    problem = fair([(0, 1), (0, 2)], grid=slots(1), people=people)

    assert sorted(meeting.person_a for meeting in solved(problem).meetings) == [0, 1]


def test_a_promise_outweighs_value():
    problem = fair([(0, 2), (1, 2)], grid=slots(1), promised=[(1, 1)], value=lambda n: (200, 1)[n])

    assert [meeting.request for meeting in solved(problem).meetings] == [1]


def test_people_sit_without_gaps():
    problem = fair([(0, 3), (0, 4), (1, 3), (1, 4), (2, 3)], grid=slots(8))

    assert solved(problem).figures.idle == 0


def test_two_meetings_in_a_row_share_a_table():
    assert solved(fair([(0, 1), (0, 2)], grid=slots(2))).figures.table_changes == 0


def test_same_seed_gives_the_same_timetable():
    problem = fair(EVERYBODY, grid=slots(2, 2), tables=2)

    assert solved(problem, seed=5).meetings == solved(problem, seed=5).meetings


def test_days_longer_than_a_mask_keep_every_rule():
    people = (person(0, max_per_day=99, max_run=99), *(person(each) for each in range(1, 80)))
    problem = fair([(0, each) for each in range(1, 80)], grid=slots(70), people=people)

    timetable = solved(problem)

    assert (len(timetable.meetings), broken_rules(problem, timetable.meetings)) == (70, [])


@pytest.mark.parametrize("grid", [slots(70), slots(50, 50), slots(130), slots(40, 40, day_of=lambda b: b)])
def test_idle_slots_are_counted_from_the_first_meeting_of_a_long_day_to_the_last(grid):
    at_both_ends = frozenset(range(1, len(grid) - 1)) - {7, 66}
    people = (person(0, busy=at_both_ends), *(person(each) for each in range(1, 4)))
    problem, told = fair([(0, 1), (0, 2), (0, 3), (1, 2)], grid=grid, people=people), []

    figures = solved(problem, report=told.append).figures

    assert (told[-1].idle, told[-1].value) == (figures.idle, figures.value)


def test_people_sit_without_gaps_where_a_long_day_is_cut():
    late = {"busy": frozenset(range(57)), "max_per_day": 99, "max_run": 99}
    people = tuple(person(each, **late) for each in range(6))
    problem = fair(EVERYBODY, grid=slots(70), people=people)

    figures = [solved(problem, seed=seed).figures for seed in range(4)]

    assert [(each.meetings, each.idle) for each in figures] == [(9, 0)] * 4


@pytest.mark.parametrize("times", [10**4, 10**9])
def test_dear_meetings_are_chosen_as_cheap_ones_are(times):
    small = fair(EVERYBODY, tables=2, grid=slots(2), value=lambda place: 50 + place)
    dear = fair(EVERYBODY, tables=2, grid=slots(2), value=lambda place: (50 + place) * times)
    told = []

    one, other = solved(small), solved(dear, report=told.append)

    assert {m.request for m in other.meetings} == {m.request for m in one.meetings}
    assert told[-1].value == other.figures.value == one.figures.value * times
    assert other.figures.value <= other.bounds.value < other.figures.value * 1.001


def test_a_cheap_meeting_beside_a_very_dear_one_is_held():
    problem = fair([(0, 1), (2, 3)], value=lambda n: (1, 10**12)[n])

    assert solved(problem).figures.value == 10**12 + 1


def test_nobody_meets_oneself():
    assert solved(fair([(0, 0), (0, 1)])).figures.meetings == 1


def test_progress_is_told_and_the_search_stopped():
    told = []
    timetable = solve(
        tiny_problem(), budget=Budget(10_000, 10_000), report=told.append, stop=lambda: bool(told)
    )

    assert [(each.phase, each.meetings) for each in told] == [("hold", 3)]
    assert (timetable.stopped_early, timetable.figures.meetings) == (True, 3)


def test_a_clock_only_stops_early():
    assert solve(tiny_problem(), seconds=0).stopped_early
    assert not solve(tiny_problem(), seconds=600, budget=QUICK).stopped_early


def test_budgets_grow_with_the_fair():
    assert budget_for(tiny_problem()) == Budget(60_480, 250_240)
    assert budget_for(tiny_problem()).scaled(0.5) == Budget(30_240, 125_120)


@pytest.mark.parametrize(
    "problem",
    [
        fair([]),
        fair([], grid=slots(5, 5), pools=(Pool(0, ("en", "zh"), (2,) * 10),), promised=[(0, 2)]),
        fair(EVERYBODY, tables=0),
        replace(fair([]), slots=(), people=(), companies=()),
        replace(fair(EVERYBODY), slots=()),
    ],
)
def test_a_fair_without_possible_meetings_has_an_empty_timetable(problem):
    assert solved(problem).meetings == ()


def test_pinned_meetings_stand_as_they_are():
    pin = Meeting(4, 2, 7, 1, 4)
    problem = fair(EVERYBODY, pinned=(pin,))

    timetable = solved(problem)

    assert (broken_rules(problem, timetable.meetings), len(timetable.meetings)) == ([], 9)


def test_a_search_knows_its_places():
    assert Search(fair(EVERYBODY)).places.kinds == [(0, None)]


def test_a_plan_made_again_moves_nobody_for_nothing():
    problem = fair(EVERYBODY, grid=slots(6), tables=3)
    held = solved(problem, seed=1).meetings

    assert solved(replace(problem, published=held), seed=2).meetings == held


def test_a_plan_made_again_leaves_everybody_at_the_table_they_hold():
    kinds = {"table_types": (TableType(0, "table", False), TableType(1, "room", False))}
    problem = fair(EVERYBODY, grid=slots(6), tables=3)
    rooms = (*problem.tables, *(Table(each, 1, None, frozenset()) for each in range(3, 6)))
    asked = tuple(replace(each, table_types=(0, 1)) for each in problem.requests)
    problem = replace(problem, tables=rooms, requests=asked, **kinds)
    first = solved(problem, seed=1).meetings
    held = tuple(replace(each, table=(each.table + 3) % 6) for each in first)

    again = solved(replace(problem, published=held), seed=2)

    assert again.meetings == held


def test_a_plan_made_again_moves_who_stands_in_the_way_of_a_dearer_meeting():
    problem = fair([(0, 1), (0, 2)], grid=slots(1), value=lambda n: (1, 200)[n])

    timetable = solved(replace(problem, published=(Meeting(0, 0, 0, 0, 1),)))

    assert [meeting.request for meeting in timetable.meetings] == [1]


@pytest.mark.parametrize("night", [{5}, {4, 5, 6, 7}])
def test_a_row_goes_on_past_midnight(night):
    grid = tuple(replace(slot, day=int(slot.id in night)) for slot in slots(8))
    people = (person(0, max_run=2), *(person(each) for each in range(1, 9)))
    problem = fair([(0, each) for each in range(1, 9)], grid=grid, people=people)

    timetable = solved(problem)

    assert (len(timetable.meetings), broken_rules(problem, timetable.meetings)) == (6, [])


def test_whoever_stops_between_large_delegations_keeps_what_was_held_by_then():
    pairs = [(a, b) for a in range(3) for b in range(3, 5)]
    people = tuple(person(number, number // 200, max_per_day=1) for number in range(1_000))
    problem = fair(pairs, people=people)

    whole, stopped = solved(problem), solved(problem, stop=lambda: True)

    assert (len(whole.meetings), whole.stopped_early) == (6, False)
    assert (0 < len(stopped.meetings) < 6, stopped.stopped_early) == (True, True)
    assert broken_rules(problem, stopped.meetings) == []


def test_a_clock_is_looked_at_sooner_the_larger_the_delegations_are():
    def parts(many):
        people = tuple(person(n, n // many) for n in range(2 * many))
        told = []
        solve(fair([(0, 1)], people=people), budget=Budget(60, 0), report=told.append)
        return sum(1 for one in told if one.phase == "value")

    assert (parts(3), parts(1_000)) == (10, 13)
