from typing import Any

from django import template
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.sessions.queries import programme_of

register = template.Library()
SHOWN = 4


@register.inclusion_tag("fairs/sessions/parts/teaser.html")
def programme_teaser(edition: Edition) -> dict[str, Any]:
    """The next sessions of an edition, or its first ones once it is over; nothing before a release."""
    held = programme_of(edition).filter(is_cancelled=False)
    coming = list(held.filter(ends_at__gt=timezone.now())[:SHOWN])
    return {"edition": edition, "coming": coming or list(held[:SHOWN])}
