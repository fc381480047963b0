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
    who = {key for one in meetings for key in (one.buyer_id, one.exporter_id)}
    person = {one.pk: one.person_id for one in Delegate.objects.only("person").in_bulk(who).values()}
    seats = []
    for one in meetings:
        told = {"meeting": one, "slot_id": slot.pk if slot else one.slot_id}
        for key in sorted((one.buyer_id, one.exporter_id)):
            seats.append(Seat(**told, delegate_id=key, person_id=person[key]))
        seats.append(Seat(**told, table_id=one.table_id))
        if one.interpreter_id:
            seats.append(Seat(**told, interpreter_id=one.interpreter_id))
    Seat.objects.bulk_create(seats, batch_size=AT_ONCE)
