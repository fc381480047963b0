"""A timetable is made as a draft that changes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from fairs.editions.errors import EditionOver
from fairs.editions.states import EditionState
from matchmaking.meetings.actions import pin
from matchmaking.models import Absence, Closure, Meeting, MeetingTable, Party, Run, Slot
from matchmaking.parties.actions import hire_interpreter, lay_tables, plan_matching, set_guarantee
from matchmaking.parties.states import TableKind
from matchmaking.problem import Status, Timetable
from matchmaking.requests.actions import ask, wish, withdraw
from matchmaking.timetables.actions import ask_run, give_up_lost_runs, make_timetable, publish, stop_run
from matchmaking.timetables.errors import NothingToPlace, NotReadyToPlan, RunAtWork
from matchmaking.timetables.facts import read
from matchmaking.timetables.posing import pose, pose_waiting
from matchmaking.timetables.showing import helps_of, short_of
from matchmaking.timetables.states import RunMode, RunState
from moussem.core.errors import MoveNotAllowed, NotYours
from tests.factories.fairs import EditionFactory
from tests.factories.matchmaking import (
    agree,
    buyer_at,
    exporter_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.factories.people import UserFactory
from tests.matchmaking.timetables.greedy import solve

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def problem_of(fair, mode=RunMode.PLAN, **told):
    return pose(read(fair.edition, **told), mode).problem


def test_a_draft_holds_what_was_agreed_and_books_nothing(fair, makes):
    run = makes()

    assert (run.state, {row["request"] for row in run.draft}) == (
        RunState.DONE,
        {one.pk for one in fair.requests},
    )
    assert (Meeting.objects.count(), run.progress["held"], run.explained["unheld"]) == (0, 3, [])


def test_a_stranger_asks_for_nothing(refused, fair):
    refused(NotYours, ask_run, fair.edition, actor=UserFactory())


def test_one_run_at_a_time(refused, fair):
    ask_run(fair.edition, actor=fair.organiser)

    refused(RunAtWork, ask_run, fair.edition, actor=fair.organiser)


def test_nothing_is_started_without_slots_or_without_requests(refused):
    unopened, empty = EditionFactory(announced=True), meeting_edition()

    refused(NotReadyToPlan, ask_run, unopened, actor=organiser_of(unopened))
    refused(NothingToPlace, ask_run, empty, actor=organiser_of(empty))


def test_a_run_that_waits_is_stopped_with_nothing_and_not_worked_on(fair):
    run = ask_run(fair.edition, actor=fair.organiser)

    stop_run(run, actor=fair.organiser)

    assert make_timetable(run.pk, solver=solve) is None
    run.refresh_from_db()
    assert (run.state, run.draft) == (RunState.STOPPED, [])


def test_a_run_at_work_is_stopped_and_the_best_so_far_kept(fair):
    run = ask_run(fair.edition, actor=fair.organiser)

    def stopped_half_way(problem, **told):
        stop_run(run, actor=fair.organiser)
        return solve(problem, **told)

    kept = make_timetable(run.pk, solver=stopped_half_way)

    assert (kept.state, kept.draft) == (RunState.STOPPED, [])


def test_a_run_that_ended_cannot_be_stopped(refused, fair, makes):
    run = makes()

    refused(MoveNotAllowed, stop_run, run, actor=fair.organiser)


def test_a_run_whose_worker_died_makes_room_for_the_next(fair):
    run = ask_run(fair.edition, actor=fair.organiser)
    Run.objects.update(asked_at=timezone.now() - timedelta(hours=1))

    assert give_up_lost_runs() == 1

    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "lost")
    assert ask_run(fair.edition, actor=fair.organiser).state == RunState.WAITING


@pytest.fixture
def silent(fair):
    """A run whose worker told for the last time half a minute ago."""
    run = ask_run(fair.edition, actor=fair.organiser)
    long_ago = timezone.now() - timedelta(seconds=31)
    Run.objects.update(state=RunState.RUNNING, began_at=long_ago - timedelta(minutes=1), told_at=long_ago)
    return run


def test_a_run_whose_worker_is_silent_gives_way_to_the_next(fair, silent, refused):
    fresh = ask_run(fair.edition, actor=fair.organiser)

    silent.refresh_from_db()
    assert (silent.state, silent.failure) == (RunState.FAILED, "lost")
    Run.objects.filter(pk=fresh.pk).update(state=RunState.RUNNING, began_at=timezone.now())
    assert give_up_lost_runs() == 0
    refused(RunAtWork, ask_run, fair.edition, actor=fair.organiser)


def test_a_run_whose_worker_is_silent_ends_as_it_is_stopped(fair, silent):
    assert stop_run(silent, actor=fair.organiser).state == RunState.FAILED
    assert give_up_lost_runs() == 0


def test_the_clock_gives_up_a_run_whose_worker_is_silent(silent):
    assert give_up_lost_runs() == 1


def test_pins_that_contradict_each_other_are_named(fair):
    run = ask_run(fair.edition, actor=fair.organiser)

    def finds_them(problem, **told):
        return Timetable(problem.name, Status.INFEASIBLE, conflict=(0, 2))

    ended = make_timetable(run.pk, solver=finds_them)

    assert ended.state == RunState.FAILED
    assert ended.explained == {"conflict": [fair.requests[0].pk, fair.requests[2].pk]}


def test_the_problem_has_people_tables_and_what_a_meeting_is_worth(fair):
    wish(fair.exporters[0], fair.buyers[0], actor=speaker_of(fair.exporters[0]), is_wanted=True)
    problem = problem_of(fair)

    assert (len(problem.slots), len(problem.people), len(problem.companies)) == (63, 4, 4)
    assert sorted(problem.table_types[one.type].name for one in problem.tables) == [
        *[TableKind.BOOTH] * 2,
        *[TableKind.STANDARD] * 2,
    ]
    assert [one.value for one in problem.requests] == [120, 100, 100]
    # Kept for everybody are two or three, and never more than they agreed to.
    assert [one.min_meetings for one in problem.companies] == [2, 1, 2, 1]


def test_requests_that_wait_are_posed_apart_and_promised_nothing(fair):
    buyer, exporter = fair.buyers[1], fair.exporters[1]
    ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"family": fair.family}])

    facts = read(fair.edition, with_pending=True)

    assert len(pose(facts, RunMode.PLAN).problem.requests) == 3
    waiting = pose_waiting(facts, RunMode.PLAN, []).problem
    assert [(one.mutual, one.value) for one in waiting.requests] == [(False, 20)]
    assert {one.min_meetings for one in waiting.companies} == {0}
    assert pose_waiting(read(fair.edition), RunMode.PLAN, []) is None


def test_what_is_booked_is_pinned_where_only_the_rest_is_placed(fair, makes):
    publish(makes(), actor=fair.organiser)

    assert (len(problem_of(fair, RunMode.UNBOOKED).pinned), len(problem_of(fair).pinned)) == (3, 0)
    assert len(problem_of(fair, RunMode.REPAIR).published) == 3

    pin(Meeting.objects.first(), actor=fair.organiser, is_pinned=True)
    assert (len(problem_of(fair).pinned), len(problem_of(fair, RunMode.REPAIR).published)) == (1, 2)


def test_interpreters_are_counted_by_pair_and_slot_and_given_by_name(fair, makes):
    stranger = buyer_at(fair.edition, languages=["ja"])
    Party.objects.filter(pk=stranger.pk).update(languages=["ja"])
    request = agree(Party.objects.get(pk=stranger.pk), fair.exporters[0], fair.family)
    explained = makes().explained
    assert [row["reason"] for row in explained["unheld"]] == ["no_interpreter"]
    assert {(row["what"], *row["key"], row["meetings"]) for row in explained["help"]} == {
        ("interpreters", "en", "ja", 1)
    }

    hired = hire_interpreter(fair.edition, actor=fair.organiser, name="Aiko", languages=("fr", "ja"))
    run = makes()

    (row,) = [row for row in run.draft if row["request"] == request.pk]
    assert row["interpreter"] == hired.pk
    assert {one.capacity for one in problem_of(fair).pools} == {(1,) * 63}


def test_what_no_request_gives_is_told_and_promised_to_nobody(fair, makes):
    plan_matching(fair.edition, actor=fair.organiser, guarantee_exporter=0, guarantee_buyer=0)
    set_guarantee(fair.exporters[1], actor=fair.organiser, guarantee=4)

    run = makes()

    (row,) = run.explained["short"]
    assert (row["company"], row["promised"], row["held"]) == (fair.exporters[1].pk, 4, None)
    assert (row["reason"], row["most"]) == ("too_few_requests", 1)
    assert (run.progress["shortfall"], run.progress["least"]) == (0, 0)


def test_a_promise_that_competes_with_another_is_proved_and_told(fair, makes):
    plan_matching(fair.edition, actor=fair.organiser, guarantee_exporter=0, guarantee_buyer=1)
    withdraw(fair.requests[1], actor=speaker_of(fair.buyers[0]))
    busy = fair.exporters[0].delegates.get()
    slots = list(Slot.objects.filter(edition=fair.edition))
    Absence.objects.bulk_create(Absence(delegate=busy, slot=slot) for slot in slots[1:])

    explained = makes().explained

    (row,) = short_of(fair.edition, explained).rows
    assert (row["party"], row["reason"], row["held"]) == (fair.buyers[1], "proved", 0)
    assert row["why"] == "It is proved that every timetable lacks at least so many promised meetings: 1."
    assert row["shared"] == [f"the time of {fair.exporters[0].organisation.label}"]
    (unheld,) = explained["unheld"]
    assert (unheld["reason"], unheld["outranked_by"]) == ("exporter_full", [fair.requests[0].pk])


def test_closed_tables_are_explained_and_what_would_help_is_said(fair, makes):
    lay_tables(fair.edition, actor=fair.organiser, kind=TableKind.STANDARD, count=0)
    tables = MeetingTable.objects.filter(edition=fair.edition, kind=TableKind.BOOTH)
    slots = Slot.objects.filter(edition=fair.edition)
    Closure.objects.bulk_create(Closure(table=table, slot=slot) for table in tables for slot in slots)

    explained = makes().explained

    assert {row["reason"] for row in explained["unheld"]} == {"no_table"}
    first = explained["help"][0]
    assert (first["what"], first["key"], first["units"]) == ("tables", TableKind.BOOTH, 1)
    day = date_format(parse_date(first["day"]), "l j F")
    told = f"One more of “booth of the exporter” on {day} makes room for up to"
    assert helps_of(explained)[0].startswith(told)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (1, "One more interpreter Arabic–French on Monday 6 May makes room for up to 8 meetings."),
        (2, "Two more interpreters Arabic–French on Monday 6 May make room for up to 8 meetings."),
    ],
)
def test_one_more_and_two_more_are_told_apart(units, said):
    told = {"what": "interpreters", "key": ["ar", "fr"], "units": units, "day": "2030-05-06", "meetings": 8}

    assert helps_of({"help": [told]}) == [said]


def test_nothing_in_the_draft_is_in_a_slot_that_has_begun(fair, makes):
    first = Slot.objects.filter(edition=fair.edition).first()
    past = timezone.now() - timedelta(minutes=5)
    Slot.objects.filter(pk=first.pk).update(begins=past, ends=past + timedelta(minutes=20))

    assert first.pk not in {row["slot"] for row in makes().draft}


def test_nobody_is_sent_to_a_slot_that_begins_before_they_can_read_of_it(fair, makes):
    first, second = fair.edition.meeting_slots.all()[:2]
    with time_machine.travel(first.begins - timedelta(minutes=9), tick=False):
        run = makes()

    assert min(row["slot"] for row in run.draft) == second.pk


def test_who_is_away_is_given_no_meeting_then(fair, makes):
    slots = list(Slot.objects.filter(edition=fair.edition))
    delegate = fair.buyers[0].delegates.get()
    Absence.objects.bulk_create(Absence(delegate=delegate, slot=slot) for slot in slots[:-2])

    held = {row["slot"] for row in makes().draft if row["buyer"] == delegate.pk}

    assert held == {one.pk for one in slots[-2:]}


def test_reading_asks_as_much_for_many_as_for_few(fair, django_assert_num_queries):
    with django_assert_num_queries(13):
        read(fair.edition)
    for _ in range(2):
        agree(buyer_at(fair.edition), exporter_at(fair.edition), fair.family)
    with django_assert_num_queries(13):
        read(fair.edition)


def test_an_edition_that_is_over_gets_no_timetable(fair):
    fair.edition.state = EditionState.CLOSED
    with pytest.raises(EditionOver):
        ask_run(fair.edition, actor=fair.organiser)
