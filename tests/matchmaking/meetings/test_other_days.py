"""Other days of an edition do not take a booked meeting from those who agreed on it."""

from datetime import time, timedelta

import pytest

from fairs.editions.actions import plan_days
from fairs.editions.grid import Opening
from matchmaking.meetings.actions import cancel_meeting
from matchmaking.meetings.errors import MeetingsOutside

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def planned(live, later):
    on = live.edition.starts_on + timedelta(days=later)
    told = {"breaks": [], "meeting_minutes": 20, "between_minutes": 5, "actor": live.organiser}
    return plan_days(live.edition, days=[Opening(on, time(9), time(18))], **told)


def test_days_without_a_booked_meeting_are_refused_until_it_is_cancelled(live, books):
    meeting = books()

    with pytest.raises(MeetingsOutside) as refused:
        planned(live, 7)

    assert refused.value.facts == {"count": 1}
    live.edition.refresh_from_db()
    first = live.edition.starts_on
    cancel_meeting(meeting, actor=live.organiser, reason="Other days.")
    assert planned(live, 7).starts_on == first + timedelta(days=7)
