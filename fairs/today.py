"""What a running edition is at right now: who is inside, and what is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fairs.badges.queries import Hour, entries_by_hour
from fairs.editions.models import Edition
from fairs.sessions.models import Showing
from fairs.sessions.queries import programme_of

# More than are ever held at once.
LOOKED_AHEAD = 40


@dataclass(frozen=True)
class Today:
    """``inside`` is None where people meet on a screen alone: nobody is counted there."""

    inside: int | None
    hours: Sequence[Hour]
    held: Sequence[Showing]
    following: Sequence[Showing]

    @property
    def entered(self) -> int:
        """How many came in today."""
        return sum(one.entries for one in self.hours)

    @property
    def left(self) -> int:
        """How many entries of today are over."""
        return max(self.entered - (self.inside or 0), 0)


def today_of(edition: Edition, inside: int, now: datetime | None = None) -> Today:
    """The present of an edition; two queries at most."""
    now = now or timezone.now()
    hours = [] if edition.is_digital else entries_by_hour(edition, now)
    coming = list(programme_of(edition).filter(is_cancelled=False, ends_at__gt=now)[:LOOKED_AHEAD])
    held = [one for one in coming if one.begins_at <= now]
    to_come = [one for one in coming if one.begins_at > now]
    return Today(
        None if edition.is_digital else inside,
        hours,
        held,
        [one for one in to_come if one.begins_at == to_come[0].begins_at],
    )
