from datetime import timedelta

import pytest
from django.core import mail

from fairs.sessions.actions import call_off_session, give_up_seat, remind, take_seat
from fairs.sessions.models import Session
from moussem.core.models import OutboxMessage
from tests.factories.sessions import BEFORE, attendee, organiser, release, shown_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    return shown_session(capacity=2)


@pytest.fixture
def kept(session):
    seat = take_seat(session.showing, actor=attendee(session.edition, language="ar"), now=BEFORE)
    mail.outbox.clear()
    return seat


def every_five_minutes(begins, minutes):
    for before in range(minutes, 0, -5):
        remind(begins - timedelta(minutes=before))


def test_each_reminder_is_written_once_in_the_language_of_its_reader(session, kept):
    every_five_minutes(session.begins_at, 25 * 60)

    keys = OutboxMessage.objects.filter(key__startswith="reminder:").values_list("key", flat=True)
    assert [int(key.rpartition(":")[2]) for key in keys.order_by("pk")] == [1440, 60, 10]
    assert [one.to for one in mail.outbox] == [[kept.person.email]] * 3
    assert all("الزعفران بالدفعات" in one.subject for one in mail.outbox)


def test_moved_session_is_reminded_by_its_new_time(session, kept):
    every_five_minutes(session.begins_at, 70)
    later = session.begins_at + timedelta(hours=30)
    Session.objects.update(begins_at=later, ends_at=later + timedelta(hours=1))
    release(session.edition, now=session.begins_at - timedelta(minutes=4))
    mail.outbox.clear()

    every_five_minutes(later, 25 * 60)

    assert len(mail.outbox) == 3


def test_nobody_is_reminded_of_what_is_cancelled_given_up_or_waited_for(session, kept):
    gone = take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    give_up_seat(gone, actor=gone.person, now=BEFORE)
    call_off_session(session, actor=organiser(session.edition))
    release(session.edition)
    mail.outbox.clear()

    assert remind(session.begins_at - timedelta(hours=1)) == 0
    assert mail.outbox == []


def test_who_waits_is_not_reminded(session, kept):
    for _number in range(2):
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)

    assert remind(session.begins_at - timedelta(minutes=9)) == 2


def test_reminder_says_the_hour_of_the_readers_own_clocks(session):
    guest = attendee(session.edition, time_zone="Asia/Tokyo")
    take_seat(session.showing, actor=guest, now=BEFORE)
    mail.outbox.clear()

    remind(session.begins_at - timedelta(minutes=9))

    (sent,) = mail.outbox
    assert sent.subject == "In a few minutes: Saffron by lots"
    assert (
        "Monday 6 May, 10:00–11:00 (Moroccan time)\nMonday 6 May, 19:00–20:00 (Tokyo time)\nRoom Toubkal"
        in sent.body
    )
