from django.db import models
from django.utils.translation import gettext_lazy as _


class StalePage(models.Model):
    """A page whose document may not be what readers see; only ever added, taken away once it is written."""

    # No key to the row: it is marked because it was deleted, too.
    page = models.BigIntegerField(_("page"))

    class Meta:
        app_label = "cms"
        verbose_name = _("page to be written to the index")
        verbose_name_plural = _("pages to be written to the index")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.page)
