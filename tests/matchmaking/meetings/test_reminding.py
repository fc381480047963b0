"""Both who meet are reminded a day, an hour and ten minutes before, each time once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from matchmaking.meetings.actions import cancel_meeting, move_meeting, remind_of_meetings
from moussem.core.models import OutboxMessage

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def every_five_minutes(begins, minutes):
    for before in range(minutes, 0, -5):
        with time_machine.travel(begins - timedelta(minutes=before), tick=False):
            remind_of_meetings()


@pytest.fixture
def meeting(books):
    booked = books(0)
    mail.outbox.clear()
    return booked


def test_each_reminder_is_written_once_to_each_of_the_two(live, meeting):
    every_five_minutes(meeting.slot.begins, 25 * 60)

    keys = OutboxMessage.objects.filter(key__startswith="meeting-reminder:").order_by("pk")
    leads = [int(key.rpartition(":")[2]) for key in keys.values_list("key", flat=True)]
    assert leads == [1440, 1440, 60, 60, 10, 10]
    read = [(one.to[0], one.subject) for one in mail.outbox if one.to == [live.buys.email]]
    party = live.exporter.organisation.label
    begins = ("In a day", "In an hour", "In a few minutes")
    assert read == [(live.buys.email, f"{begin} you meet {party}") for begin in begins]


def test_a_reminder_speaks_the_language_and_tells_the_hours_of_its_reader(live, meeting):
    live.buys.language = "fr"
    live.buys.save()
    live.buyer.delegates.update(time_zone="America/New_York")

    remind_of_meetings(meeting.slot.begins - timedelta(minutes=9))

    (read,) = [one for one in mail.outbox if one.to == [live.buys.email]]
    assert "heure de New York" in read.body and "heure du Maroc" in read.body
    assert live.exporter.organisation.label in read.subject


def test_a_moved_meeting_is_reminded_by_its_new_time(live, meeting):
    every_five_minutes(meeting.slot.begins, 70)
    with time_machine.travel(meeting.slot.begins - timedelta(minutes=4), tick=False):
        # The same hour of the next day.
        later = next(one for one in live.slots if one.begins >= meeting.slot.begins + timedelta(hours=24))
        move_meeting(meeting, actor=live.buys, slot=later)
    mail.outbox.clear()

    every_five_minutes(later.begins, 24 * 60)

    assert len(mail.outbox) == 6


def test_nobody_is_reminded_of_a_cancelled_meeting(live, meeting):
    cancel_meeting(meeting, actor=live.organiser)

    assert remind_of_meetings(meeting.slot.begins - timedelta(minutes=9)) == 0
