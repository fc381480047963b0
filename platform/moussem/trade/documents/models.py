from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moussem.trade.documents.states import DocumentKind


class Document(models.Model):
    """A numbered paper of an order, frozen as it was issued; PDFs are drawn from the frozen content."""

    order = models.ForeignKey(
        "order.Order", verbose_name=_("order"), on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind.choices)
    # Without gaps, per seller and year: the counter row is locked until the transaction ends.
    number = models.CharField(_("number"), max_length=40, unique=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    # Everything printed on it: parties, lines, amounts, terms, bank block, references.
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-issued_at"]
        constraints = [models.UniqueConstraint(fields=["order", "kind"], name="one_document_per_kind")]

    def __str__(self) -> str:
        return self.number
