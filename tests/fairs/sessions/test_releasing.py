from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import override
from icalendar import Calendar

from fairs.sessions.actions import (
    call_off_session,
    give_up_seat,
    release_programme,
    restore_session,
    take_seat,
)
from fairs.sessions.errors import NothingToRelease
from fairs.sessions.models import Change, Release, Session, Showing
from fairs.sessions.queries import pending_of
from fairs.sessions.sentences import said_of_change
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.people import UserFactory
from tests.factories.sessions import (
    BEFORE,
    ZONE,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    attendee,
    organiser,
    release,
    shown_session,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def told(change):
    return said_of_change(change.kind, change.facts, ZONE)


def move(session, **by):
    span = {"begins_at": session.begins_at + timedelta(**by), "ends_at": session.ends_at + timedelta(**by)}
    Session.objects.filter(pk=session.pk).update(**span)


def asked(sent):
    (calendar,) = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    event = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")[0]
    return calendar.get_param("method"), int(event["sequence"]), event.decoded("dtstart")


def test_visitors_see_nothing_before_the_first_release_and_then_all_of_it():
    session = SessionFactory()
    session.speakers.add(SpeakerFactory(edition=session.edition))

    version = release(session.edition)

    showing = Showing.objects.get()
    assert (version.number, showing.sequence, showing.label) == (1, 0, "Saffron by lots")
    assert [one.label for one in showing.speakers] == ["Ilham Tazi"]
    assert [told(one) for one in Change.objects.all()] == [
        "“Saffron by lots” is new: Monday 6 May, 10:00, Room Toubkal."
    ]
    assert LogEntry.objects.get(verb="programme_released").facts == {"number": 1, "changes": 1}


def test_visitors_see_the_last_release_until_the_next():
    session = shown_session()
    move(session, hours=2)

    assert Showing.objects.get().begins_at == session.begins_at
    assert [one.kinds for one in pending_of(session.edition)] == [("moved",)]

    release(session.edition)
    showing = Showing.objects.get()
    assert (showing.begins_at, showing.sequence, showing.release.number) == (
        *(session.begins_at + timedelta(hours=2), 1),
        2,
    )
    assert pending_of(session.edition) == []


def test_change_is_told_in_three_languages():
    session = shown_session()
    move(session, days=1)
    Session.objects.update(room=RoomFactory(edition=session.edition, name_en="B", name_fr="B", name_ar="ب"))
    release(session.edition)
    moved, room = Change.objects.filter(release__number=2)

    assert [told(moved), told(room)] == [
        "“Saffron by lots” moves from Monday 6 May, 10:00 to Tuesday 7 May, 10:00.",
        "“Saffron by lots” is held in B instead of Room Toubkal.",
    ]
    with override("ar"):
        assert "الزعفران بالدفعات" in told(moved)
        assert "قاعة توبقال" in told(room)


def test_nothing_is_released_twice():
    session = shown_session()

    with pytest.raises(NothingToRelease):
        release(session.edition)

    assert (Release.objects.count(), Change.objects.count()) == (1, 1)


def test_nobody_else_releases():
    session = SessionFactory()

    with pytest.raises(NotYours):
        release_programme(session.edition, actor=UserFactory())

    assert (Release.objects.count(), Showing.objects.count(), mail.outbox) == (0, 0, [])


def test_who_keeps_a_session_that_moved_is_asked_to_move_it():
    session = shown_session()
    guest = attendee(session.edition, language="fr")
    take_seat(session.showing, actor=guest, now=BEFORE)
    move(session, hours=3)
    mail.outbox.clear()

    release(session.edition)

    (sent,) = mail.outbox
    assert sent.to == [guest.email]
    assert "Le safran par lots" in sent.subject
    assert asked(sent) == ("REQUEST", 2, session.begins_at + timedelta(hours=3))


def test_who_keeps_a_cancelled_session_is_told_and_asked_again_when_it_is_held():
    session = shown_session(capacity=1)
    seated, waiting = attendee(session.edition), attendee(session.edition)
    for guest in (seated, waiting):
        take_seat(session.showing, actor=guest, now=BEFORE)
    mail.outbox.clear()
    actor = organiser(session.edition)

    call_off_session(session, actor=actor)
    assert mail.outbox == []
    release(session.edition)
    assert [one.to for one in mail.outbox] == [[seated.email], [waiting.email]]
    assert asked(mail.outbox[0])[:2] == ("CANCEL", 2)
    assert mail.outbox[1].message().get_content_type() == "text/plain"

    restore_session(session, actor=actor)
    release(session.edition)
    assert mail.outbox[2].to == [seated.email]
    assert asked(mail.outbox[2])[:2] == ("REQUEST", 3)


def test_seat_given_up_while_a_session_was_cancelled_goes_to_who_waits_when_it_is_held():
    session = shown_session(capacity=1)
    first, second = (
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE) for _n in range(2)
    )
    actor = organiser(session.edition)
    call_off_session(session, actor=actor)
    release(session.edition)
    give_up_seat(first, actor=first.person, now=BEFORE)
    restore_session(session, actor=actor)
    mail.outbox.clear()

    release(session.edition)

    session.refresh_from_db()
    second.refresh_from_db()
    assert (session.taken, second.state) == (1, "seated")
    assert [one.to for one in mail.outbox] == [[second.person.email]]


def test_corrected_text_is_no_news_by_mail():
    session = shown_session()
    take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    Session.objects.update(text_en="About saffron.")
    mail.outbox.clear()

    release(session.edition)

    assert (mail.outbox, Showing.objects.get().sequence) == ([], 1)
    assert told(Change.objects.last()) == "“Saffron by lots” is described anew."


def test_change_of_a_session_that_has_begun_is_no_news_by_mail():
    session = shown_session()
    take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    Session.objects.filter(pk=session.pk).update(room=RoomFactory(edition=session.edition))
    mail.outbox.clear()

    release(session.edition, session.begins_at)

    assert mail.outbox == []
    assert Showing.objects.get().sequence == 1


def test_change_is_told_until_the_very_moment_a_session_begins():
    session = shown_session()
    take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    Session.objects.filter(pk=session.pk).update(room=RoomFactory(edition=session.edition))
    mail.outbox.clear()

    release(session.edition, session.begins_at - timedelta(seconds=1))

    assert len(mail.outbox) == 1


def test_seat_of_a_cancelled_session_is_given_up_without_a_second_cancellation():
    session = shown_session()
    kept = take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    call_off_session(session, actor=organiser(session.edition))
    release(session.edition)
    assert asked(mail.outbox[-1])[0] == "CANCEL"
    mail.outbox.clear()

    give_up_seat(kept, actor=kept.person, now=BEFORE)

    assert mail.outbox == []


def test_seat_of_a_session_that_has_begun_is_given_up_without_a_mail():
    session = shown_session(capacity=1)
    kept, waits = (take_seat(session.showing, actor=attendee(session.edition), now=BEFORE) for _n in range(2))
    mail.outbox.clear()

    give_up_seat(kept, actor=kept.person, now=session.begins_at)

    waits.refresh_from_db()
    assert (mail.outbox, waits.state) == ([], "waiting")
