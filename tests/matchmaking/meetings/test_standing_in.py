"""Where a side sends nobody, whoever is free later meets."""

import pytest

from matchmaking.meetings.actions import fill_in
from matchmaking.meetings.queries import without_somebody
from matchmaking.models import Meeting
from matchmaking.parties.actions import name_delegate, release_lost, set_absences
from matchmaking.parties.models import Delegate
from matchmaking.parties.queries import lost_now
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def left(live, books):
    """A meeting whose exporter left, and a colleague who is away in that slot."""
    colleague = member_of(live.exporter.organisation, Role.OWNER).user
    name_delegate(live.exporter, actor=live.sells, person=colleague)
    one = Delegate.objects.get(person=colleague)
    set_absences(one, actor=colleague, slots=[live.slots[0]])
    meeting = books(0)
    Membership.objects.filter(user=live.sells).update(is_active=False)
    release_lost(lost_now())
    assert list(without_somebody()) == [meeting]
    return meeting, one


def handed(meeting):
    return LogEntry.objects.filter(verb="meeting_handed_over", subject_id=str(meeting.pk)).count()


def test_nothing_is_done_twice_while_nobody_is_free(left):
    meeting, _colleague = left
    before = (Meeting.objects.get().sequence, handed(meeting), OutboxMessage.objects.count())

    fill_in()

    assert (Meeting.objects.get().sequence, handed(meeting), OutboxMessage.objects.count()) == before


def test_colleague_who_is_free_by_now_meets_and_is_told(left):
    meeting, colleague = left
    set_absences(colleague, actor=colleague.person, slots=[])
    OutboxMessage.objects.all().delete()

    fill_in()
    fill_in()

    meeting = Meeting.objects.get()
    assert (meeting.exporter, without_somebody().count()) == (colleague, 0)
    assert meeting.seats.filter(delegate=colleague, person=colleague.person).count() == 1
    assert {one.payload["to"] for one in OutboxMessage.objects.all()} == {colleague.person.email}
