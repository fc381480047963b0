"""What a process holds of rows that change seldom, in step with the other processes.

A look at one small row says whether anything changed, at most every few seconds; in between nothing costs a
query. The row's word is new at every change and never used twice: a change that was rolled back cannot be
taken for another.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from moussem.core.models import LastRun

T = TypeVar("T")


@dataclass(frozen=True)
class Held(Generic[T]):
    """A value, the stamp it was built under, the turn it belongs to, and when the stamp was looked at."""

    value: T
    stamp: str
    turn: int
    looked_at: float = field(default_factory=time.monotonic)


class InStep(Generic[T]):
    """One value built from rows; ``stamp`` names its row, ``every`` the setting that says the seconds.

    ``turn`` counts the changes that this process knows of.
    """

    def __init__(self, stamp: str, build: Callable[[], T], *, every: str) -> None:
        self.stamp, self.build, self.every = stamp, build, every
        self.held: Held[T] | None = None
        self.turn = 0
        self.building = threading.Lock()

    def now(self) -> T:
        """The value as the rows make it, a few seconds ago at most."""
        held = self.held
        if held is None or held.turn != self.turn:
            with self.building:
                held = self.held
                if held is None or held.turn != self.turn:
                    held = self._look()
        # One looks; the others answer from what they have meanwhile.
        elif self._is_old(held) and self.building.acquire(blocking=False):
            try:
                held = self._look()
            finally:
                self.building.release()
        return held.value

    def forget(self) -> None:
        """Look again at the next question: something was changed here."""
        self.turn += 1

    def hold(self, value: T) -> None:
        """Begin with a value, without asking the database."""
        self.held = Held(value, "", self.turn)

    def _is_old(self, held: Held[T]) -> bool:
        return time.monotonic() - held.looked_at >= getattr(settings, self.every)

    def _look(self) -> Held[T]:
        held, turn = self.held, self.turn
        # Before the rows are read: what changes in between is seen at the next look, never missed.
        stamp = LastRun.objects.filter(pk=self.stamp).values_list("fingerprint", flat=True).first() or ""
        value = held.value if held is not None and held.stamp == stamp else self.build()
        self.held = found = Held(value, stamp, turn)
        return found


def stamp(name: str) -> None:
    """Let every process know, in the transaction of the change, that what is held under a name is another."""
    LastRun.objects.update_or_create(name=name, defaults={"at": timezone.now(), "fingerprint": uuid4().hex})
