from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FrozenReport(models.Model):
    """The figures of an edition as they were when it closed: what comes later changes them no more."""

    edition = models.OneToOneField("fairs.Edition", on_delete=models.CASCADE, related_name="frozen_report")
    figures = models.JSONField(_("figures"))
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("report of an edition")
        verbose_name_plural = _("reports of editions")

    def __str__(self) -> str:
        return str(self.edition)
