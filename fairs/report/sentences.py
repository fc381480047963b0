"""What a report says of itself: which of its figures stand, since when, and which still move."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairs.editions.models import Edition
from fairs.report.queries import Report, last_result_day


def said_of(edition: Edition, report: Report) -> str:
    """Since when the figures stand, in a sentence or two."""
    told = {"when": date_format(timezone.localtime(report.counted_at), "DATETIME_FORMAT")}
    if report.frozen_at is None:
        return _("Counted on %(when)s; the figures move until the edition closes.") % told
    told["closed"] = date_format(timezone.localtime(report.frozen_at), "DATETIME_FORMAT")
    if report.results_frozen_at:
        said = _(
            "The edition is closed. Who applied, exhibited, came and met stands as it was on %(closed)s; "
            "orders stand as they were on %(when)s."
        )
        return said % told
    told["day"] = date_format(last_result_day(edition))
    said = _(
        "The edition is closed. Who applied, exhibited, came and met stands as it was on %(closed)s. Orders "
        "count until the end of %(day)s and move until then; they were counted on %(when)s."
    )
    return said % told
