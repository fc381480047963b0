"""What the report of an edition counts of its meetings."""

from datetime import timedelta

import pytest
import time_machine

from fairs.models import FrozenReport
from fairs.report.actions import freeze_report
from fairs.report.queries import report_of
from matchmaking.meetings.actions import cancel_meeting, say_held

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def counted(edition, table="whole"):
    return [
        (row["key"], row["meetings"], row["held"], row["missed"])
        for row in report_of(edition).tables[table]
        if row["meetings"]
    ]


def hold(meeting, live, *, was_held=True):
    with time_machine.travel(meeting.slot.ends + timedelta(minutes=5), tick=False):
        say_held(meeting, party=live.buyer, actor=live.buys, was_held=was_held)


@pytest.mark.parametrize(("was_held", "figures"), [(True, (1, 1, 0)), (False, (1, 0, 1))])
def test_meeting_counts_for_its_market_with_what_became_of_it(live, books, was_held, figures):
    meeting = books(0)
    assert counted(live.edition) == [("", 1, 0, 0)]

    hold(meeting, live, was_held=was_held)

    assert counted(live.edition) == [("", *figures)]
    assert counted(live.edition, "market") == [(live.buyer.organisation.country_id, *figures)]


def test_meeting_of_which_the_two_sides_differ_counts_neither_way(live, books):
    meeting = books(0)
    hold(meeting, live)
    with time_machine.travel(meeting.slot.ends, tick=False):
        say_held(meeting, party=live.exporter, actor=live.sells, was_held=False)

    assert counted(live.edition) == [("", 1, 0, 0)]


def test_cancelled_meeting_is_no_figure(live, books):
    cancel_meeting(books(0), actor=live.organiser, reason="Flight")

    assert counted(live.edition) == []


def test_meetings_freeze_as_the_edition_closes(live, books):
    meeting = books(0)
    freeze_report(live.edition)

    hold(meeting, live)

    assert counted(live.edition) == [("", 1, 0, 0)]
    assert FrozenReport.objects.get().facts["met"] == [
        [live.exporter.organisation_id, live.buyer.organisation.country_id, False, False, 1]
    ]
