"""What a running edition is at right now: who is inside, and what is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fairs.badges.presence import PlaceCount, counts_at_doors
from fairs.badges.queries import Hour, entries_by_hour
from fairs.editions.models import Edition
from fairs.sessions.models import Showing
from fairs.sessions.queries import programme_of

# More than are ever held at once.
LOOKED_AHEAD = 40


@dataclass(frozen=True)
class Today:
    """``doors`` is None where people meet on a screen alone: nobody is counted there."""

    doors: PlaceCount | None
    hours: Sequence[Hour]
    held: Sequence[Showing]
    following: Sequence[Showing]


def today_of(edition: Edition, now: datetime | None = None) -> Today:
    """The present of an edition; five queries at most."""
    now = now or timezone.now()
    doors = None if edition.is_digital else counts_at_doors(edition, now)[0]
    hours = [] if edition.is_digital else entries_by_hour(edition, now)
    coming = list(programme_of(edition).filter(is_cancelled=False, ends_at__gt=now)[:LOOKED_AHEAD])
    held = [one for one in coming if one.begins_at <= now]
    to_come = [one for one in coming if one.begins_at > now]
    return Today(doors, hours, held, [one for one in to_come if one.begins_at == to_come[0].begins_at])
