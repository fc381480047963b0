"""Meetings end with their edition, and are cancelled with one that does not take place."""

import pytest

from fairs.editions.actions import withdraw_edition
from matchmaking.meetings.states import MeetingState
from matchmaking.models import Matching, Meeting, Seat
from matchmaking.parties.actions import end_with_edition
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from matchmaking.requests.states import RequestState
from moussem.core.models import OutboxMessage
from tests.factories.matchmaking import buyer_at, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_withdrawn_edition_cancels_its_meetings_and_tells_both_who_meet(
    live, books, django_capture_on_commit_callbacks
):
    meeting = books()
    OutboxMessage.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_edition(live.edition, actor=live.organiser, reason="The hall burnt down.")

    meeting.refresh_from_db()
    assert (meeting.state, meeting.reason) == (MeetingState.CANCELLED, "The hall burnt down.")
    assert not Seat.objects.exists()
    assert Matching.objects.get().state == MatchingState.ENDED
    written = [one.payload for one in OutboxMessage.objects.all()]
    told = [one for one in written if "is cancelled" in one["subject"]]
    assert {one["to"] for one in told} == {live.buys.email, live.sells.email}
    assert {one["invitation"]["method"] for one in told} == {"CANCEL"}


def test_an_edition_that_is_over_keeps_its_meetings_and_lets_requests_lapse(
    live, books, django_capture_on_commit_callbacks
):
    books()
    other = buyer_at(live.edition)
    waiting = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])

    with django_capture_on_commit_callbacks(execute=True):
        end_with_edition(live.edition)
        end_with_edition(live.edition)

    waiting.refresh_from_db()
    assert waiting.state == RequestState.LAPSED
    assert Meeting.objects.get().state == MeetingState.BOOKED
