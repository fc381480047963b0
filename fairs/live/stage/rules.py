"""Who leads a session in its live room, and who sees how a poll stands."""

from datetime import date, datetime
from typing import Any

from fairs.editions.rules import may_organise
from fairs.live.stage.states import Duty, Results


def has_duty(user: Any, session: Any, *duties: str) -> bool:
    """Whether somebody was given one of these duties in a session."""
    return session.live_duties.filter(person=user, duty__in=duties).exists()


def may_moderate(user: Any, room: Any) -> bool:
    """Whether this person leads the session of a room: named a moderator, or one who runs the edition."""
    if room.session_id is None:
        return False
    return has_duty(user, room.session, Duty.MODERATOR) or may_organise(user, room.edition)


def may_caption(user: Any, room: Any) -> bool:
    """Whether this person writes captions."""
    return may_moderate(user, room) or (
        room.session_id is not None and has_duty(user, room.session, Duty.CAPTIONER)
    )


def may_speak(user: Any, room: Any) -> bool:
    """Whether the page of a speaker is for this person."""
    return may_moderate(user, room) or (
        room.session_id is not None and has_duty(user, room.session, Duty.SPEAKER)
    )


def shows_everybody(poll: Any) -> bool:
    """Whether everybody sees how a poll stands."""
    return poll.results == Results.ALWAYS or (poll.is_closed and poll.results != Results.NEVER)


def may_see_results(poll: Any, *, has_voted: bool, moderates: bool) -> bool:
    """Whether somebody sees how a poll stands."""
    return moderates or shows_everybody(poll) or (has_voted and poll.results == Results.VOTED)


def is_over(showing: Any, now: datetime) -> bool:
    """Whether a session has been held."""
    return showing is not None and not showing.is_cancelled and showing.ends_at <= now


def lasts(recording: Any, today: date) -> bool:
    """Whether a recording is still to be seen: its last day is one of them."""
    return today <= recording.expires_on
