"""Slots by the clocks of the fair, of who reads and of the other side, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairs.sessions.agenda import hours_text
from fairs.sessions.clocks import differ


@dataclass(frozen=True)
class Zones:
    """By whose clocks a slot is told."""

    fair: str
    mine: str
    theirs: str


def _hour(moment: datetime, zone: str, fair: str) -> str:
    """The hour on the wall there, with the day where it is another one."""
    here, there = (moment.astimezone(ZoneInfo(one)) for one in (fair, zone))
    return there.strftime("%H:%M") if here.date() == there.date() else date_format(there, "D H:i")


def hours_of(slot: Any, zones: Zones) -> str:
    """From when to when a slot lasts at the fair, and what the clocks of both sides show as it begins."""
    begins, ends = (moment.astimezone(ZoneInfo(zones.fair)) for moment in (slot.begins, slot.ends))
    # The label of a choice holds no markup.
    hours = hours_text(begins, ends)
    is_mine, is_theirs = (differ(begins, zones.fair, zone) for zone in (zones.mine, zones.theirs))
    told = {
        "hours": hours,
        "mine": _hour(slot.begins, zones.mine, zones.fair),
        "theirs": _hour(slot.begins, zones.theirs, zones.fair),
    }
    if is_mine and is_theirs:
        return _("%(hours)s (for you %(mine)s, for them %(theirs)s)") % told
    if is_mine:
        return _("%(hours)s (for you %(mine)s)") % told
    if is_theirs:
        return _("%(hours)s (for them %(theirs)s)") % told
    return hours


def day_of(slot: Any) -> str:
    """The day of a slot at the fair."""
    return date_format(slot.on, "l j F")


def tells_clocks(slots: Iterable[Any], zones: Zones) -> bool:
    """Whether the hours of some slots are told by more clocks than those of the fair."""
    others = {zones.mine, zones.theirs} - {zones.fair}
    return any(differ(slot.begins, zones.fair, zone) for slot in slots for zone in others)


def by_day(slots: Iterable[Any], zones: Zones) -> list[tuple[str, list[tuple[str, str]]]]:
    """Slots as choices, under their days."""
    days = groupby(slots, key=lambda slot: slot.on)
    return [
        (date_format(on, "l j F"), [(str(slot.pk), hours_of(slot, zones)) for slot in found])
        for on, found in days
    ]
