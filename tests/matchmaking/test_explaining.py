import pytest

from matchmaking.problem import Meeting, Pool, Timetable
from matchmaking.solver.choice import relaxed_choice
from matchmaking.solver.explaining import Why, broken_promises, unheld_requests, what_would_help
from matchmaking.solver.flatten import places_of
from tests.matchmaking.scenes import fair, person, slots

pytestmark = pytest.mark.unit


def why(problem, *meetings):
    """Why each request is not held beside these meetings."""
    unheld = unheld_requests(problem, Timetable("small", meetings=meetings))
    return [(each.request, each.why, each.company, each.by) for each in unheld]


def test_a_person_may_be_full():
    problem = fair([(0, 1), (0, 2)], grid=slots(1))

    assert why(problem, Meeting(0, 0, 0, 0, 1)) == [(1, Why.PERSON_FULL, 0, (0,))]


def test_a_day_may_be_full_though_slots_are_left():
    people = (person(0, max_per_day=1), person(1), person(2))
    problem = fair([(0, 1), (0, 2)], people=people)

    assert why(problem, Meeting(0, 0, 0, 0, 1)) == [(1, Why.PERSON_FULL, 0, (0,))]


def test_two_may_have_no_slot_in_common():
    people = (person(0, busy=frozenset({0})), person(1, busy=frozenset({1})))

    assert why(fair([(0, 1)], grid=slots(2), people=people)) == [(0, Why.NO_COMMON_SLOT, None, ())]


def test_nobody_may_speak_both_languages():
    problem = fair([(0, 1)], langs={0: {"zh"}}, pools=(Pool(0, ("en", "zh"), (0, 0, 0)),))

    assert why(problem) == [(0, Why.NO_INTERPRETER, None, ())]


def test_interpreters_may_all_be_taken():
    langs = {0: {"zh"}, 2: {"zh"}}
    problem = fair([(0, 1), (2, 3)], grid=slots(1), langs=langs, pools=(Pool(0, ("en", "zh"), (1,)),))

    assert why(problem, Meeting(0, 0, 0, 0, 1, 0)) == [(1, Why.INTERPRETERS_FULL, None, (0,))]


def test_tables_may_all_be_taken_or_not_exist():
    pairs = [(0, 1), (2, 3)]

    assert why(fair(pairs, grid=slots(1), tables=1), Meeting(0, 0, 0, 0, 1)) == [
        (1, Why.TABLES_FULL, None, (0,))
    ]
    assert why(fair([(0, 1)], tables=0)) == [(0, Why.NO_TABLE, None, ())]


def test_others_may_stand_in_every_way():
    problem = fair([(0, 1), (0, 2), (3, 1)], grid=slots(2), value=lambda n: 100 - n)

    found = why(problem, Meeting(1, 0, 0, 0, 2), Meeting(2, 1, 0, 3, 1))

    assert found == [(0, Why.OUTRANKED, None, (2, 1))]


def test_room_that_is_left_is_told():
    assert why(fair([(0, 1)])) == [(0, Why.ROOM_LEFT, None, ())]


def test_nobody_meets_oneself():
    assert why(fair([(0, 0)])) == [(0, Why.NOBODY, None, ())]


def test_a_promise_beyond_ones_own_requests_is_proved_alone():
    problem = fair([(0, 1)], promised=[(0, 2)])

    (proof,) = broken_promises(problem, Timetable("small", meetings=(Meeting(0, 0, 0, 0, 1),)))

    assert (proof.company, proof.held, proof.most, proof.is_alone) == (0, 1, 1, True)


def test_promises_that_compete_are_proved_together():
    problem = fair([(0, 2), (1, 2)], grid=slots(1), promised=[(0, 1), (1, 1)])

    (proof,) = broken_promises(problem, Timetable("small", meetings=(Meeting(0, 0, 0, 0, 2),)))

    assert (proof.company, proof.is_alone, proof.together) == (1, False, 1)
    assert (("company", 2, 0), 1, -1.0) in proof.shares


def test_what_would_help_is_reckoned_by_day():
    grid = slots(1, 1, day_of=lambda block: block)
    langs = {0: {"zh"}, 2: {"zh"}}
    problem = fair([(0, 1), (2, 3)], grid=grid, langs=langs, pools=(Pool(0, ("en", "zh"), (1, 0)),))

    helps = what_would_help(problem, relaxed_choice(problem, places_of(problem)))

    assert [(each.kind, each.id, each.day, each.meetings, each.value) for each in helps] == [
        ("pool", 0, 0, 1, 100),
        ("pool", 0, 1, 1, 100),
    ]


def test_nothing_helps_on_a_day_on_which_nobody_is_there():
    grid = slots(1, 1, day_of=lambda block: block)
    people = tuple(person(n, busy=frozenset({0})) for n in range(4))
    langs = {0: {"zh"}, 2: {"zh"}}
    pools = (Pool(0, ("en", "zh"), (0, 1)),)
    problem = fair([(0, 1), (2, 3)], grid=grid, langs=langs, people=people, pools=pools)

    helps = what_would_help(problem, relaxed_choice(problem, places_of(problem)))

    assert [(each.kind, each.day, each.meetings) for each in helps] == [("pool", 1, 1)]


def test_what_is_lacking_altogether_helps_though_it_has_no_price():
    langs = {0: {"zh"}}
    problem = fair([(0, 1)], grid=slots(1), langs=langs, pools=(Pool(0, ("en", "zh"), (0,)),))
    choice = relaxed_choice(problem, places_of(problem))
    unheld = unheld_requests(problem, Timetable("small"))

    (found,) = what_would_help(problem, choice, unheld)

    assert (found.kind, found.id, found.meetings) == ("pool", 0, 1)
    assert what_would_help(problem, choice) == []


def test_two_more_are_told_where_they_make_room_for_more_than_one():
    langs = {0: {"zh"}, 2: {"zh"}, 4: {"zh"}}
    pools = (Pool(0, ("en", "zh"), (1,)),)
    problem = fair([(0, 1), (2, 3), (4, 5)], grid=slots(1), langs=langs, pools=pools)

    helps = what_would_help(problem, relaxed_choice(problem, places_of(problem)))

    assert [(each.units, each.meetings, each.value) for each in helps] == [(2, 2, 200), (1, 1, 100)]


def test_more_tables_may_help():
    problem = fair([(0, 1), (2, 3)], grid=slots(1), tables=1)

    (found,) = what_would_help(problem, relaxed_choice(problem, places_of(problem)))

    assert (found.kind, found.id, found.meetings) == ("type", 0, 1)


def test_nothing_helps_where_nothing_is_scarce():
    problem = fair([(0, 1), (2, 3)])

    assert what_would_help(problem, relaxed_choice(problem, places_of(problem))) == []
