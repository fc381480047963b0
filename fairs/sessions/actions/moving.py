"""What becomes of planned sessions when an edition gets other days."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from fairs.editions.models import Edition
from fairs.sessions.clocks import moved_by
from fairs.sessions.conflicts import Span
from fairs.sessions.errors import SessionsOutside
from fairs.sessions.models import Session
from fairs.sessions.queries import openings_of
from moussem.core.errors import require
from moussem.core.locks import lock_all

# As many as a sentence can hold.
MOST_NAMED = 5


def keep_within_days(
    edition: Edition,
    *,
    was: Sequence[tuple[datetime, datetime]],
    moved: timedelta,
    moved_from: str,
    **facts: Any,
) -> None:
    """Sessions go along where that was asked; those that other days leave outside refuse these days.

    What stood outside before, such as a dinner after the doors close, may stay so.
    """
    sessions = list(lock_all(Session.objects.filter(edition=edition, is_cancelled=False)))
    before, after = [Span(*one) for one in was], openings_of(edition)
    inside = [one for one in sessions if any(opening.holds(one.span) for opening in before)]
    if moved or moved_from != edition.time_zone:
        for one in sessions:
            for end in ("begins_at", "ends_at"):
                at = moved_by(getattr(one, end), moved, was=moved_from, now=edition.time_zone)
                setattr(one, end, at)
        Session.objects.bulk_update(sessions, ["begins_at", "ends_at"], batch_size=200)
    outside = [one for one in inside if not any(opening.holds(one.span) for opening in after)]
    require(not outside, SessionsOutside, sessions=_named(outside))


def _named(sessions: Sequence[Session]) -> str:
    named = [_("“%(title)s”") % {"title": one.label} for one in sessions[:MOST_NAMED]]
    more = [_("and %(count)s more") % {"count": len(sessions) - MOST_NAMED}] if sessions[MOST_NAMED:] else []
    return ", ".join([*named, *more])
