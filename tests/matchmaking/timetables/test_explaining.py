"""Why a request has no place: each reason in a hall as small as can be."""

from datetime import UTC, datetime, timedelta

import pytest

from matchmaking.problem import (
    Calendar,
    Company,
    Meeting,
    Person,
    Pool,
    Problem,
    Request,
    Slot,
    Table,
    TableType,
)
from matchmaking.timetables.explaining import Help, Short, explain

pytestmark = pytest.mark.unit

NINE = datetime(2027, 5, 1, 9, tzinfo=UTC)


def hall(*, slots=1, tables=1, closed=(), busy=(), langs=("en", "en"), there=0, most=9, promised=0):
    """Two buyers who want to meet one exporter, the first of them more."""
    spoken = {0: langs[0], 1: langs[0], 2: langs[1]}
    times = tuple(Slot(n, 0, 0, NINE + timedelta(minutes=25 * n), 20) for n in range(slots))
    return Problem(
        name="hall",
        slots=times,
        calendars=(Calendar(0, "UTC", ((NINE, NINE + timedelta(hours=8)),)),),
        sessions=(),
        table_types=(TableType(0, "standard", False),),
        tables=tuple(Table(n, 0, None, frozenset(closed)) for n in range(tables)),
        pools=(Pool(0, ("en", "fr"), (there,) * slots),) if langs[0] != langs[1] else (),
        companies=tuple(Company(n, frozenset({spoken[n]}), promised, (n,)) for n in range(3)),
        people=tuple(Person(n, n, 0, frozenset(busy if n == 2 else ()), (), most, 9) for n in range(3)),
        requests=(Request(0, 0, 2, True, 150, (0,)), Request(1, 1, 2, True, 100, (0,))),
    )


FIRST = (Meeting(0, 0, 0, 0, 2),)


@pytest.mark.parametrize(
    ("problem", "held", "reasons"),
    [
        (hall(busy=(0,)), (), ["no_common_slot"] * 2),
        (hall(langs=("en", "fr")), (), ["no_interpreter"] * 2),
        (hall(closed=(0,)), (), ["no_table"] * 2),
        (hall(), FIRST, ["exporter_full"]),
        (hall(slots=2, most=1), FIRST, ["exporter_full"]),
        (hall(slots=2), FIRST, ["left_over"]),
        (hall(), (), ["left_over"] * 2),
    ],
)
def test_each_request_without_a_place_has_its_reason(problem, held, reasons):
    assert [one.reason for one in explain(problem, held).unheld] == reasons


def test_whose_meeting_was_worth_more_is_named():
    (one,) = explain(hall(), FIRST).unheld

    assert one.outranked_by == (0,)


def test_two_interpreters_more_would_add_a_meeting():
    found = explain(hall(slots=2, langs=("en", "fr")), ())

    assert found.help == [Help("interpreters", 0, 2, 0, 2)]


@pytest.mark.parametrize(
    ("problem", "least", "short"),
    [
        (hall(promised=2), 0, [Short(1, 2, 0, "too_few_requests", 1), Short(2, 2, 1, "too_few_slots", 1)]),
        (hall(promised=1), 1, [Short(1, 1, 0, "proved")]),
        (hall(promised=1), 0, [Short(1, 1, 0, "not_found")]),
    ],
)
def test_a_promise_that_is_not_kept_has_its_reason(problem, least, short):
    found = explain(problem, FIRST, shortfall_least=least)

    assert [one for one in found.short if one.company != 0] == short
