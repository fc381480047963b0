"""Whom the withdrawal of an edition is told to: each room names its own people.

A person hears of it once, whatever ties them to the edition. Rooms register in their `receivers.py`, which
every process opens at its start; one of them may say besides what the person's calendar is asked to do.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from moussem.core.mail import Invitation

Concerned = Callable[[Any], Mapping[int, Sequence[Invitation] | None]]
_CONCERNED: list[Concerned] = []


def hears_of_withdrawal(find: Concerned) -> Concerned:
    """Register a function of an edition that finds the keys of people, and what goes to their calendars."""
    _CONCERNED.append(find)
    return find


def concerned_by(edition: Any) -> dict[int, list[Invitation]]:
    """Everybody who is told, once each."""
    found: dict[int, list[Invitation]] = {}
    for find in _CONCERNED:
        for person, invitations in find(edition).items():
            found.setdefault(person, []).extend(invitations or ())
    return found
