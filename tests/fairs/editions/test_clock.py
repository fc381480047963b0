"""An edition begins, closes and goes into the archive: by its organiser, and by the clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from fairs.editions.actions import archive_edition, begin_edition, close_edition, follow_the_clock
from fairs.editions.errors import NotYetBegun, TooEarly
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.editions.tasks import begin_and_close
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.log import history_of
from tests.factories.fairs import DayFactory, EditionFactory, organiser, who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

FIRST = date(2026, 6, 1)
OPENS, CLOSES = datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 6, 3, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def edition_of_june(state=EditionState.OPEN, **fields):
    return EditionFactory(state=state, starts_on=FIRST, **fields)


def test_organiser_begins_and_closes_at_the_very_moment():
    edition = edition_of_june()
    person = who_runs(edition)

    begin_edition(edition, actor=person, now=OPENS)
    close_edition(edition, actor=person, now=CLOSES)
    archived = archive_edition(edition, actor=person)

    assert archived.state == EditionState.ARCHIVED
    assert [(entry.verb, entry.actor) for entry in history_of(edition).order_by("pk")] == [
        ("moved.running", person),
        ("moved.closed", person),
        ("moved.archived", person),
    ]


def test_doors_do_not_open_before_their_hour(refused):
    edition = edition_of_june()

    refusal = refused(NotYetBegun, begin_edition, edition, actor=who_runs(edition), now=OPENS - SECOND)

    told = {name: refusal.facts[name] for name in ("day", "time", "zone")}
    assert told == {"day": "1 June 2026", "time": "09:00", "zone": "Moroccan time"}


def test_edition_closes_not_before_its_last_door(refused):
    edition = edition_of_june(EditionState.RUNNING)

    refusal = refused(TooEarly, close_edition, edition, actor=who_runs(edition), now=CLOSES - SECOND)

    assert refusal.facts["day"] == "3 June 2026"


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (EditionState.DRAFT, begin_edition),
        (EditionState.RUNNING, begin_edition),
        (EditionState.OPEN, close_edition),
        (EditionState.CLOSED, close_edition),
        (EditionState.OPEN, archive_edition),
        (EditionState.ARCHIVED, archive_edition),
    ],
)
def test_no_step_is_left_out_or_taken_twice(refused, state, act):
    edition = edition_of_june(state)

    refused(MoveNotAllowed, act, edition, actor=who_runs(edition))


@pytest.mark.parametrize("act", [begin_edition, close_edition, archive_edition])
def test_nobody_else_runs_an_edition(refused, act):
    states = {
        begin_edition: EditionState.OPEN,
        close_edition: EditionState.RUNNING,
        archive_edition: EditionState.CLOSED,
    }

    refused(NotYours, act, edition_of_june(states[act]), actor=organiser().user)


def states():
    return list(Edition.objects.order_by("pk").values_list("state", flat=True))


def test_clock_begins_and_closes_when_the_doors_do():
    edition = edition_of_june()
    drafts, far = edition_of_june(EditionState.DRAFT), EditionFactory(announced=True)

    rounds = []
    for now in (OPENS - SECOND, OPENS, OPENS, CLOSES - SECOND, CLOSES, CLOSES + timedelta(days=9)):
        rounds.append((follow_the_clock(now), states()[0]))

    assert rounds == [
        (0, "open"),
        (1, "running"),
        (0, "running"),
        (0, "running"),
        (1, "closed"),
        (0, "closed"),
    ]
    assert states()[1:] == ["draft", "open"]
    assert [entry.actor for entry in history_of(edition)] == [None, None]
    assert [history_of(one).count() for one in (drafts, far)] == [0, 0]


def test_clock_that_stood_still_for_days_catches_up_in_one_round():
    edition_of_june()

    assert follow_the_clock(CLOSES + timedelta(days=3)) == 2
    assert states() == ["closed"]


def test_clock_reads_the_zone_of_the_edition():
    edition_of_june(time_zone="Pacific/Auckland")
    edition_of_june(time_zone="America/Los_Angeles")

    begun = [(follow_the_clock(datetime(2026, 5, 31, 21, tzinfo=UTC)), states())]
    begun.append((follow_the_clock(datetime(2026, 6, 1, 16, tzinfo=UTC)), states()))

    assert begun == [(1, ["running", "open"]), (1, ["running", "running"])]


def test_day_off_between_two_days_closes_nothing():
    edition = edition_of_june(EditionState.RUNNING, days=False)
    for number in (0, 2):
        DayFactory(edition=edition, on=FIRST + timedelta(days=number), opens=time(10), closes=time(12))

    assert follow_the_clock(datetime(2026, 6, 2, 12, tzinfo=UTC)) == 0
    assert follow_the_clock(datetime(2026, 6, 3, 11, tzinfo=UTC)) == 1


def test_schedule_rings_the_clock_of_editions():
    edition_of_june()

    with time_machine.travel(OPENS, tick=False):
        begin_and_close()

    assert states() == ["running"]
