"""Entries of a day, drawn hour by hour, each with the same figures in a table."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _

from fairs.badges.models import Scan
from fairs.badges.words import sentence_of
from moussem.core.templatetags.charts import WIDTH, reading_x

register = template.Library()
TOP, BASE = 24, 112
WIDEST = 40


@register.inclusion_tag("fairs/badges/hours.html")
def hours_chart(hours: Sequence[Any], zone: str) -> dict[str, Any]:
    """A bar for each hour, from where reading starts."""
    most = max((hour.entries for hour in hours), default=0)
    room = WIDTH / max(len(hours), 1)
    width = min(WIDEST, room * 0.72)
    bars = []
    for number, hour in enumerate(hours):
        height = (BASE - TOP) * hour.entries / most if most else 0
        x = reading_x(number * room + (room - width) / 2, width)
        here = hour.begins.astimezone(ZoneInfo(zone))
        bars.append(
            {
                "x": x,
                "y": round(BASE - height, 2),
                "height": round(height, 2),
                "middle": round(x + width / 2, 2),
                "entries": hour.entries,
                "label": f"{here:%H}",
                "hour": f"{here:%H:%M}",
            }
        )
    return {
        "bars": bars,
        "bar_width": round(width, 2),
        "width": WIDTH,
        "base": BASE,
        "title": _("Entries today"),
    }


@register.simple_tag
def scan_sentence(scan: Scan, zone: str) -> str:
    """What came of a scan, in the reader's language."""
    return sentence_of(scan.code, scan.about, zone)
