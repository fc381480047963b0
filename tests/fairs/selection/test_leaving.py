"""Whoever gives its place back holds nothing any more, in one write; the clock mends what a fault left."""

import pytest

from fairs.applications.actions import withdraw_application
from fairs.applications.states import ApplicationState
from fairs.badges.actions import name_for_stand
from fairs.floor.actions import allot_booth, start_hall
from fairs.models import Allotment, Application, Attendance, Badge, Exhibitor
from fairs.selection.events import exhibitor_left
from fairs.selection.tasks import settle_places
from fairs.sessions.actions import take_seat
from moussem.core.models import LogEntry
from tests.factories.fairs import who_applies, who_runs
from tests.factories.floor import NAMES, TABLE
from tests.factories.guests import visitor
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging
from tests.factories.sessions import SessionFactory, release
from tests.fairs.selection.test_deciding import decided, state

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def exhibiting(places=1):
    """An exhibitor with a booth, a badge and a seat, and one that waits: ``application, waiting``."""
    edition = judging(places=places)
    strong, weak = judged(edition, 3), judged(edition, 1)
    decided(edition)
    person = who_applies(strong)
    hall = start_hall(edition, actor=who_runs(edition), table=TABLE, **NAMES)
    allot_booth(hall.booths.first(), strong.exhibitor, actor=who_runs(edition))
    name_for_stand(strong.exhibitor, actor=person, member=person)
    session = SessionFactory(edition=edition)
    release(edition)
    take_seat(session.showing, actor=person)
    return strong, weak


def held(application):
    """What rooms hold for an exhibitor: ``booths, badges, seats``."""
    person = who_applies(application)
    return (
        Allotment.objects.current().filter(exhibitor__application=application).count(),
        Badge.objects.filter(person=person, state="issued").count(),
        Attendance.objects.filter(person=person).exclude(state="gone").count(),
    )


def left_at(application):
    return Exhibitor.objects.get(application=application).left_at


def test_withdrawal_gives_back_place_booth_badge_and_seat_in_its_own_write():
    application, _waiting = exhibiting()
    assert held(application) == (1, 1, 1)

    withdraw_application(application, actor=who_applies(application))

    assert (left_at(application) is not None, held(application)) == (True, (0, 0, 0))


def test_fault_on_the_way_leaves_the_withdrawal_undone():
    application, _waiting = exhibiting()

    def fails(**facts):
        raise RuntimeError("the disk is full")

    exhibitor_left.within(order=99)(fails)
    try:
        with pytest.raises(RuntimeError):
            withdraw_application(application, actor=who_applies(application))
    finally:
        exhibitor_left._parts.pop()

    assert (state(application), left_at(application)) == (ApplicationState.ACCEPTED, None)
    assert held(application) == (1, 1, 1)


def test_clock_mends_what_a_fault_left_and_lets_in_who_waits():
    application, waiting = exhibiting()
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.WITHDRAWN)

    settle_places()

    assert (left_at(application) is not None, held(application)) == (True, (0, 0, 0))
    assert state(waiting) == ApplicationState.ACCEPTED


def test_clock_frees_what_is_held_for_who_left_and_writes_nothing_the_second_time():
    application, _waiting = exhibiting()
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.WITHDRAWN)
    Exhibitor.objects.filter(application=application).update(left_at=application.sent_at)

    settle_places()
    written = LogEntry.objects.count()
    settle_places()

    assert (held(application), LogEntry.objects.count()) == ((0, 0, 0), written)


def test_somebody_of_the_exhibitor_who_comes_otherwise_keeps_the_seat():
    application, _waiting = exhibiting()
    person = who_applies(application)
    visitor(application.edition, person)
    stranger = UserFactory()
    visitor(application.edition, stranger)
    take_seat(application.edition.sessions.get().showing, actor=stranger)

    withdraw_application(application, actor=person)

    assert set(Attendance.objects.exclude(state="gone").values_list("person", flat=True)) == {
        person.pk,
        stranger.pk,
    }


def test_who_left_another_edition_keeps_what_it_holds_here():
    application, _waiting = exhibiting()
    other, _other = exhibiting()

    withdraw_application(other, actor=who_applies(other))

    assert (held(application), held(other)) == ((1, 1, 1), (0, 0, 0))
