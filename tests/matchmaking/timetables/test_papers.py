"""What stands on the sheet of each person, and who may have it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from fairs.sessions.actions import take_seat
from matchmaking.models import Meeting, Request
from matchmaking.timetables.actions import publish
from matchmaking.timetables.papers import agendas
from tests.factories.matchmaking import meeting_edition, speaker_of
from tests.factories.people import UserFactory
from tests.factories.sessions import SessionFactory, release

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SHEETS_QUERIES = 6


def own(edition):
    return reverse("matchmaking:own_agenda", args=[edition.slug])


def rows_of(sheet):
    return [row for day in sheet["days"] for row in day["rows"]]


def sheet_of(fair, party, **told):
    (sheet,) = agendas(fair.edition, delegate=party.delegates.get().pk, **told)
    return sheet


def test_a_sheet_says_whom_somebody_meets_about_how_much_of_what(fair, makes):
    line, them = fair.requests[2].lines.get(), speaker_of(fair.exporters[0])
    line.quantity, line.unit = Decimal("250"), "kg"
    line.save()
    them.first_name, them.last_name = "Malika", "Amrani"
    them.save()
    publish(makes(), actor=fair.organiser)

    (row,) = rows_of(sheet_of(fair, fair.buyers[1]))

    assert row["what"] == fair.exporters[0].organisation.label
    assert row["more"] == f"Malika Amrani · {fair.family.label}, 250\N{NO-BREAK SPACE}kg"


@pytest.mark.parametrize("meetings", [1, 3])
def test_sheets_ask_as_much_for_three_meetings_as_for_one(fair, makes, django_assert_num_queries, meetings):
    gone = [one.pk for one in fair.requests[meetings:]]
    Request.objects.filter(pk__in=gone).update(state="withdrawn")
    publish(makes(), actor=fair.organiser)

    with django_assert_num_queries(SHEETS_QUERIES):
        agendas(fair.edition)


def test_sessions_that_are_kept_stand_between_the_meetings(fair, makes):
    person = speaker_of(fair.buyers[0])
    session = SessionFactory(edition=fair.edition)
    release(fair.edition)
    publish(makes(), actor=fair.organiser)
    session.refresh_from_db()
    take_seat(session.showing, actor=person)

    rows = rows_of(sheet_of(fair, fair.buyers[0]))

    told = [(row["what"], row["where"]) for row in rows if row["more"] == "session"]
    assert told == [(session.showing.label, session.showing.room.label)]
    assert (len(rows), len(rows_of(sheet_of(fair, fair.buyers[1])))) == (3, 1)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_an_old_sheet_is_told_from_a_new_one_by_its_foot(fair, makes, language):
    publish(makes(), actor=fair.organiser)
    with time_machine.travel(datetime(2026, 6, 3, 9, 22, tzinfo=UTC), tick=False):
        first = sheet_of(fair, fair.buyers[0], language=language)
    gone = Meeting.objects.get(request=fair.requests[2])
    gone.seats.all().delete()
    Meeting.objects.filter(pk=gone.pk).update(state="cancelled")
    publish(makes(), actor=fair.organiser)
    with time_machine.travel(datetime(2026, 6, 3, 11, 5, tzinfo=UTC), tick=False):
        second = sheet_of(fair, fair.buyers[0], language=language)

    assert first["language"] == language
    assert ["10:22" in first["foot"], "12:05" in second["foot"]] == [True, True]
    assert [" 1" in first["foot"], " 2" in second["foot"]] == [True, True]


def test_a_sheet_of_meetings_without_a_timetable_says_when_it_was_printed(fair, makes):
    publish(makes(), actor=fair.organiser)
    fair.edition.timetables.all().delete()

    assert sheet_of(fair, fair.buyers[0])["foot"].startswith("Printed on ")


def test_whoever_meets_takes_their_own_agenda_along(client, fair, makes):
    publish(makes(), actor=fair.organiser)
    person = speaker_of(fair.buyers[1])
    client.force_login(person)

    agenda = client.get(reverse("fairs:agenda", args=[fair.edition.slug])).content.decode()
    answer = client.get(own(fair.edition))

    assert f'href="{own(fair.edition)}"' in agenda and "Print this page" not in agenda
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"


def test_an_agenda_in_which_nothing_stands_is_not_printed(client, fair):
    client.force_login(speaker_of(fair.buyers[1]))

    agenda = client.get(reverse("fairs:agenda", args=[fair.edition.slug])).content.decode()

    assert (own(fair.edition) in agenda, client.get(own(fair.edition)).status_code) == (False, 404)


def test_nobody_else_has_the_agenda_of_a_delegate(client, fair, makes):
    publish(makes(), actor=fair.organiser)
    others = reverse("matchmaking:agenda_pdf", args=[fair.edition.slug, fair.exporters[0].delegates.get().pk])

    assert client.get(own(fair.edition)).status_code == 302
    for who in (UserFactory(), fair.organiser):
        client.force_login(who)
        assert client.get(own(fair.edition)).status_code == 404
    client.force_login(speaker_of(fair.buyers[0]))
    assert [client.get(one).status_code for one in (others, own(meeting_edition()))] == [404, 404]
