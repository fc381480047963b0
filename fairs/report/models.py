from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.report.states import STEPS, PaperKind
from moussem.core.storage import private_storage


class FrozenReport(models.Model):
    """The figures of an edition as they were when it closed, and its results as they were weeks later.

    Until the results are frozen too, ``facts`` keeps what was counted at the close, without anybody's name,
    and the tables are counted from it and the orders as they stand.
    """

    edition = models.OneToOneField("fairs.Edition", on_delete=models.CASCADE, related_name="frozen_report")
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    facts = models.JSONField(_("facts of the close"), default=dict, blank=True)
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now)
    results_frozen_at = models.DateTimeField(_("results frozen"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("report of an edition")
        verbose_name_plural = _("reports of editions")

    def __str__(self) -> str:
        return str(self.edition)


class ReportPaper(models.Model):
    """A report that was asked for as a file, and how far its drawing has come."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="report_papers")
    kind = models.CharField(_("kind"), max_length=4, choices=PaperKind.choices)
    language = models.CharField(_("language"), max_length=2, default="en")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    done = models.PositiveSmallIntegerField(_("steps done"), default=0)
    stopped = models.BooleanField(_("stopped"), default=False)
    file = models.FileField(
        _("file"), upload_to="reports/%Y/", storage=private_storage, blank=True, max_length=200
    )

    class Meta:
        app_label = "fairs"
        verbose_name = _("report as a file")
        verbose_name_plural = _("reports as files")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.kind}"

    @property
    def steps(self) -> int:
        """How many steps it takes."""
        return STEPS

    @property
    def is_done(self) -> bool:
        """Whether the file is there."""
        return bool(self.file)

    @property
    def is_working(self) -> bool:
        """Whether the file is still to come."""
        return not self.is_done and not self.stopped
