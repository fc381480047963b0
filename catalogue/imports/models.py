from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.imports.states import AT_WORK, IMPORT_MOVES, ImportState
from moussem.core.storage import private_storage

# Longer than the longest silence of a worker that lives: the writing of a list of the largest size.
SILENT_AFTER = timedelta(minutes=10)


class ProductList(models.Model):
    """A list of products that a seller sent, from its arrival to its import."""

    MOVES = IMPORT_MOVES
    STATE_FIELD = "state"

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="product_lists",
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    name = models.CharField(_("name of the file"), max_length=120)
    file = models.FileField(_("file"), upload_to="lists/%Y/", storage=private_storage)
    family = models.ForeignKey(
        "catalogue.ProductClass",
        verbose_name=_("family"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    encoding = models.CharField(_("encoding"), max_length=12, blank=True)
    # Keys of catalogue.imports.headers, one for each column.
    columns = models.JSONField(_("columns"), default=list)
    counts = models.JSONField(_("counts"), default=dict)
    # [row, key, value, reason] of each cell that cannot be taken.
    problems = models.JSONField(_("problems"), default=list)
    # [row, code, currency, quantity, price before, price after] of listed products whose price moves far.
    jumps = models.JSONField(_("prices that move far"), default=list)
    # [row, code, key, before, after] of what the list changes of known products.
    changes = models.JSONField(_("changes"), default=list)
    # Over every change, also those that are too many to be kept here: what is confirmed is all of it.
    digest = models.CharField(_("mark of all changes"), max_length=64, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.RECEIVED
    )
    # When the work was asked for, which is the key of its worker, and when it last gave a sign.
    asked_at = models.DateTimeField(_("work asked for"), null=True, blank=True)
    heard_at = models.DateTimeField(_("last sign of the work"), null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("rows of the list"), default=0)
    rows_read = models.PositiveIntegerField(_("rows read so far"), default=0)
    # A key of catalogue.imports.reasons.REFUSALS.
    failure = models.CharField(_("why the work stopped"), max_length=10, blank=True)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        app_label = "catalogue"
        verbose_name = _("list of products")
        verbose_name_plural = _("lists of products")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        """Whether the list is being tried out or imported, or waits for it."""
        return self.state in AT_WORK

    @property
    def is_silent(self) -> bool:
        """Whether the work that should go on has given no sign for so long that nobody does it any more."""
        sign = self.heard_at or self.asked_at
        return self.is_at_work and sign is not None and sign < timezone.now() - SILENT_AFTER

    @property
    def trial(self) -> str:
        """Which work on the list its counts come from: what a person confirms of them holds for no other."""
        return f"{self.pk}@{self.asked_at.isoformat()}" if self.asked_at else ""

    @property
    def is_queued(self) -> bool:
        """Whether the work waits for somebody to begin it."""
        return self.is_at_work and self.heard_at is None

    @property
    def is_read(self) -> bool:
        """Whether every row was looked at."""
        return bool(self.rows_total) and self.rows_read >= self.rows_total
