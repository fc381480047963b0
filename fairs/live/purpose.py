"""What a call is for: rooms above, such as meetings, say it, and say whether it may go on.

They register in their `receivers.py` and `panels.py`, which every process opens at its start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairs.live.models import LiveRoom


@dataclass(frozen=True)
class Purpose:
    """What a call is for, as one of its people reads it: its name, where it belongs, HTML beside it."""

    label: str
    address: str
    aside: str = ""


# Of a request and a room that its person may enter; None for whoever knows nothing of this call.
Teller = Callable[[Any, LiveRoom], Purpose | None]
# Of a room, within the transaction: until when its call goes on, the next slot being taken; None where it
# knows nothing of this call or cannot.
Prolonger = Callable[..., datetime | None]
_TELLERS: list[Teller] = []
_PROLONGERS: list[Prolonger] = []


def tells_purpose(teller: Teller) -> Teller:
    """Register a function that tells what a call is for."""
    _TELLERS.append(teller)
    return teller


def prolongs_calls(prolonger: Prolonger) -> Prolonger:
    """Register a function that lets a call go on where its people are free."""
    _PROLONGERS.append(prolonger)
    return prolonger


def purpose_of(request: Any, room: LiveRoom) -> Purpose | None:
    """What a call is for; None where no room above knows."""
    return next((told for teller in _TELLERS if (told := teller(request, room))), None)


def longer_until(room: LiveRoom, *, actor: Any) -> datetime | None:
    """Until when a call may go on; None where it may not."""
    return next((until for one in _PROLONGERS if (until := one(room, actor=actor))), None)
