"""Other days of an edition neither lose nor hide its planned sessions."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from fairs.editions.actions import plan_days
from fairs.editions.grid import Opening
from fairs.editions.todo import agendas_of
from fairs.sessions.errors import SessionsOutside
from fairs.sessions.models import Release, Session
from tests.factories.sessions import BEFORE, FIRST, ProgrammeEditionFactory, SessionFactory, organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def planned(edition, first, *, closes=time(18), **told):
    days = [Opening(first + timedelta(days=number), time(9), closes) for number in range(3)]
    told |= {"breaks": [], "meeting_minutes": 20, "between_minutes": 5}
    return plan_days(edition, actor=organiser(edition), days=days, **told)


@pytest.mark.parametrize(("later", "closes"), [(7, time(18)), (0, time(10, 30))])
def test_days_that_leave_a_session_outside_are_refused_by_its_name(later, closes):
    edition = ProgrammeEditionFactory()
    SessionFactory(edition=edition)
    SessionFactory(edition=edition, is_cancelled=True, name_en="Cancelled")

    with pytest.raises(SessionsOutside) as refused:
        planned(edition, FIRST + timedelta(days=later), closes=closes)

    assert refused.value.facts == {"sessions": "“Saffron by lots”"}
    edition.refresh_from_db()
    assert edition.starts_on == FIRST


def test_sessions_move_along_where_that_is_asked():
    edition = ProgrammeEditionFactory()
    one = SessionFactory(edition=edition)

    planned(edition, FIRST + timedelta(days=7), along=True)

    assert Session.objects.get().begins_at == one.begins_at + timedelta(days=7)


def test_session_that_stood_outside_before_hinders_no_other_hours():
    edition = ProgrammeEditionFactory()
    SessionFactory(edition=edition, hour=20)

    planned(edition, FIRST, closes=time(17))

    assert {day.closes for day in edition.days.all()} == {time(17)}


def test_board_lists_sessions_that_cannot_be_held():
    edition = ProgrammeEditionFactory()
    SessionFactory(edition=edition, hour=20)
    SessionFactory(edition=edition)

    told = [(one.count, one.text) for one in agendas_of([edition])[edition.pk].now]

    assert (1, "session cannot be held as it is planned") in told


def test_programme_with_a_conflict_is_released_once_it_was_said_so(client):
    edition = ProgrammeEditionFactory()
    SessionFactory(edition=edition, hour=20)
    client.force_login(organiser(edition))
    page = reverse("fairs:release", args=[edition.slug])

    asked = client.post(page, follow=True)

    assert asked.redirect_chain == [(page, 302)]
    assert [[one.sentence for one in why] for _one, why in asked.context["troubles"]] == [
        ["The doors are closed during a part of it."]
    ]
    assert Release.objects.count() == 0
    client.post(page, {"all_the_same": "on"})
    assert Release.objects.count() == 1


def test_sessions_that_move_along_keep_their_hours_by_the_clocks_of_another_zone():
    edition = ProgrammeEditionFactory()
    one = SessionFactory(edition=edition)

    planned(edition, FIRST, along=True, time_zone="Asia/Tokyo")

    # Ten in Tokyo comes nine hours before ten in Casablanca.
    assert Session.objects.get().begins_at == one.begins_at - timedelta(hours=9)
    edition.refresh_from_db()
    assert edition.time_zone == "Asia/Tokyo"


def test_board_of_a_running_fair_lists_no_session_that_is_over():
    edition = ProgrammeEditionFactory(state="running")
    SessionFactory(edition=edition, hour=20)
    SessionFactory(edition=edition, hour=20, day=1)

    agenda = agendas_of([edition], BEFORE + timedelta(days=6))[edition.pk]

    told = [(one.count, one.due) for one in agenda.now if one.address == "fairs:plan"]
    assert told == [(1, edition.doors_close_at)]
