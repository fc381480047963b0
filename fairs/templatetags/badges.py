"""Entries of a day, drawn hour by hour, each with the same figures in a table."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _

from fairs.badges.models import Badge, Scan
from fairs.badges.queries import one_named, valid_badges_of
from fairs.badges.rules import issues_badges
from fairs.badges.words import sentence_of
from fairs.floor.models import BoothStaff
from fairs.selection.models import Exhibitor
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
def stand_badges(exhibitor: Exhibitor) -> list[Badge]:
    """The badges of a stand that count."""
    return list(valid_badges_of(exhibitor))


@register.inclusion_tag("fairs/badges/host.html", takes_context=True)
def host_badge(
    context: template.Context, held: Sequence[Badge], exhibitor: Exhibitor, person: BoothStaff
) -> dict[str, Any]:
    """The badge of somebody who receives at a booth, or the button that issues it."""
    edition = exhibitor.edition
    return {
        "csrf_token": context.get("csrf_token"),
        "badge": one_named(held, person.name),
        "edition": edition,
        "person": person,
        "may_issue": issues_badges(edition) and not exhibitor.is_digital,
    }


@register.simple_tag
def scan_sentence(scan: Scan, zone: str) -> str:
    """What came of a scan, in the reader's language."""
    return sentence_of(scan.code, scan.about, zone)
