from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    """Whether a report was looked at."""

    OPEN = "open", pgettext_lazy("report of a message", "open")
    DONE = "done", pgettext_lazy("report of a message", "done")


REPORT_MOVES = {ReportState.OPEN: {ReportState.DONE}, ReportState.DONE: set()}

REPORT_STANDS = {
    ReportState.OPEN: _("This report waits for somebody to look at it."),
    ReportState.DONE: _("Somebody has looked at this report already."),
}


class Measure(models.TextChoices):
    """What moderators do about somebody."""

    MUTE = "mute", pgettext_lazy("measure of moderators", "unheard: only they see what they write")
    BAN = "ban", pgettext_lazy("measure of moderators", "kept out")
