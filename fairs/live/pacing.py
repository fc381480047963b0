"""Token buckets: how often a person speaks, and how often a room is spoken in."""

import math
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

KEPT = 20_000


@dataclass(frozen=True)
class Pace:
    """So many at once, and so many a second on average."""

    burst: float
    rate: float


# Every frame of a person; what a person writes; what is written in a room; what a person sends in vain.
FRAMES = Pace(60, 20)
WORDS = Pace(5, 1)
# What a person does that the log keeps: a device that was offline brings many at once.
DEEDS = Pace(40, 0.5)
ROOM_WORDS = Pace(60, 20)
STRIKES = Pace(20, 0.5)


class Buckets:
    """A bucket for each of many, of which those used least are forgotten: theirs were full again long ago."""

    def __init__(self) -> None:
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, whose: Hashable, pace: Pace, now: float) -> int:
        """Nothing, and one token less; or how many seconds to wait for one."""
        with self._lock:
            left, at = self._left.pop(whose, (pace.burst, now))
            left = min(pace.burst, left + max(0.0, now - at) * pace.rate)
            granted = left >= 1
            self._left[whose] = (left - 1 if granted else left, now)
            while len(self._left) > KEPT:
                self._left.popitem(last=False)
        return 0 if granted else max(1, math.ceil((1 - left) / pace.rate))

    def forget(self) -> None:
        """Let every bucket be full again."""
        with self._lock:
            self._left.clear()


# Of this process: somebody who is served by several has a bucket in each.
buckets = Buckets()
