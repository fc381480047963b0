"""In which zone the hours of a page are: said once on a page, and beside each hour in a mail."""

from datetime import datetime, timedelta, tzinfo

from babel.dates import get_timezone_location
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moussem.core.templatetags.figures import locale

register = template.Library()


def offset_of(moment: datetime) -> str:
    """How far a moment is from Greenwich, as people write it: UTC+1, UTC-3:30."""
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def place_of(zone: str | tzinfo) -> str:
    """The place whose clocks a zone is, in the reader's language: Casablanca, الدار البيضاء."""
    return get_timezone_location(zone, locale=locale(), return_city=True)


@register.simple_tag
def clock_of(zone: str) -> str:
    """By whose clocks an hour is told, for the brackets behind it; Morocco's are one, in whichever town."""
    if zone == settings.TIME_ZONE:
        return _("Moroccan time")
    return _("%(town)s time") % {"town": place_of(zone)}


@register.simple_tag
def zone_of_page() -> str:
    """The sentence that says by which town's clocks the hours of this page are told."""
    return _("Times are in %(town)s time (%(offset)s), unless another place is named.") % {
        "town": place_of(timezone.get_current_timezone()),
        "offset": offset_of(timezone.localtime()),
    }


@register.filter
def with_zone(moment: datetime) -> str:
    """A moment with its zone, for what is read away from the site."""
    here = timezone.localtime(moment)
    return f"{date_format(here, 'DATETIME_FORMAT')} ({offset_of(here)})"
