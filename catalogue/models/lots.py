import re
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from moussem.core.dates import today_here

LOT_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")


def still_good(day: date, lots: str = "") -> Q:
    """The lots that may be sold on a day: not past their best-before date. ``lots`` is the way to them."""
    return Q(**{f"{lots}best_before": None}) | Q(**{f"{lots}best_before__gte": day})


class LotQuerySet(models.QuerySet):
    def good(self, day=None):
        """Lots that are not past their best-before date on a day, today unless told."""
        return self.filter(still_good(day or today_here()))

    def public(self):
        """Lots of listed products."""
        return self.filter(product__is_public=True)


class Lot(models.Model):
    """A traceable quantity of one product: a harvest, a pressing, a series of a workshop."""

    product = models.ForeignKey(
        "catalogue.Product", verbose_name=_("product"), on_delete=models.PROTECT, related_name="lots"
    )
    # The seller of the product, kept here because its numbers are its own: two sellers may use the same.
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("seller"),
        on_delete=models.PROTECT,
        related_name="lots",
    )
    # Printed on the goods and, after the seller, in the address of the lot's page.
    code = models.CharField(_("lot number"), max_length=40)
    harvest_year = models.PositiveSmallIntegerField(_("harvest or production year"))
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    reserved = models.DecimalField(_("reserved"), max_digits=14, decimal_places=3, default=Decimal(0))
    sold = models.DecimalField(_("sold"), max_digits=14, decimal_places=3, default=Decimal(0))
    best_before = models.DateField(_("best before"), null=True, blank=True)
    # Values by the codes of the family's lab fields.
    lab = models.JSONField(_("laboratory values"), default=dict, blank=True)
    laboratory = models.CharField(_("laboratory"), max_length=120, blank=True)
    analysed_on = models.DateField(_("analysed on"), null=True, blank=True)
    report = models.FileField(_("laboratory report"), upload_to="lots/%Y/", blank=True)
    edition = models.CharField(_("edition of the standard"), max_length=60, blank=True)
    grade = models.CharField(_("graded category"), max_length=20, blank=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["product", "-harvest_year", "code"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("code"), name="one_lot_per_seller_and_number"),
            # It is a part of an address, and of one that no browser folds.
            models.CheckConstraint(
                condition=Q(code__regex=LOT_CODE.pattern), name="lot_number_stands_in_address"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, reserved__gte=0, sold__gte=0), name="lot_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("reserved") + F("sold")), name="lot_not_oversold"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, **kwargs) -> None:
        """Keeps the lot with the seller of its product."""
        self.organisation_id = self.product.organisation_id
        super().save(*args, **kwargs)

    @property
    def is_past(self) -> bool:
        """Whether its best-before date is over: nothing of it is sold any more."""
        return self.best_before is not None and self.best_before < today_here()

    @property
    def left(self) -> Decimal:
        """What it holds that no order has, good or not, in the product's unit."""
        return self.quantity - self.reserved - self.sold

    @property
    def available(self) -> Decimal:
        """What can still be reserved, in the product's unit."""
        return Decimal(0) if self.is_past else self.left
