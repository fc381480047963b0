"""What the demonstration shows of meetings, also when it is brought in again on another day."""

import pytest

from matchmaking.demonstration import RUNNING, VISITED, bring_in_the_meetings
from matchmaking.models import Request, Slot
from matchmaking.parties.queries import party_of
from matchmaking.requests.queries import accepted_of, closed_of, sent_by, to_answer
from matchmaking.requests.states import RequestState
from moussem.core.demonstration import run_step, steps_to_run
from moussem.people.models import User

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_every_list_has_something_to_show_and_a_second_day_begins_anew():
    for step in steps_to_run():
        run_step(step)
    bring_in_the_meetings()

    states = set(Request.objects.values_list("state", flat=True))
    assert states == {RequestState.PENDING, RequestState.ACCEPTED, RequestState.DECLINED}
    assert Request.objects.filter(held_slot__isnull=False).exists()
    assert Request.objects.count() == 60
    assert Slot.objects.count() == 54
    for email in VISITED:
        person = User.objects.get(email=email)
        party = party_of(person, Request.objects.filter(edition__slug=RUNNING).first().edition)
        lists = (to_answer, sent_by, accepted_of, closed_of)
        assert [one.__name__ for one in lists if not one(party).exists()] == []
