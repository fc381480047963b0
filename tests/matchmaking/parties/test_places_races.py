"""Tables and interpreters are written one after the other, and nobody waits in a circle."""

from functools import partial

from matchmaking.models import Closure, Interpreter, MeetingTable, Slot
from matchmaking.parties.actions import (
    close_table,
    hire_interpreter,
    lay_tables,
    release_interpreter,
    set_closures,
    set_interpreter_absences,
)
from matchmaking.parties.queries import tables_at
from matchmaking.parties.states import TableKind
from tests.factories.matchmaking import meeting_edition, organiser_of
from tests.races import on_postgresql, while_it_waits

pytestmark = on_postgresql


def floor():
    """An edition with two tables, its organiser and its slots."""
    edition = meeting_edition()
    tables = list(tables_at(edition).filter(kind=TableKind.STANDARD))
    return edition, organiser_of(edition), tables, list(Slot.objects.filter(edition=edition))


def test_a_table_is_closed_while_tables_are_taken_away():
    edition, organiser, (table, _other), slots = floor()

    with while_it_waits(slots[0], partial(close_table, table, actor=organiser, slots=slots[:1])):
        lay_tables(edition, actor=organiser, kind=TableKind.STANDARD, count=0)

    assert not MeetingTable.objects.filter(withdrawn_at=None).exists()


def test_many_tables_are_closed_while_one_of_them_is():
    edition, organiser, (table, other), slots = floor()
    closed = [(table, slots[0]), (other, slots[1])]
    many = partial(set_closures, edition, actor=organiser, slots=slots[:2], closed=closed)

    with while_it_waits(slots[1], many):
        close_table(table, actor=organiser, slots=slots[2:3])

    held = set(Closure.objects.values_list("table", "slot"))
    assert held == {(one.pk, slot.pk) for one, slot in [*closed, (table, slots[2])]}


def test_an_interpreter_is_away_while_they_are_released():
    edition, organiser, _tables, slots = floor()
    hired = hire_interpreter(edition, actor=organiser, name="Hajar", languages=("ar", "en"))
    away = partial(set_interpreter_absences, hired, actor=organiser, slots=slots[:1])

    with while_it_waits(slots[0], away):
        release_interpreter(hired, actor=organiser)

    assert Interpreter.objects.get().left_at is not None
