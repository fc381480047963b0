"""What a device of a door sends, read with suspicion: anything else than a list of scans is nothing."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fairs.badges.allowed import Direction, Outcome
from fairs.badges.errors import TooManyScans, UnreadableScans
from fairs.badges.tokens import LONGEST
from moussem.core.errors import require

MOST_AT_ONCE = 200
MOST_BYTES = 200_000
LONGEST_DEVICE = 40
# Some years around now: what the clock of a device may say without being nonsense.
LATEST = 4_102_444_800


@dataclass(frozen=True)
class Told:
    """A scan as a device tells it; ``shown`` is what it said to the person when it could not ask us."""

    key: UUID
    door: int
    code: str
    way: str
    at: datetime
    shown: str = ""


@dataclass(frozen=True)
class Sending:
    """Scans of one device, and the moment of its clock when it sent them."""

    device: str
    sent_at: datetime
    scans: tuple[Told, ...]


def read_sending(body: bytes) -> Sending:
    """The scans of a request; a refusal where it is none, or too much of it."""
    require(len(body) <= MOST_BYTES, TooManyScans, most=MOST_AT_ONCE)
    try:
        told = json.loads(body)
        scans = told["scans"]
        require(isinstance(scans, list), UnreadableScans)
        require(len(scans) <= MOST_AT_ONCE, TooManyScans, most=MOST_AT_ONCE)
        sending = Sending(
            _text(told["device"], LONGEST_DEVICE), _moment(told["sent_at"]), tuple(map(_scan, scans))
        )
    # A body nested a million deep, numbers without end, words where numbers belong.
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise UnreadableScans from error
    require(len({one.key for one in sending.scans}) == len(sending.scans), UnreadableScans)
    return sending


def _scan(told: Any) -> Told:
    door = told["door"]
    if type(door) is not int or not 0 < door < 2**31:
        raise ValueError(door)
    shown = told.get("shown") or ""
    return Told(
        key=UUID(_text(told["key"], 36)),
        door=door,
        code=_text(told["code"], LONGEST).strip(),
        way=Direction(told["way"]).value,
        at=_moment(told["at"]),
        shown=Outcome(shown).value if shown else "",
    )


def _text(given: Any, most: int) -> str:
    if not isinstance(given, str) or not 0 < len(given) <= most or "\0" in given:
        raise ValueError(given)
    # Half a letter is no text, and no database looks for it.
    given.encode()
    return given


def _moment(given: Any) -> datetime:
    """Milliseconds since 1970, as browsers count."""
    if type(given) is not int or not 0 < given < LATEST * 1000:
        raise ValueError(given)
    return datetime.fromtimestamp(given / 1000, UTC)
