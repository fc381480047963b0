from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """An address that asked for the newsletter, and what its reader agreed to."""

    # In small letters: one mailbox is one subscription.
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    subjects = models.JSONField(_("subjects"), default=list, help_text=_("None: every subject."))
    # What was asked for last and waits for its link to be opened: language, subjects, consent.
    asked = models.JSONField(_("asked for"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    consent = models.TextField(_("what the reader agreed to"), blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, db_index=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    # The Monday of the last week that was told of, with or without a mail.
    told_week = models.DateField(_("week told of"), null=True, blank=True)

    class Meta:
        app_label = "cms"
        verbose_name = _("subscription to the newsletter")
        verbose_name_plural = _("subscriptions to the newsletter")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.email

    @property
    def is_read(self) -> bool:
        """Whether mails go to it: confirmed, and not stopped since."""
        return self.confirmed_at is not None and self.stopped_at is None
