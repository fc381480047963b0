"""Whether somebody is awake during a slot, by their own clocks. No Django in here."""

from datetime import datetime, time
from zoneinfo import ZoneInfo


def is_awake(begins: datetime, ends: datetime, *, zone: str, wakes: time | None, sleeps: time | None) -> bool:
    """Whether a slot lies within the hours in which a person meets.

    ``begins`` and ``ends`` are aware moments; ``wakes`` and ``sleeps`` are hours of the person's own wall
    clock and may go past midnight (17:00 to 01:00). Without hours every slot will do. A slot that ends at the
    very hour still lies within.
    """
    if wakes is None or sleeps is None:
        return True
    clock = ZoneInfo(zone)
    # Times of the wall: a change of the clocks between two slots moves the second one, as it does for people.
    first, last = (moment.astimezone(clock) for moment in (begins, ends))
    if wakes < sleeps:
        # Where the clocks go back within the slot, it ends at an earlier hour than it began.
        hours = sorted((first.time(), last.time()))
        return first.date() == last.date() and wakes <= hours[0] and hours[1] <= sleeps
    evening = first.time() >= wakes
    if evening and first.date() == last.date():
        return True
    # After midnight of an evening that began before it.
    return (evening or first.time() < sleeps) and last.time() <= sleeps
