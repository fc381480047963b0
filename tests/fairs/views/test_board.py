"""What was done, on the board of an edition."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.views.board import done_last
from moussem.core.log import history_of, record
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_what_was_done_is_in_order_of_time_and_repetitions_are_one_line():
    edition, other = EditionFactory(), UserFactory()
    person = who_runs(edition)
    for actor, verb in (
        (person, "room_kept"),
        (person, "room_kept"),
        (other, "room_kept"),
        (person, "decided"),
    ):
        record(verb, edition, actor=actor)
    decided = history_of(edition).get(verb="decided")
    history_of(edition).filter(pk=decided.pk).update(at=timezone.now() - timedelta(days=1))

    done = [(one.entry.verb, one.entry.actor, one.times) for one in done_last(edition)]

    assert done == [("room_kept", other, 1), ("room_kept", person, 2), ("decided", person, 1)]
