from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from icalendar import Calendar

from fairs.editions.states import EditionState
from fairs.guests.actions import cancel_registration, refuse
from fairs.guests.models import Guest
from fairs.sessions.actions import (
    call_off_session,
    give_up_seat,
    open_calendar,
    plan_session,
    renew_calendar,
    take_seat,
)
from fairs.sessions.errors import RegistrationNeeded, SessionBegun, SessionGone
from fairs.sessions.models import Attendance, Session
from fairs.sessions.queries import address_of_calendar
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.badges import exhibitor_at
from tests.factories.people import UserFactory
from tests.factories.sessions import BEFORE, SessionFactory, attendee, organiser, release, shown_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def asked(sent):
    (calendar,) = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    event = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")[0]
    return calendar.get_param("method"), int(event["sequence"]), str(event["uid"])


def seated_at(session, count):
    people = [attendee(session.edition) for _number in range(count)]
    return [take_seat(session.showing, actor=person, now=BEFORE) for person in people]


def states(session):
    return list(session.attendances.order_by("pk").values_list("state", flat=True))


def test_kept_session_has_a_seat_and_a_mail_for_the_calendar():
    session = shown_session(capacity=3)
    guest = attendee(session.edition)

    take_seat(session.showing, actor=guest, now=BEFORE)

    session.refresh_from_db()
    assert (session.taken, states(session)) == (1, ["seated"])
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([guest.email], "In your agenda: Saffron by lots")
    assert asked(sent) == ("REQUEST", 1, f"{session.uid}@fairs.moussem")
    assert LogEntry.objects.get(subject_type="fairs.attendance").verb == "moved.seated"


def test_session_kept_twice_takes_one_seat():
    session = shown_session(capacity=3)
    guest = attendee(session.edition)

    first = take_seat(session.showing, actor=guest, now=BEFORE)
    second = take_seat(session.showing, actor=guest, now=BEFORE)

    session.refresh_from_db()
    assert (first.pk, session.taken, len(mail.outbox)) == (second.pk, 1, 1)


def test_who_finds_no_seat_waits_and_gets_the_one_given_up():
    session = shown_session(capacity=1)
    first, second, third = (
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE) for _n in range(3)
    )
    assert states(session) == ["seated", "waiting", "waiting"]
    mail.outbox.clear()

    give_up_seat(first, actor=first.person, now=BEFORE)

    session.refresh_from_db()
    assert (session.taken, states(session)) == (1, ["gone", "seated", "waiting"])
    assert [(one.to[0], asked(one)[0]) for one in mail.outbox] == [
        (first.person.email, "CANCEL"),
        (second.person.email, "REQUEST"),
    ]
    assert third.person.email not in str(mail.outbox[1].to)


def test_more_seats_go_to_those_who_wait():
    session = shown_session(capacity=1)
    for _number in range(4):
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    actor = organiser(session.edition)

    plan_session(session.edition, actor=actor, session=session, speakers=[], capacity=3)
    assert states(session) == ["seated"] * 3 + ["waiting"]
    plan_session(session.edition, actor=actor, session=session, speakers=[], capacity=None)

    session.refresh_from_db()
    assert (session.taken, states(session)) == (4, ["seated"] * 4)


def test_who_comes_back_waits_behind_the_others_and_calendars_take_the_later_word():
    session = shown_session(capacity=1)
    first, _second = (
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE) for _n in range(2)
    )
    give_up_seat(first, actor=first.person, now=BEFORE + timedelta(minutes=1))

    again = take_seat(session.showing, actor=first.person, now=BEFORE + timedelta(minutes=2))

    assert (again.pk, again.state, again.turn) == (first.pk, "waiting", 3)
    mine = [asked(one)[:2] for one in mail.outbox if one.to == [first.person.email]]
    assert mine == [("REQUEST", 1), ("CANCEL", 2)]


def test_database_holds_no_more_people_than_seats():
    session = SessionFactory(capacity=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.update(taken=3)

    session.refresh_from_db()
    assert session.taken == 0


def test_session_that_has_begun_is_not_kept():
    session = shown_session()

    with pytest.raises(SessionBegun):
        take_seat(session.showing, actor=attendee(session.edition), now=session.begins_at)

    assert (Attendance.objects.count(), mail.outbox) == (0, [])


def test_cancelled_session_is_not_kept():
    session = shown_session()
    call_off_session(session, actor=organiser(session.edition))
    release(session.edition)

    with pytest.raises(SessionGone):
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)

    assert (Attendance.objects.count(), mail.outbox) == (0, [])


def test_session_of_a_draft_edition_is_nobodys_to_keep():
    session = shown_session(edition__state=EditionState.DRAFT)

    with pytest.raises(NotYours):
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)

    assert Attendance.objects.count() == 0


def test_who_is_not_admitted_keeps_nothing():
    session = shown_session()

    with pytest.raises(RegistrationNeeded):
        take_seat(session.showing, actor=UserFactory(), now=BEFORE)

    assert (Attendance.objects.count(), mail.outbox) == (0, [])


def test_exhibitors_and_organisers_keep_sessions_without_a_registration():
    session = shown_session(capacity=5)
    _exhibitor, owner = exhibitor_at(session.edition)

    for person in (owner.user, organiser(session.edition)):
        take_seat(session.showing, actor=person, now=BEFORE)

    assert states(session) == ["seated", "seated"]


def test_registration_that_is_cancelled_or_refused_gives_the_seats_up(time_machine):
    time_machine.move_to(BEFORE)
    session = shown_session(capacity=1)
    people = [attendee(session.edition) for _number in range(3)]
    for person in people:
        take_seat(session.showing, actor=person, now=BEFORE)

    cancel_registration(Guest.objects.get(person=people[0]), actor=people[0])
    assert states(session) == ["gone", "seated", "waiting"]
    guest = Guest.objects.get(person=people[1])
    refuse(guest, actor=organiser(session.edition), seen=guest.digest, reason="Barred.")

    session.refresh_from_db()
    assert (session.taken, states(session)) == (1, ["gone", "gone", "seated"])


def test_nobody_gives_up_the_seat_of_another():
    session = shown_session()
    kept = take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    mail.outbox.clear()

    with pytest.raises(NotYours):
        give_up_seat(kept, actor=UserFactory(), now=BEFORE)

    assert (states(session), mail.outbox) == (["seated"], [])


def test_renewed_address_opens_the_calendar_and_the_one_before_nothing():
    guest = UserFactory()
    before = open_calendar(actor=guest).secret

    after = renew_calendar(actor=guest).secret

    assert (address_of_calendar(before), address_of_calendar(after).person) == (None, guest)
    assert before not in str(LogEntry.objects.values_list("facts", flat=True))


def test_page_says_what_somebody_gives_up_who_does_not_come(client, time_machine):
    time_machine.move_to(BEFORE)
    session = shown_session()
    person = attendee(session.edition)
    take_seat(session.showing, actor=person, now=BEFORE)
    client.force_login(person)
    address = reverse("fairs:cancel_registration", args=[session.edition.slug])

    page = client.get(address)

    assert (page.context["sessions"], page.context["meetings"]) == (1, 0)
    assert (states(session), Guest.objects.get(person=person).state) == (["seated"], "admitted")
    client.post(address)
    assert (states(session), Guest.objects.get(person=person).state) == (["gone"], "cancelled")
    assert client.get(address).status_code == 302
