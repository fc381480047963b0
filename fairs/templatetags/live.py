from typing import Any

from django import template
from django.utils import timezone

from fairs.live.rules import is_live_at
from fairs.live.stage.models import LiveRecording
from fairs.live.stage.queries import recording_shown
from fairs.live.stands.queries import is_held_now
from fairs.sessions.rules import may_keep
from moussem.core.dates import today_here

register = template.Library()


@register.filter
def receives_live(edition: Any, user: Any) -> bool:
    """Whether the stands of an edition have live rooms at the moment that this person may enter."""
    return is_held_now(edition) and user.is_authenticated and may_keep(user, edition)


@register.filter
def is_live(showing: Any) -> bool:
    """Whether a released session is followed on screens right now."""
    return is_live_at(showing, timezone.now())


@register.simple_tag
def recording_of(showing: Any) -> LiveRecording | None:
    """The recording of a session that is over, for who came to the fair; None once its last day is past."""
    return recording_shown(showing, timezone.now(), today_here())
