from django.db import models
from django.utils.translation import gettext_lazy as _


class WentWithSource(models.Model):
    """A translation that readers lost because they lost its source, and what they read of it until then."""

    page = models.OneToOneField(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("what readers saw"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        app_label = "cms"
        verbose_name = _("translation that waits for its source")
        verbose_name_plural = _("translations that wait for their source")

    def __str__(self) -> str:
        return str(self.page)
