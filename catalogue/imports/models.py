from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.imports.states import IMPORT_MOVES, ImportState
from moussem.core.storage import private_storage


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
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.RECEIVED
    )
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        app_label = "catalogue"
        verbose_name = _("list of products")
        verbose_name_plural = _("lists of products")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
