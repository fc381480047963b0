from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moussem.core.text import pick
from moussem.trade.shipping.phrases import RISK_PASSES
from moussem.trade.shipping.states import Mode


class Incoterm(models.Model):
    """A rule of Incoterms 2020: who does and pays what, where the risk passes (reference/incoterms.csv)."""

    code = models.CharField(_("code"), primary_key=True, max_length=3)
    name_en = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    sea_only = models.BooleanField(_("sea and inland waterway only"))
    named_point = models.CharField(_("named place"), max_length=80)
    risk_passes = models.CharField(_("risk passes"), max_length=160)
    # The columns of the reference file, as written there: buyer, seller, or seller with a remark.
    duties = models.JSONField(_("duties by leg"))
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "Incoterm"
        verbose_name_plural = "Incoterms"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name_en, fr=self.name_fr, ar=self.name_ar)

    @property
    def risk_label(self) -> str:
        """Where the risk passes, as a sentence in the active language."""
        return str(RISK_PASSES.get(self.code, self.risk_passes))


class FreightRate(models.Model):
    """What a seller asks to carry goods under one Incoterm: an amount per consignment and per kg.

    No row: the seller does not offer that rule there, and the page says to ask, never zero.
    """

    seller = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("seller"),
        on_delete=models.CASCADE,
        related_name="freight_rates",
    )
    incoterm = models.ForeignKey(
        Incoterm, verbose_name=_("Incoterm"), on_delete=models.PROTECT, related_name="+"
    )
    mode = models.CharField(_("transport"), max_length=5, choices=Mode.choices)
    # Empty: any country. A country's own row wins.
    country = models.ForeignKey(
        "regions.Country",
        verbose_name=_("to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    # Where the seller delivers under FCA, FOB …; empty where the buyer names the place.
    place = models.CharField(_("named place"), max_length=120, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    per_consignment = models.DecimalField(
        _("per consignment"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    per_kg = models.DecimalField(
        _("per kg of gross weight"), max_digits=12, decimal_places=4, default=Decimal(0)
    )
    transit_days = models.PositiveSmallIntegerField(_("days of transit"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("freight rate")
        verbose_name_plural = _("freight rates")
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "incoterm", "mode", "place", "country", "currency"],
                nulls_distinct=False,
                name="one_freight_rate",
            ),
            models.CheckConstraint(
                condition=Q(per_consignment__gte=0, per_kg__gte=0), name="freight_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incoterm_id} {self.mode} {self.country_id or '*'}"


from oscar.apps.shipping.models import *  # noqa: E402
