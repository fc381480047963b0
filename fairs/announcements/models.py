from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.announcements.states import Audience
from moussem.core.text import pick


class AnnouncementQuerySet(models.QuerySet):
    def standing(self, now=None):
        """Those that hold now."""
        now = now or timezone.now()
        return self.filter(taken_back_at=None).filter(Q(expires_at=None) | Q(expires_at__gt=now))


class Announcement(models.Model):
    """One thing that is told, to whom, and until when."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="announcements")
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices)
    category = models.ForeignKey(
        "fairs.Category",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    text_en = models.TextField(_("in English"))
    text_fr = models.TextField(_("in French"))
    text_ar = models.TextField(_("in Arabic"))
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("announced"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category=None) | Q(audience=Audience.EXHIBITORS),
                name="category_of_exhibitors_alone",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def text(self) -> str:
        """The text in the active language."""
        return pick(en=self.text_en, fr=self.text_fr, ar=self.text_ar)
