from collections.abc import Mapping
from typing import Any

from django import template

from matchmaking.requests.clocks import Zones, day_of, hours_of

register = template.Library()


@register.inclusion_tag("matchmaking/parts/clock.html")
def clock(slot: Any, zones: Zones) -> dict[str, Any]:
    """A slot by its day and by the clocks of the fair and of both sides."""
    return {"slot": slot, "day": day_of(slot), "hours": hours_of(slot, zones)}


@register.simple_tag
def booked_in(meetings: Mapping[int, Any], request: Any) -> Any:
    """The meeting of a request among those of a party, by the key of the request."""
    return meetings.get(request.pk)
