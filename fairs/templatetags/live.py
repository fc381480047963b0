from typing import Any

from django import template
from django.utils import timezone

from fairs.live.rules import is_live_at

register = template.Library()


@register.filter
def is_live(showing: Any) -> bool:
    """Whether a released session is followed on screens right now."""
    return is_live_at(showing, timezone.now())
