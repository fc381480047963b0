"""Everything compiled before anybody waits for it: one tiny fair, solved."""

from datetime import UTC, datetime, timedelta

from matchmaking.problem import Calendar, Company, Person, Problem, Request, Slot, Table, TableType


def tiny_problem() -> Problem:
    """Two buyers and two exporters who all want to meet, at one table in three slots."""
    begins = datetime(2027, 3, 9, 9, tzinfo=UTC)
    slots = tuple(Slot(each, 0, 0, begins + timedelta(minutes=20 * each), 20) for each in range(3))
    nobody: frozenset[int] = frozenset()
    return Problem(
        name="tiny",
        slots=slots,
        calendars=(Calendar(0, "UTC", ((begins, begins + timedelta(hours=1)),)),),
        sessions=(),
        table_types=(TableType(0, "table", False),),
        tables=(Table(0, 0, None, nobody),),
        pools=(),
        companies=tuple(Company(each, frozenset({"en"}), 1, (each,)) for each in range(4)),
        people=tuple(Person(each, each, 0, nobody, (), 3, 2) for each in range(4)),
        requests=tuple(Request(2 * a + b, a, 2 + b, True, 100, (0,)) for a in range(2) for b in range(2)),
    )


def warm() -> None:
    """Compile what is not compiled yet, and keep it: one compilation serves every problem."""
    from matchmaking.solver.searching import Budget, solve

    solve(tiny_problem(), budget=Budget(100, 100))
