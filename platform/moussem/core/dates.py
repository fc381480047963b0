from datetime import date, datetime, time, timedelta

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


def period_around(moment: datetime, kind: str) -> tuple[datetime, datetime]:
    """When the reader's year, month or day around a moment begins, and when the next one does."""
    day = timezone.localtime(moment).date()
    if kind == "day":
        begins, following = day, day + timedelta(days=1)
    elif kind == "month":
        begins = day.replace(day=1)
        following = (begins + timedelta(days=31)).replace(day=1)
    else:
        begins = day.replace(month=1, day=1)
        following = begins.replace(year=begins.year + 1)
    first, second = (timezone.make_aware(datetime.combine(one, time())) for one in (begins, following))
    return first, second
