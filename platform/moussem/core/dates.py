from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_noop as _

NOON = time(12)
# Arabic names the months in Morocco as nowhere else: said here, the catalogue of the house names them.
MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)


def at_noon(day: date) -> datetime:
    """The middle of a day in the site's time zone: the same day wherever it is read."""
    return timezone.make_aware(datetime.combine(day, NOON))


def today_here() -> date:
    """Today in the site's time zone: what ends, falls due or is numbered today does so for every reader."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
