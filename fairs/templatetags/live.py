from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext, npgettext, pgettext

from fairs.live.queries import is_read_back
from fairs.live.rules import OPENS_BEFORE, STAYS_AFTER, is_followed, is_live_at
from fairs.live.stage.models import LiveRecording
from fairs.live.stage.queries import duties_here, recording_shown
from fairs.live.stands.queries import attended_at, is_held_now
from fairs.sessions.rules import may_keep
from moussem.core.dates import today_here

register = template.Library()


@register.filter
def receives_live(edition: Any, user: Any) -> bool:
    """Whether the stands of an edition have live rooms at the moment that this person may enter."""
    return is_held_now(edition) and user.is_authenticated and may_keep(user, edition)


@register.simple_tag
def attended_stands(edition: Any, user: Any) -> set[int]:
    """The exhibitors at whose stand somebody is now."""
    return attended_at(edition, user)


@register.filter
def how_long(since: datetime) -> str:
    """How long ago something was, in one unit, as each language counts."""
    minutes = max(1, int((timezone.now() - since).total_seconds() // 60))
    if minutes < 60:
        said = npgettext("how long", "%(many)s minute", "%(many)s minutes", minutes)
        return said % {"many": minutes}
    hours = minutes // 60
    if hours < 24:
        return npgettext("how long", "%(many)s hour", "%(many)s hours", hours) % {"many": hours}
    days = hours // 24
    return npgettext("how long", "%(many)s day", "%(many)s days", days) % {"many": days}


@register.filter
def how_soon(moment: datetime) -> str:
    """How far off a moment is, as each language counts: in hours and minutes within a day, else in days."""
    minutes = max(1, -int((timezone.now() - moment).total_seconds() // 60))
    days, hours = minutes // 1440, minutes // 60
    if days:
        return npgettext("how long", "%(many)s day", "%(many)s days", days) % {"many": days}
    said = npgettext("how long", "%(many)s hour", "%(many)s hours", hours) % {"many": hours}
    if not minutes % 60:
        return said
    rest = npgettext("how long", "%(many)s minute", "%(many)s minutes", minutes % 60) % {"many": minutes % 60}
    if not hours:
        return rest
    return pgettext("how long", "%(hours)s and %(minutes)s") % {"hours": said, "minutes": rest}


@register.simple_tag
def share_of(votes: int, total: int) -> str:
    """How many in a hundred that is, as each language writes it."""
    return gettext("%(number)s%%") % {"number": round(100 * votes / total) if total else 0}


@register.filter
def is_live(showing: Any) -> bool:
    """Whether a released session is followed on screens right now."""
    return is_live_at(showing, timezone.now())


@register.filter
def opens_live(showing: Any) -> datetime | None:
    """When the live room of a session opens; None once it is open, is over, or where there is none."""
    opens = showing.begins_at - OPENS_BEFORE
    return opens if is_followed(showing) and timezone.now() < opens else None


@register.filter
def is_live_still(showing: Any) -> bool:
    """Whether a session is, or will be, followed on screens."""
    return bool(opens_live(showing)) or is_live(showing)


@register.filter
def is_on(showing: Any) -> bool:
    """Whether a session is held at this moment."""
    return not showing.is_cancelled and showing.begins_at <= timezone.now() < showing.ends_at


@register.filter
def shuts_live(showing: Any) -> datetime:
    """Until when the live room of a session stays open."""
    return showing.ends_at + STAYS_AFTER


@register.filter
def is_lingered_in(showing: Any) -> bool:
    """Whether a session is over and its live room still open."""
    return showing.ends_at <= timezone.now() and is_live(showing)


@register.filter
def reads_back(showing: Any) -> bool:
    """Whether something was said in the live room of a session that is over."""
    return not is_live_still(showing) and is_read_back(showing)


@register.simple_tag
def duties_of_reader(showing: Any, user: Any) -> list[str]:
    """What somebody was asked to do in the live room of a session that is not over."""
    return duties_here(showing.session_id, user) if is_live_still(showing) else []


@register.simple_tag
def recording_of(showing: Any) -> LiveRecording | None:
    """The recording of a session that is over, for who came to the fair; None once its last day is past."""
    return recording_shown(showing, timezone.now(), today_here())
