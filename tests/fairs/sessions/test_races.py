"""Many at once, on a database with row locks."""

from django.core import mail

from fairs.sessions.actions import give_up_seat, plan_session, release_programme, take_seat
from fairs.sessions.models import Attendance, Release, Session
from moussem.core.errors import Refusal
from tests.factories.sessions import BEFORE, SessionFactory, attendee, organiser, shown_session
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def count(session, state):
    return session.attendances.filter(state=state).count()


def test_fifty_people_find_ten_seats_and_the_others_wait():
    session = shown_session(capacity=10)
    people = [attendee(session.edition) for _number in range(50)]

    at_once(*[lambda who=who: take_seat(session.showing, actor=who, now=BEFORE) for who in people])

    session.refresh_from_db()
    assert (session.taken, count(session, "seated"), count(session, "waiting")) == (10, 10, 40)
    assert len(mail.outbox) == 10


def test_one_person_who_presses_many_times_at_once_has_one_seat():
    session = shown_session(capacity=10)
    guest = attendee(session.edition)

    at_once(*[lambda: take_seat(session.showing, actor=guest, now=BEFORE)] * 8)

    session.refresh_from_db()
    assert (session.taken, Attendance.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_seats_given_up_at_once_go_to_those_who_wait():
    session = shown_session(capacity=5)
    kept = [take_seat(session.showing, actor=attendee(session.edition), now=BEFORE) for _number in range(12)]

    at_once(*[lambda one=one: give_up_seat(one, actor=one.person, now=BEFORE) for one in kept[:5]])

    session.refresh_from_db()
    assert (session.taken, count(session, "seated"), count(session, "waiting")) == (5, 5, 2)


def test_fewer_seats_and_one_more_guest_at_once_never_meet_in_the_middle():
    session = shown_session(capacity=2)
    take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    guest, actor = attendee(session.edition), organiser(session.edition)

    at_once(
        lambda: take_seat(session.showing, actor=guest, now=BEFORE),
        lambda: plan_session(session.edition, actor=actor, session=session, speakers=[], capacity=1),
    )

    kept = Session.objects.get()
    assert kept.taken == count(session, "seated") <= kept.capacity


def test_programme_released_twice_at_once_is_one_version():
    session = SessionFactory()
    actor = organiser(session.edition)

    answers = at_once(*[lambda: release_programme(session.edition, actor=actor, now=BEFORE)] * 3)

    assert [one.code for one in answers if isinstance(one, Refusal)] == ["nothing_to_release"] * 2
    assert Release.objects.count() == 1
