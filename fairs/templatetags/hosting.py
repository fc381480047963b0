"""How often a buyer was hosted, and came, beside who asks to come now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template

from fairs.badges.presence import HostedVisits, hosted_before
from fairs.editions.models import Edition
from fairs.guests.models import Guest, HostingPlan
from fairs.guests.queries import answer_by

register = template.Library()


@register.simple_tag
def visits_before(edition: Edition, guests: Sequence[Guest]) -> dict[int, HostedVisits]:
    """The history of all guests of a page, in one query."""
    return hosted_before(edition, list(guests))


@register.simple_tag
def visits_of(edition: Edition, guest: Guest) -> dict[int, HostedVisits]:
    """The history of one guest."""
    return hosted_before(edition, [guest])


@register.inclusion_tag("fairs/guests/hosted.html")
def hosted_line(visits: dict[int, HostedVisits], guest: Guest, plan: HostingPlan) -> dict[str, Any]:
    """The history of a guest in a line; nothing where they were never hosted."""
    told = visits.get(guest.pk)
    most = plan.most_missed
    return {"told": told, "most": most, "is_over": bool(told and most is not None and told.missed > most)}


@register.filter
def answer_due(guest: Guest, edition: Edition) -> datetime:
    """Until when somebody who waits is to be answered."""
    return answer_by(edition, guest.asked_at)
