"""What the demonstration shows of meetings, also when it is brought in again on another day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.demonstration import ORGANISER
from fairs.editions.models import Edition
from fairs.editions.states import Mode
from fairs.live.rules import is_call_held_at
from fairs.report.demonstration import OVER
from matchmaking.demonstration import RUNNING, VISITED, bring_in_a_call, bring_in_the_meetings
from matchmaking.meetings.openings import KINDS
from matchmaking.models import Meeting, Request, Slot
from matchmaking.parties.queries import party_of
from matchmaking.requests.choices import who_to_ask
from matchmaking.requests.queries import accepted_of, closed_of, sent_by, to_answer
from matchmaking.requests.states import RequestState
from matchmaking.timetables.actions import ask_run, make_timetable, publish
from moussem.people.models import User
from tests.demonstration import fill_demonstration, run_all_steps
from tests.matchmaking.timetables.greedy import solve

pytestmark = [pytest.mark.integration, pytest.mark.filled, pytest.mark.django_db]


def test_every_list_has_something_to_show_and_a_second_day_begins_anew():
    fill_demonstration()
    bring_in_the_meetings()

    asked = Request.objects.filter(edition__slug=RUNNING)
    states = set(asked.values_list("state", flat=True))
    assert states == {RequestState.PENDING, RequestState.ACCEPTED, RequestState.DECLINED}
    assert asked.filter(held_slot__isnull=False).exists()
    assert asked.count() == 60
    assert Slot.objects.filter(edition__slug=RUNNING).count() == 54
    for email in VISITED:
        person = User.objects.get(email=email)
        party = party_of(person, asked.first().edition)
        lists = (to_answer, sent_by, accepted_of, closed_of)
        assert [one.__name__ for one in lists if not one(party).exists()] == []
        assert who_to_ask(party, 1) != []


def test_those_who_can_be_visited_can_call_each_other_at_any_hour(time_machine):
    fill_demonstration()
    bring_in_a_call()
    time_machine.move_to(timezone.now() + timedelta(hours=5))
    bring_in_a_call()

    meeting = Meeting.objects.get(edition__slug=RUNNING)
    assert {one.person.email for one in (meeting.buyer, meeting.exporter)} == set(VISITED)
    assert {one.person.email for one in meeting.call.members.all()} == set(VISITED)
    assert (meeting.is_by_video, is_call_held_at(meeting.call.call, timezone.now())) == (True, True)
    for party in (meeting.request.buyer, meeting.request.exporter):
        assert set(party.table_kinds) == set(KINDS[Mode.HYBRID])


def test_a_whole_timetable_leaves_the_call_of_those_who_can_be_visited_where_it_is():
    fill_demonstration()
    before = Meeting.objects.get(edition__slug=RUNNING)
    organiser = User.objects.get(email=ORGANISER)
    asked = ask_run(before.edition, actor=organiser, with_pending=True)

    publish(make_timetable(asked.pk, solver=solve), actor=organiser)

    now = Meeting.objects.get(pk=before.pk)
    assert (now.slot, now.table, now.call) == (before.slot, before.table, before.call)
    assert (now.is_by_video, is_call_held_at(now.call.call, timezone.now())) == (True, True)


def test_meetings_of_the_fair_that_is_over_move_on_with_it(time_machine):
    fill_demonstration()
    time_machine.move_to(timezone.now() + timedelta(days=3))

    run_all_steps()

    over = Edition.objects.get(slug=OVER)
    slots = over.meeting_slots.order_by("begins")
    assert [slots.first().on, slots.last().on] == [over.starts_on, over.ends_on]
    assert {slot.on == slot.begins.date() for slot in slots} == {True}
