"""What a release changed, in sentences of the reader's language."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from fairs.sessions.changes import Kind
from fairs.sessions.models import Session, Showing
from moussem.core.text import pick

LANGUAGES = ("en", "fr", "ar")


def facts_of(kinds: tuple[Kind, ...], was: Showing | None, now: Session) -> dict[str, Any]:
    """What the sentences are made of, kept with the change: names and moments as they were then."""
    return {
        "title": _names(now),
        "begins": now.begins_at.isoformat(),
        "was_begins": was.begins_at.isoformat() if was else None,
        "room": _names(now.room) if now.room else None,
        "was_room": _names(was.room) if was and was.room else None,
    }


def _names(named: Any) -> dict[str, str]:
    return {code: getattr(named, f"name_{code}") for code in LANGUAGES}


def said_of_change(kind: str, facts: dict[str, Any], zone: str) -> str:
    """One change in a sentence."""
    room, was_room = (pick(**facts[name]) if facts[name] else "" for name in ("room", "was_room"))
    words = {
        "title": pick(**facts["title"]),
        "when": moment_text(facts["begins"], zone),
        "before": moment_text(facts["was_begins"], zone),
        "room": room,
        "was_room": was_room,
    }
    return _sentence(kind, bool(room), bool(was_room)) % words


def _sentence(kind: str, has_room: bool, had_room: bool) -> str:
    if kind == Kind.ROOM and not has_room:
        return _("“%(title)s” is not in %(was_room)s; its room will be told.")
    if kind == Kind.ROOM and not had_room:
        return _("“%(title)s” is held in %(room)s.")
    if kind == Kind.NEW and has_room:
        return _("“%(title)s” is new: %(when)s, %(room)s.")
    return {
        Kind.NEW: _("“%(title)s” is new: %(when)s."),
        Kind.MOVED: _("“%(title)s” moves from %(before)s to %(when)s."),
        Kind.ROOM: _("“%(title)s” is held in %(room)s instead of %(was_room)s."),
        Kind.CANCELLED: _("“%(title)s” on %(when)s is cancelled."),
        Kind.RESTORED: _("“%(title)s” is held after all: %(when)s."),
        Kind.TEXT: _("“%(title)s” is described anew."),
    }[Kind(kind)]


def moment_text(at: str | datetime | None, zone: str) -> str:
    """A moment by the clocks of a zone: Thursday 26 November, 09:00."""
    if at is None:
        return ""
    here = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(ZoneInfo(zone))
    return _("%(day)s, %(time)s") % {"day": date_format(here, "l j F"), "time": time_format(here, "H:i")}
