"""What many do at once is thrown together for a second, then told once; no log has it."""

from collections.abc import Callable
from threading import Lock, Timer
from typing import Any

from fairs.live import bus
from fairs.live.protocol import declare_event

SECONDS = 1.0
Counts = dict[str, Any]

REACTIONS = declare_event("reactions", "How often each reaction was thrown since it was told last.")
VOTES = declare_event("votes", "How many votes some questions have now.")
POLL_VOTES = declare_event("poll_votes", "How some polls stand, as far as everybody may see it.")


def in_a_second(work: Callable[[], None]) -> None:
    """Do something once a second has passed."""
    timer = Timer(SECONDS, work)
    timer.daemon = True
    timer.start()


class Tally:
    """What is held back of each room by this process; ``later`` says when it is told."""

    def __init__(self, later: Callable[[Callable[[], None]], None] = in_a_second) -> None:
        self._held: dict[int, dict[str, Counts]] = {}
        self._lock = Lock()
        self._later = later

    def add(self, room: int, event: str, key: str) -> None:
        """One more of a kind."""
        with self._lock:
            counts, is_first = self._counts(room, event)
            counts[key] = counts.get(key, 0) + 1
        self._promise(room, is_first)

    def put(self, room: int, event: str, key: str, value: Any) -> None:
        """How something stands now, in the place of what was held of it."""
        with self._lock:
            counts, is_first = self._counts(room, event)
            counts[key] = value
        self._promise(room, is_first)

    def tell(self, room: int) -> None:
        """Tell what is held of a room."""
        with self._lock:
            held = self._held.pop(room, {})
        for event, counts in held.items():
            bus.throw(room, event, {"counts": counts})

    def _counts(self, room: int, event: str) -> tuple[Counts, bool]:
        is_first = room not in self._held
        return self._held.setdefault(room, {}).setdefault(event, {}), is_first

    def _promise(self, room: int, is_first: bool) -> None:
        if is_first:
            self._later(lambda: self.tell(room))


tally = Tally()
