from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet

from catalogue.models.lots import still_good
from catalogue.states import BaseUnit, PackLevel, TextOrigin
from moussem.core.dates import today_here

LISTED = Q(is_public=True, organisation__isnull=False)


class ProductQuerySet(OscarProductQuerySet):
    def listed(self):
        """What every visitor may see."""
        return self.filter(LISTED)

    def of(self, organisation):
        """The products of one seller, listed or not."""
        return self.filter(organisation=organisation)

    def with_availability(self):
        """Annotates ``available``: what the lots still hold, in the product's unit."""
        left = F("lots__quantity") - F("lots__reserved") - F("lots__sold")
        good = still_good(today_here(), "lots__")
        return self.annotate(available=Sum(left, filter=good, default=Decimal(0)))


class Product(AbstractProduct):
    """What a seller offers: its origin, terms and texts. Prices, lots and certificates hang from it."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("seller"),
        null=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    # The seller's own code, so that a file can be imported twice.
    seller_code = models.CharField(_("your own code"), max_length=40, blank=True)
    hs_code = models.ForeignKey(
        "regions.HsCode",
        verbose_name=_("HS code"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    national_code = models.CharField(_("national tariff code"), max_length=14, blank=True)
    origin_region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("region of origin"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    origin_province = models.ForeignKey(
        "regions.Province",
        verbose_name=_("province of origin"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    protected_name = models.ForeignKey(
        "catalogue.ProtectedName",
        verbose_name=_("protected name"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    register_number = models.CharField(
        _("number in the register of the protected name"), max_length=60, blank=True
    )
    allergens = models.JSONField(_("allergens"), default=list, blank=True)
    shelf_life_months = models.DecimalField(
        _("shelf life in months"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=6, choices=BaseUnit.choices, default=BaseUnit.KILOGRAM)
    moq = models.DecimalField(
        _("minimum order quantity"), max_digits=14, decimal_places=3, default=Decimal(1)
    )
    order_multiple = models.DecimalField(
        _("order multiple"), max_digits=14, decimal_places=3, default=Decimal(1)
    )
    sample_quantity = models.DecimalField(
        _("sample quantity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    lead_time_days = models.PositiveSmallIntegerField(_("lead time in days"), default=21)
    harvest_months = models.JSONField(_("harvest months"), default=list, blank=True)
    capacity_per_year = models.DecimalField(
        _("capacity per year"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    prices_valid_until = models.DateField(_("prices valid until"), null=True, blank=True)
    listed_at = models.DateTimeField(_("listed"), null=True, blank=True)

    # The language and the title where a query fetched the title along (catalogue.queries.title_in).
    fetched_title: tuple[str, str] | None = None

    objects = ProductQuerySet.as_manager()

    class Meta(AbstractProduct.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=Q(moq__gt=0), name="moq_positive"),
            models.CheckConstraint(condition=Q(order_multiple__gt=0), name="multiple_positive"),
            models.CheckConstraint(
                condition=Q(protected_name__isnull=True) | ~Q(register_number=""),
                name="protected_name_has_number",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("seller_code"),
                condition=~Q(seller_code=""),
                name="one_product_per_code_however_written",
            ),
        ]
        indexes = [
            models.Index(fields=["is_public", "organisation"], name="listed_by_seller"),
            # The list a visitor opens, and the counts of its filters.
            models.Index(fields=["-listed_at", "-id"], condition=LISTED, name="listed_by_date"),
            models.Index(
                fields=["product_class", "origin_region"],
                condition=LISTED,
                name="listed_by_family",
            ),
        ]

    def __str__(self) -> str:
        return self.get_title()

    @property
    def family(self):
        """The family, under the word of our glossary."""
        return self.product_class

    def text_in(self, language: str | None = None) -> "ProductText | None":
        """The text in a language (the active one), else the original; uses prefetched ``texts``."""
        return _nearest(self.texts.all(), language)

    @property
    def packaging_text(self) -> "ProductText | None":
        """The text whose words on packaging a reader gets; uses prefetched ``texts``."""
        return _nearest((text for text in self.texts.all() if text.packaging), None)

    @property
    def label(self) -> str:
        """The title as a reader of the active language sees it."""
        if self.fetched_title and self.fetched_title[0] == (get_language() or "en")[:2]:
            return self.fetched_title[1]
        text = self.text_in()
        return text.title if text else self.get_title()

    def prices_have_lapsed(self, today=None) -> bool:
        """Whether the seller's prices no longer bind."""
        return self.prices_valid_until is not None and self.prices_valid_until < (today or today_here())


def _nearest(texts: Iterable["ProductText"], language: str | None) -> "ProductText | None":
    wanted = (language or get_language() or "en")[:2]
    by_language = {text.language: text for text in texts}
    original = next((t for t in by_language.values() if t.origin == TextOrigin.ORIGINAL), None)
    return by_language.get(wanted) or original or next(iter(by_language.values()), None)


class ProductText(models.Model):
    """Title, description and packaging in one language, with where they come from."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    packaging = models.CharField(_("packaging in words"), max_length=200, blank=True)
    origin = models.CharField(
        _("origin of the text"), max_length=10, choices=TextOrigin.choices, default=TextOrigin.ORIGINAL
    )
    approved_by = models.ForeignKey(
        "people.User",
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Meta:
        verbose_name = _("product text")
        verbose_name_plural = _("product texts")
        constraints = [models.UniqueConstraint(fields=["product", "language"], name="one_text_per_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class PriceTier(models.Model):
    """A step of the price ladder: from this quantity on, one unit costs this much."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="tiers")
    currency = models.CharField(_("currency"), max_length=3)
    min_quantity = models.DecimalField(_("from quantity"), max_digits=14, decimal_places=3)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = _("price tier")
        verbose_name_plural = _("price ladder")
        ordering = ["currency", "min_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "currency", "min_quantity"], name="one_price_per_step"
            ),
            models.CheckConstraint(condition=Q(min_quantity__gt=0), name="step_positive"),
            models.CheckConstraint(condition=Q(unit_price__gt=0), name="price_positive"),
        ]

    def __str__(self) -> str:
        return f"≥ {self.min_quantity:f}: {self.unit_price:f} {self.currency}"


class Packaging(models.Model):
    """One packaging level of a product: what it holds, weighs and measures."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="packagings")
    level = models.CharField(_("level"), max_length=6, choices=PackLevel.choices)
    # For a unit: how much product, in the product's unit. For a carton: units. For a pallet: cartons.
    holds = models.DecimalField(_("holds"), max_digits=14, decimal_places=3)
    gross_weight_kg = models.DecimalField(_("gross weight in kg"), max_digits=10, decimal_places=3)
    length_cm = models.DecimalField(_("length in cm"), max_digits=7, decimal_places=1, null=True, blank=True)
    width_cm = models.DecimalField(_("width in cm"), max_digits=7, decimal_places=1, null=True, blank=True)
    height_cm = models.DecimalField(_("height in cm"), max_digits=7, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = _("packaging level")
        verbose_name_plural = _("packaging levels")
        constraints = [
            models.UniqueConstraint(fields=["product", "level"], name="one_packaging_per_level"),
            models.CheckConstraint(
                condition=Q(holds__gt=0, gross_weight_kg__gt=0), name="packaging_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.holds:f}"
