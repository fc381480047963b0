from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckoutDraft(models.Model):
    """What has been typed so far in the checkout of a basket; kept until the purchase is placed."""

    basket = models.OneToOneField("basket.Basket", on_delete=models.CASCADE, related_name="checkout_draft")
    # {"delivery": {...}, "terms": {seller id: {...}}, "payment": {...}}
    answers = models.JSONField(_("answers"), default=dict)
    # Becomes the key of the purchase.
    key = models.UUIDField(unique=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("checkout draft")
        verbose_name_plural = _("checkout drafts")

    def __str__(self) -> str:
        return str(self.key)
