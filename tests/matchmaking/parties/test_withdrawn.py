"""Meetings of an edition that does not take place are arranged no more, whatever a page had read before."""

from functools import partial

import pytest

from fairs.editions.actions import withdraw_edition
from fairs.editions.errors import EditionWithdrawn
from fairs.editions.models import Edition
from matchmaking.parties.actions import lay_tables, plan_matching
from matchmaking.parties.models import Matching, MeetingTable
from matchmaking.parties.states import TableKind
from tests.factories.fairs import EditionFactory, who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("act", [plan_matching, partial(lay_tables, kind=TableKind.STANDARD, count=3)])
def test_settings_and_tables_stay_as_they_were(refused, act):
    read_before = EditionFactory(announced=True)
    withdraw_edition(Edition.objects.get(), actor=who_runs(read_before), reason="The halls were flooded.")

    refused(EditionWithdrawn, act, read_before, actor=who_runs(read_before))

    assert [kind.objects.count() for kind in (Matching, MeetingTable)] == [0, 0]
