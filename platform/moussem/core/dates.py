from datetime import date, datetime, time

from django.utils import timezone

NOON = time(12)


def at_noon(day: date) -> datetime:
    """The middle of a day in the site's time zone: the same day wherever it is read."""
    return timezone.make_aware(datetime.combine(day, NOON))
