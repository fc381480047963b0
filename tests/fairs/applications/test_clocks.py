"""What other clocks of an announced edition do to the last days of applications: nobody has less time."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from fairs.applications.actions import take_back
from fairs.applications.deadlines import closes_at
from fairs.applications.errors import ClocksReachDoors
from fairs.applications.models import Deadline
from fairs.applications.states import ApplicationState
from fairs.editions.actions import plan_days
from fairs.editions.grid import Opening
from moussem.core.log import history_of
from moussem.core.models import OutboxMessage
from tests.factories.fairs import ApplicationFactory, DeadlineFactory, EditionFactory, who_applies, who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

# The deadline that the factory sets.
LAST = date(2026, 6, 12)


@pytest.fixture
def edition():
    """An announced edition with a deadline for everybody."""
    return DeadlineFactory().edition


def told_to():
    return sorted(OutboxMessage.objects.values_list("payload__to", flat=True))


def by_clocks_of(zone, edition):
    days = [Opening(one.on, one.opens, one.closes) for one in edition.days.all()]
    told = {"days": days, "breaks": [], "meeting_minutes": 20, "between_minutes": 5, "time_zone": zone}
    return plan_days(edition, actor=who_runs(edition), **told)


def moments(edition):
    return [closes_at(one.last_day, edition.time_zone) for one in edition.deadlines.all()]


@pytest.mark.parametrize("zone", ["Europe/Paris", "Asia/Dubai", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_other_clocks_end_no_announced_deadline_earlier_than_promised(edition, zone):
    sent = ApplicationFactory(edition=edition, sent=True)
    promised = moments(edition)

    moved = by_clocks_of(zone, edition)

    (ends,) = moments(moved)
    assert promised[0] <= ends < promised[0] + timedelta(days=1)
    with time_machine.travel(promised[0] - timedelta(minutes=1), tick=False):
        assert take_back(sent, actor=who_applies(sent)).state == ApplicationState.DRAFT


def test_deadline_that_other_clocks_move_is_logged_and_told_to_drafts(edition):
    draft, _sent = ApplicationFactory(edition=edition), ApplicationFactory(edition=edition, sent=True)

    by_clocks_of("Europe/Paris", edition)

    assert edition.deadlines.get().last_day == date(2026, 6, 13)
    moved, planned = history_of(edition).order_by("pk")
    assert moved.facts == {
        "was": "2026-06-12",
        "now": "2026-06-13",
        "zone": "Europe/Paris",
        "zone_was": "Africa/Casablanca",
        "reason": "The fair goes by the clocks of another place now.",
    }
    assert moved.actor == planned.actor == who_runs(edition)
    assert (planned.facts["time_zone"], planned.facts["was"]["time_zone"]) == (
        "Europe/Paris",
        "Africa/Casablanca",
    )
    assert planned.facts["was"]["days"] == planned.facts["days"]
    assert told_to() == [who_applies(draft).email]


def test_mistaken_clocks_have_a_way_back_to_the_moment_that_was_announced_first(edition):
    draft, promised = ApplicationFactory(edition=edition), moments(edition)

    for hour, zone in enumerate(("Europe/Paris", "Africa/Casablanca", "Asia/Dubai", "Africa/Casablanca")):
        with time_machine.travel(datetime(2026, 5, 5, hour, tzinfo=UTC), tick=False):
            edition = by_clocks_of(zone, edition)

    assert moments(edition) == promised
    letters = OutboxMessage.objects.filter(payload__to=who_applies(draft).email).order_by("pk")
    assert [letter.payload["subject"].startswith("Another deadline") for letter in letters] == [
        *(False, True, False, True)
    ]


def test_clocks_that_go_back_after_the_first_moment_end_no_call_at_once(edition):
    paris = by_clocks_of("Europe/Paris", edition)

    with time_machine.travel(datetime(2026, 6, 13, 12, tzinfo=UTC), tick=False):
        back = by_clocks_of("Africa/Casablanca", paris)

    assert back.deadlines.get().last_day == date(2026, 6, 13)


def test_western_clocks_open_no_call_again_that_is_over(edition):
    ApplicationFactory(edition=edition)

    with time_machine.travel(datetime(2026, 6, 13, tzinfo=UTC), tick=False):
        west = by_clocks_of("America/Los_Angeles", edition)
        over = moments(west)[0] <= datetime(2026, 6, 13, tzinfo=UTC)
        back = by_clocks_of("Africa/Casablanca", west)

    assert (over, back.deadlines.get().last_day, told_to()) == (True, LAST, [])


def test_deadline_that_other_clocks_push_to_the_first_day_refuses_them(edition, refused):
    Deadline.objects.update(last_day=edition.starts_on - timedelta(days=1))

    refusal = refused(ClocksReachDoors, by_clocks_of, "Europe/Paris", edition)

    assert refusal.facts == {"was": "2 July 2026", "now": "3 July 2026", "zone": "Paris time"}
    assert edition.deadlines.get().last_day == date(2026, 7, 2)


def test_other_clocks_move_no_deadline_that_is_over(edition):
    ApplicationFactory(edition=edition)

    with time_machine.travel(datetime(2026, 6, 13, tzinfo=UTC), tick=False):
        planned = by_clocks_of("Pacific/Auckland", edition)

    assert (planned.time_zone, told_to()) == ("Pacific/Auckland", [])
    assert edition.deadlines.get().last_day == LAST


def test_who_gains_time_by_other_clocks_is_written_to(edition):
    draft, _sent = ApplicationFactory(edition=edition), ApplicationFactory(edition=edition, sent=True)

    by_clocks_of("America/Los_Angeles", edition)

    assert told_to() == [who_applies(draft).email]
    body = " ".join(OutboxMessage.objects.get().payload["body"].split())
    assert "is now the end of 12 June 2026 (Los Angeles time)" in body
    assert "The reason: The fair goes by the clocks of another place now." in body


def test_clocks_of_a_draft_edition_are_told_to_nobody():
    edition = DeadlineFactory(edition=EditionFactory()).edition
    ApplicationFactory(edition=edition)

    by_clocks_of("Pacific/Auckland", edition)

    assert told_to() == []
