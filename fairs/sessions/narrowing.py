"""What a reader of a programme asks of it by its address: a day, a track, a room, a language, a mode.

The address is all there is: a page is a link that can be sent, and works without script.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fairs.editions.states import Mode
from moussem.organisations.states import SpokenLanguage

# The word of the address that stands for every day, for a paper.
EVERY_DAY = "all"
# A key has no more digits than this: what is longer names nothing.
LONGEST_KEY = 9


@dataclass(frozen=True)
class Asked:
    """What a programme is narrowed to; nothing narrows to everything."""

    day: date | None = None
    every_day: bool = False
    track: int | None = None
    room: int | None = None
    language: str = ""
    mode: str = ""

    def takes(self, told: Any) -> bool:
        """Whether a session is among those asked for, whatever its day.

        A language counts where it is spoken and where it is interpreted into; what is in no track is for all.
        """
        heard = {*told.languages, *told.interpretation}
        return (
            (self.track is None or told.track_id in (None, self.track))
            and (self.room is None or told.room_id == self.room)
            and (not self.language or self.language in heard)
            and (not self.mode or told.mode == self.mode)
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the day is asked for."""
        return replace(self, day=None, every_day=False) != Asked()

    @property
    def whole_day(self) -> str:
        """The address of the same day with nothing else asked for."""
        return self.address(track=None, room=None, language="", mode="")

    def address(self, **changed: Any) -> str:
        """The question of an address that asks for this, but for what is changed."""
        told = {"day": self.day, "track": self.track, "room": self.room}
        told |= {"language": self.language, "mode": self.mode, **changed}
        return f"?{urlencode({name: value for name, value in told.items() if value})}"


@dataclass(frozen=True)
class Tab:
    """A day of a programme as a link: how many of its sessions are asked for, how many cannot be held."""

    on: date
    address: str
    sessions: int
    troubled: int
    is_current: bool
    is_today: bool


def asked_of(told: Mapping[str, str]) -> Asked:
    """What an address asks for; what it does not know narrows nothing."""
    day, language, mode = (told.get(name, "") for name in ("day", "language", "mode"))
    return Asked(
        day=_day(day),
        every_day=day == EVERY_DAY,
        track=_key(told.get("track", "")),
        room=_key(told.get("room", "")),
        language=language if language in SpokenLanguage.values else "",
        mode=mode if mode in Mode.values else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


def day_shown(asked: Asked, days: Sequence[date], today: date) -> date | None:
    """The day that a page shows: the one asked for, else today, else the next, else the first."""
    if asked.day in days:
        return asked.day
    return next((day for day in days if day >= today), days[0] if days else None)


def tabs_of(asked: Asked, days: Mapping[date, Iterable[Any]], shown: date | None, today: date) -> list[Tab]:
    """Every day of a programme as a link that keeps what else is asked for."""
    return [
        Tab(
            on,
            asked.address(day=on),
            sum(asked.takes(one) for one in told),
            sum(bool(getattr(one, "troubles", ())) for one in told),
            on == shown,
            on == today,
        )
        for on, told in ((on, list(told)) for on, told in days.items())
    ]


def choices_in(told: Iterable[Any], rooms: Iterable[Any]) -> dict[str, list[Any]]:
    """What the sessions of a programme can be narrowed by: their rooms, languages and modes."""
    told = list(told)
    spoken = {code for one in told for code in (*one.languages, *one.interpretation)}
    modes = {one.mode for one in told}
    used = {one.room_id for one in told}
    return {
        "rooms": [room for room in rooms if room.pk in used],
        "heard": [choice for choice in SpokenLanguage.choices if choice[0] in spoken],
        "held_as": [choice for choice in Mode.choices if choice[0] in modes],
    }
