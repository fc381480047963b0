"""What a meeting takes up in a slot."""

from collections.abc import Iterable

from matchmaking.meetings.models import Meeting, Seat
from matchmaking.parties.models import Delegate, Slot

AT_ONCE = 500


def take_seats(meetings: Iterable[Meeting], *, slot: Slot | None = None) -> None:
    """One row for each person, table and interpreter, in an order that is the same for everybody.

    ``slot`` is one that they need besides their own.
    """
    meetings = sorted(meetings, key=lambda meeting: (meeting.slot_id, meeting.pk))
    person = _people_of(meetings)
    seats = []
    for one in meetings:
        told = {"meeting": one, "slot_id": slot.pk if slot else one.slot_id}
        for key in sorted((one.buyer_id, one.exporter_id)):
            seats.append(Seat(**told, delegate_id=key, person_id=person[key]))
        seats.append(Seat(**told, table_id=one.table_id))
        if one.interpreter_id:
            seats.append(Seat(**told, interpreter_id=one.interpreter_id))
    Seat.objects.bulk_create(seats, batch_size=AT_ONCE)


def _people_of(meetings: list[Meeting]) -> dict[int, int]:
    """Whose each delegate of these meetings is: from what was read with them, the others in one query."""
    person: dict[int, int] = {}
    who: set[int] = set()
    for one in meetings:
        for side in ("buyer", "exporter"):
            if Meeting._meta.get_field(side).is_cached(one):
                delegate = getattr(one, side)
                person[delegate.pk] = delegate.person_id
            else:
                who.add(getattr(one, f"{side}_id"))
    if who:
        person |= {one.pk: one.person_id for one in Delegate.objects.only("person").in_bulk(who).values()}
    return person
