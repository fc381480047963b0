"""Tables are laid and closed, interpreters are hired and released.

The slots are locked first, then tables and interpreters, as whoever books takes its locks.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairs.editions.actions import hold_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_over
from matchmaking.parties.errors import InterpreterInUse, SameLanguageTwice, TableInUse, TablesInUse
from matchmaking.parties.models import Closure, Interpreter, InterpreterAbsence, MeetingTable, Slot
from matchmaking.parties.queries import tables_at
from matchmaking.parties.rules import may_arrange
from matchmaking.parties.states import TableKind
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record


@transaction.atomic
def lay_tables(edition: Edition, *, actor: Any, kind: TableKind, count: int) -> list[MeetingTable]:
    """As many shared tables of a kind as are said; the last ones go, unless a meeting is booked at them."""
    require(may_arrange(actor, edition), NotYours)
    edition = hold_edition(edition)
    shared = list(tables_at(edition).filter(kind=kind, owner=None).order_by("number"))
    gone = shared[count:]
    # Under a lock on the slots nobody books at a table that goes.
    list(lock_all(Slot.objects.filter(edition=edition)) if gone else ())
    coming = MeetingTable.objects.filter(seats__slot__ends__gt=timezone.now())
    used = coming.filter(pk__in=[one.pk for one in gone]).distinct()
    if busy := list(used.order_by("number")):
        least = 1 + max(number for number, one in enumerate(shared) if one.pk == busy[-1].pk)
        raise TablesInUse(tables=len(busy), least=least)
    MeetingTable.objects.filter(pk__in=[one.pk for one in gone]).update(withdrawn_at=timezone.now())
    numbers = MeetingTable.objects.filter(edition=edition, kind=kind).values_list("number", flat=True)
    after = max(numbers, default=0)
    MeetingTable.objects.bulk_create(
        MeetingTable(edition=edition, kind=kind, number=after + more)
        for more in range(1, count - len(shared) + 1)
    )
    record("tables_laid", edition, actor=actor, kind=str(kind), count=count)
    return list(tables_at(edition).filter(kind=kind, owner=None).order_by("number"))


def lock_slots(slots: Iterable[Slot]) -> list[Slot]:
    """Slots in which nobody books a meeting until the transaction ends."""
    return list(lock_all(Slot.objects.filter(pk__in=[slot.pk for slot in slots])))


@transaction.atomic
def close_table(table: MeetingTable, *, actor: Any, slots: Iterable[Slot]) -> None:
    """Nobody meets at a table in these slots; refused where somebody does."""
    require(may_arrange(actor, table.edition), NotYours)
    refuse_once_over(table.edition)
    slots, table = lock_slots(slots), lock(table)
    require(not table.seats.filter(slot__in=slots).exists(), TableInUse)
    Closure.objects.bulk_create([Closure(table=table, slot=slot) for slot in slots], ignore_conflicts=True)
    record("table_closed", table, actor=actor, slots=[slot.pk for slot in slots])


@transaction.atomic
def open_table(table: MeetingTable, *, actor: Any, slots: Iterable[Slot]) -> None:
    """A table is there again in these slots."""
    require(may_arrange(actor, table.edition), NotYours)
    refuse_once_over(table.edition)
    table, slots = lock(table), list(slots)
    table.closures.filter(slot__in=slots).delete()
    record("table_opened", table, actor=actor, slots=[slot.pk for slot in slots])


@transaction.atomic
def set_closures(
    edition: Edition, *, actor: Any, slots: Iterable[Slot], closed: Iterable[tuple[MeetingTable, Slot]]
) -> int:
    """In these slots exactly these tables are closed, or nothing changes; how many places changed."""
    slots = {slot.pk: slot for slot in slots}
    tables = {table.pk: table for table in tables_at(edition)}
    wanted = {(table.pk, slot.pk) for table, slot in closed}
    held = Closure.objects.filter(table__in=tables, slot__in=slots).values_list("table", "slot")
    known = set(held)
    changed = wanted ^ known
    lock_slots([slots[slot] for _table, slot in changed])
    list(lock_all(MeetingTable.objects.filter(pk__in={table for table, _slot in changed})))
    for act, pairs in ((close_table, wanted - known), (open_table, known - wanted)):
        for key in sorted({table for table, _slot in pairs}):
            chosen = [slots[slot] for table, slot in sorted(pairs) if table == key]
            act(tables[key], actor=actor, slots=chosen)
    return len(changed)


@transaction.atomic
def hire_interpreter(edition: Edition, *, actor: Any, name: str, languages: tuple[str, str]) -> Interpreter:
    """Somebody who interprets between two languages, in every slot until something else is said."""
    require(may_arrange(actor, edition), NotYours)
    refuse_once_over(edition)
    first, second = sorted(languages)
    require(first != second, SameLanguageTwice)
    hired = Interpreter.objects.create(edition=edition, name=name, language=first, other_language=second)
    record("interpreter_hired", edition, actor=actor, interpreter=hired.pk, languages=[first, second])
    return hired


@transaction.atomic
def set_interpreter_absences(interpreter: Interpreter, *, actor: Any, slots: Iterable[Slot]) -> None:
    """The slots in which an interpreter is not there, in place of those said before."""
    require(may_arrange(actor, interpreter.edition), NotYours)
    refuse_once_over(interpreter.edition)
    slots, interpreter = lock_slots(slots), lock(interpreter)
    busy = interpreter.seats.filter(slot__in=slots).exists()
    require(not busy, InterpreterInUse, name=interpreter.name)
    interpreter.absences.all().delete()
    InterpreterAbsence.objects.bulk_create(
        InterpreterAbsence(interpreter=interpreter, slot=slot) for slot in slots
    )
    record("interpreter_away", interpreter, actor=actor, slots=[slot.pk for slot in slots])


@transaction.atomic
def release_interpreter(interpreter: Interpreter, *, actor: Any) -> None:
    """An interpreter leaves; refused while they have a meeting to come."""
    require(may_arrange(actor, interpreter.edition), NotYours)
    refuse_once_over(interpreter.edition)
    lock_slots(Slot.objects.filter(edition=interpreter.edition, ends__gt=timezone.now()))
    interpreter = lock(interpreter)
    busy = interpreter.seats.filter(slot__ends__gt=timezone.now()).exists()
    require(not busy, InterpreterInUse, name=interpreter.name)
    interpreter.left_at = timezone.now()
    interpreter.save(update_fields=["left_at"])
    record("interpreter_released", interpreter, actor=actor)
