"""What an edition waits for from its organiser: the most pressing first, each with its page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.editions.queries import public_editions
from fairs.editions.states import EditionState
from fairs.editions.todo import agendas_of
from fairs.models import Guest
from moussem.organisations.states import Verification
from tests.factories.fairs import ApplicationFactory, DeadlineFactory, EditionFactory
from tests.factories.guests import buyer
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]


def told(todos):
    return [(todo.count, todo.address) for todo in todos]


def agenda_of(edition):
    return agendas_of([edition])[edition.pk]


def test_draft_waits_for_its_texts_before_all_else():
    edition = EditionFactory(summary_ar="", place_en="", place_fr="", place_ar="")

    agenda = agenda_of(edition)

    assert (agenda.first.address, agenda.first.count, agenda.first.due) == ("fairs:texts", None, None)


def test_draft_that_lacks_nothing_is_announced_first():
    agenda = agenda_of(EditionFactory())

    assert (agenda.first.address, agenda.first.is_on_board) == ("fairs:board", True)


def test_what_is_due_first_stands_first_and_what_is_late_says_so():
    edition = EditionFactory(announced=True, mode="digital")
    DeadlineFactory(edition=edition)
    guest = buyer(edition, verification=Verification.DECLARED)
    Guest.objects.filter(pk=guest.pk).update(asked_at=timezone.now() - timedelta(hours=50))

    agenda = agenda_of(edition)

    assert told([agenda.first]) == [(1, "fairs:vet")]
    assert agenda.at - agenda.first.due == timedelta(hours=2)


def test_decision_is_told_for_later_while_the_call_is_open():
    edition = EditionFactory(announced=True)
    deadline = DeadlineFactory(edition=edition)
    ApplicationFactory(edition=edition, sent=True)

    agenda = agenda_of(edition)

    assert told(agenda.later) == [(1, "fairs:selection")]
    assert agenda.later[0].begins.date() == deadline.last_day
    assert (1, "fairs:selection") in told(agenda.now)


def test_jury_is_asked_before_a_door_is_added_also_before_anybody_applied():
    edition = EditionFactory(announced=True)
    leading = agenda_of(edition).first.address
    deadline = DeadlineFactory(edition=edition)

    agenda = agenda_of(edition)

    addresses = ["fairs:selection", "fairs:plan_selection", "fairs:selection", "fairs:doors"]
    assert (leading, [todo.address for todo in agenda.now][:4]) == ("fairs:asked", addresses)
    assert {todo.due.date() for todo in agenda.now[:3]} == {deadline.last_day}


def test_nothing_is_late_in_a_selection_that_nobody_applied_for():
    edition = EditionFactory(announced=True)
    DeadlineFactory(edition=edition, last_day=timezone.localdate() - timedelta(days=1))

    assert [todo.due for todo in agenda_of(edition).now if todo.address == "fairs:selection"] == [None] * 2


@pytest.mark.parametrize("many", [1, 3])
def test_agendas_of_many_editions_ask_as_often_as_that_of_one(many, django_assert_num_queries):
    editions = EditionFactory.create_batch(many, announced=True)
    for edition in editions:
        Guest.objects.create(edition=edition, person=UserFactory())
    read = list(public_editions())

    with django_assert_num_queries(5):
        assert [len(agenda.now) for agenda in agendas_of(read).values()] == [6] * many


def test_nothing_waits_in_an_edition_that_was_withdrawn():
    agenda = agenda_of(EditionFactory(state=EditionState.WITHDRAWN))

    assert (agenda.now, agenda.later, agenda.coming) == ([], [], None)
