"""What visitors read and keep."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from fairs.editions.states import EditionState
from fairs.sessions.actions import open_calendar, take_seat
from fairs.sessions.models import Attendance, CalendarAddress, Session
from tests.factories.people import UserFactory
from tests.factories.sessions import (
    BEFORE,
    ProgrammeEditionFactory,
    SessionFactory,
    TrackFactory,
    attendee,
    organiser,
    release,
    shown_session,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(name, session, **more):
    return reverse(f"fairs:{name}", args=[session.edition.slug], **more)


def page_of(session):
    return reverse("fairs:session", args=[session.edition.slug, session.pk])


def signed_in(client, **told):
    person = UserFactory(**told)
    client.force_login(person)
    return person


def shown(client, session, **asked):
    day = client.get(address("programme", session), asked).context["day"]
    cells = [cell for row in day.rows for cell in row.cells] if day else []
    return [cell.showing.session_id for cell in cells if cell.showing]


@pytest.fixture
def programme():
    edition = ProgrammeEditionFactory()
    quality, export = TrackFactory(edition=edition), TrackFactory(edition=edition, position=1)
    first = SessionFactory(edition=edition, track=quality, languages=["ar"], interpretation=["en"])
    second = SessionFactory(edition=edition, track=export, mode="digital", hour=11)
    third = SessionFactory(edition=edition, day=1)
    release(edition)
    return first, second, third


@pytest.mark.parametrize("sessions", [1, 3])
def test_programme_takes_as_many_queries_for_three_sessions_as_for_one(
    client, django_assert_num_queries, sessions
):
    edition = ProgrammeEditionFactory()
    for number in range(sessions):
        SessionFactory(edition=edition, hour=9 + number, track=TrackFactory(edition=edition))
    release(edition)
    client.get("/en/fairs/")

    with django_assert_num_queries(8):
        client.get(reverse("fairs:programme", args=[edition.slug]))


@pytest.mark.parametrize("sessions", [1, 3])
def test_agenda_takes_as_many_queries_for_three_sessions_as_for_one(
    client, django_assert_num_queries, sessions
):
    edition, guest = ProgrammeEditionFactory(), signed_in(client)
    attendee(edition, guest)
    open_calendar(actor=guest)
    for number in range(sessions):
        SessionFactory(edition=edition, hour=9 + number)
    release(edition)
    for showing in edition.showings.all():
        take_seat(showing, actor=guest, now=BEFORE)

    with django_assert_num_queries(11):
        client.get(reverse("fairs:agenda", args=[edition.slug]))


def test_programme_shows_a_day_at_a_time_narrowed_by_track_room_language_and_mode(client, programme):
    first, second, third = programme

    assert shown(client, first) == [first.pk, second.pk]
    assert shown(client, first, day="2030-05-07") == [third.pk]
    assert shown(client, first, track=second.track_id) == [second.pk]
    assert shown(client, first, room=first.room_id) == [first.pk]
    assert shown(client, first, language="en") == [first.pk]
    assert shown(client, first, mode="digital") == [second.pk]
    assert shown(client, first, day="2030-05-07", mode="digital") == []
    unknown = {"day": "x", "track": "x", "room": "x", "language": "xx", "mode": "9" * 50}
    assert shown(client, first, **unknown) == [first.pk, second.pk]


def test_each_day_is_a_link_that_keeps_what_is_asked_and_says_how_much_it_holds(client, programme):
    first, *_others = programme

    page = client.get(address("programme", first), {"language": "fr", "day": "2030-05-07"})

    assert [(tab.address, tab.sessions, tab.is_current) for tab in page.context["tabs"]] == [
        ("?day=2030-05-06&language=fr", 1, False),
        ("?day=2030-05-07&language=fr", 1, True),
    ]
    assert page.context["every_day"] == "?day=all&language=fr"
    assert page.context["asked"].whole_day == "?day=2030-05-07"


def test_every_day_is_shown_in_short_for_a_paper(client, programme):
    first, second, third = programme

    page = client.get(address("programme", first), {"day": "all", "language": "fr"})

    assert [one.session_id for day in page.context["days"].values() for one in day] == [second.pk, third.pk]
    assert "timetable" not in page.content.decode()


def test_session_that_runs_now_is_marked(client, programme, time_machine):
    first, *_others = programme
    time_machine.move_to(first.begins_at + timedelta(minutes=30))

    page = client.get(address("programme", first))
    cells = [cell for row in page.context["day"].rows for cell in row.cells]
    assert [cell.showing.session_id for cell in cells if cell.is_now] == [first.pk]
    assert [tab.is_today for tab in page.context["tabs"]] == [True, False]
    assert page.content.decode().count("session--now") == 1


def test_hours_are_said_in_the_readers_zone_too_where_it_differs(client, programme):
    first, *_others = programme
    here = client.get(page_of(first)).content.decode()
    signed_in(client, time_zone="Asia/Tokyo")
    there = client.get(page_of(first)).content.decode()

    assert "10:00–11:00" in here
    assert "Tokyo" not in here
    assert "<bdi>Mon 19:00</bdi> in Tokyo" in there


def test_draft_of_a_session_shows_nothing_of_itself(client):
    session = shown_session()
    Session.objects.update(name_en="Secret")
    hidden = SessionFactory(edition=session.edition, name_en="Secret too")

    pages = [client.get(one) for one in (address("programme", session), page_of(session), page_of(hidden))]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert not any("Secret" in page.content.decode() for page in pages)


def test_programme_of_a_draft_edition_is_its_organisers_alone(client):
    session = shown_session(edition__state=EditionState.DRAFT)
    pages = ("programme", "programme_changes", "programme_calendar")

    assert [client.get(address(name, session)).status_code for name in pages] == [404] * 3
    client.force_login(organiser(session.edition))
    assert [client.get(address(name, session)).status_code for name in pages] == [200, 200, 404]


def test_changes_are_told_version_by_version(client):
    session = shown_session()
    Session.objects.update(is_cancelled=True)
    release(session.edition)

    page = client.get(address("programme_changes", session))

    assert [(one.number, [said for _c, said in told]) for one, told in page.context["releases"]] == [
        (2, ["“Saffron by lots” on Monday 6 May, 10:00 is cancelled."]),
        (1, ["“Saffron by lots” is new: Monday 6 May, 10:00, Room Toubkal."]),
    ]


def test_session_is_kept_and_given_up_by_a_button(client):
    session, guest = shown_session(), signed_in(client)
    attendee(session.edition, guest)
    keep, give_up = (
        reverse(f"fairs:{name}", args=[session.edition.slug, session.pk])
        for name in ("take_seat", "give_up_seat")
    )

    assert client.post(keep)["Location"] == page_of(session)
    assert "You have a seat" in client.get(page_of(session)).content.decode()
    agenda = address("agenda", session)
    assert client.post(give_up, {"next": agenda})["Location"] == agenda
    assert list(Attendance.objects.values_list("person", "state")) == [(guest.pk, "gone")]


def test_overlap_is_said_on_the_agenda(client):
    first, guest = shown_session(), signed_in(client)
    attendee(first.edition, guest)
    second = SessionFactory(edition=first.edition, name_en="By sea")
    release(first.edition)
    for showing in first.edition.showings.all():
        take_seat(showing, actor=guest, now=BEFORE)

    page = client.get(address("agenda", first)).content.decode()

    assert "At the same time: <bdi>By sea</bdi>" in page
    assert page.count("Give this one up") == 2
    assert "At the same time you keep" in client.get(page_of(second)).content.decode()


def test_calendar_of_an_edition_is_sent_again_only_when_it_changed(client):
    session = shown_session()
    first = client.get(address("programme_calendar", session))
    again = client.get(address("programme_calendar", session), headers={"if-none-match": first["ETag"]})
    Session.objects.update(is_cancelled=True)
    release(session.edition)
    changed = client.get(address("programme_calendar", session), headers={"if-none-match": first["ETag"]})

    assert (first["Content-Type"], first["Cache-Control"]) == (
        *("text/calendar; charset=utf-8",),
        "public, max-age=300",
    )
    assert [one.status_code for one in (first, again, changed)] == [200, 304, 200]
    told = [Calendar.from_ical(one.content).walk("VEVENT")[0] for one in (first, changed)]
    assert [(int(one["sequence"]), str(one["status"])) for one in told] == [
        (0, "CONFIRMED"),
        (1, "CANCELLED"),
    ]
    assert {str(one["uid"]) for one in told} == {f"{session.uid}@fairs.moussem"}


def test_own_calendar_holds_what_is_kept_in_its_persons_language(client):
    session = shown_session()
    guest = attendee(session.edition, language="ar")
    SessionFactory(edition=session.edition, name_ar="أخرى")
    release(session.edition)
    take_seat(session.showing, actor=guest, now=BEFORE)

    page = client.get(reverse("fairs:own_calendar", args=[open_calendar(actor=guest).secret]))

    (event,) = Calendar.from_ical(page.content).walk("VEVENT")
    assert (str(event["summary"]), str(event["location"])) == ("الزعفران بالدفعات", "قاعة توبقال، مراكش")
    assert page["Cache-Control"] == "private, no-cache"


def test_calendar_has_no_address_before_somebody_asks_for_one(client):
    session, guest = shown_session(), signed_in(client)
    attendee(session.edition, guest)

    assert client.get(address("agenda", session)).context["link"] == ""
    assert CalendarAddress.objects.count() == 0
    client.post(address("renew_calendar", session))
    kept = CalendarAddress.objects.get()
    assert (kept.person, client.get(address("agenda", session)).context["link"][-44:]) == (
        *(guest,),
        f"{kept.secret}.ics",
    )


def test_renewed_address_makes_the_old_one_unknown(client):
    session, guest = shown_session(), signed_in(client)
    attendee(session.edition, guest)
    before = reverse("fairs:own_calendar", args=[open_calendar(actor=guest).secret])

    client.post(address("renew_calendar", session))

    after = reverse("fairs:own_calendar", args=[CalendarAddress.objects.get().secret])
    assert [client.get(one).status_code for one in (before, after)] == [404, 200]
    assert mail.outbox == []


@pytest.mark.parametrize("number", ["0", "9" * 20, "9" * 4000])
def test_session_that_no_database_can_number_is_not_found(client, number):
    session = shown_session()
    signed_in(client)
    there = f"{address('programme', session)}{number}/"

    answers = [client.get(there), client.post(f"{there}keep/"), client.post(f"{there}give-up/")]
    assert [one.status_code for one in answers] == [404] * 3
