from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import (
    AbstractAttributeOption,
    AbstractCategory,
    AbstractProductAttribute,
    AbstractProductClass,
)

from catalogue.measures import measure_label
from catalogue.states import Allergen, BaseUnit
from moussem.core.codes import ListOfCodes
from moussem.core.text import pick, reading_order

# What is harvested, pressed or cooked is sold by these.
WEIGHED = frozenset({"kg", "g", "t", "L", "mL"})


class Category(AbstractCategory):
    """A department of the marketplace: the first level a visitor browses."""

    name_fr = models.CharField(_("name in French"), max_length=255, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=255, blank=True)

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name, fr=self.name_fr, ar=self.name_ar)

    @property
    def families_by_name(self) -> list["ProductClass"]:
        """Its families in the order of the names that the reader sees."""
        return sorted(self.families.all(), key=lambda family: reading_order(family.label))


class ProductClass(AbstractProductClass):
    """A product family: it decides the attributes, lab fields, units and HS codes of its products."""

    name_fr = models.CharField(_("name in French"), max_length=128, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=128, blank=True)
    story_en = models.TextField(_("story in English"), blank=True)
    story_fr = models.TextField(_("story in French"), blank=True)
    story_ar = models.TextField(_("story in Arabic"), blank=True)
    department = models.ForeignKey(
        Category,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="families",
    )
    # A file of catalogue/static/catalogue/drawings, without its ending.
    drawing = models.SlugField(_("drawing"), max_length=40, default="generic")
    units = ListOfCodes(_("units"), default=list, codes=BaseUnit.choices, in_order=True)
    allergens = ListOfCodes(_("usual allergens"), default=list, blank=True, codes=Allergen.choices)
    # A rug is neither eaten nor put on the skin: "no allergens declared" would only make a buyer wonder.
    declares_allergens = models.BooleanField(
        _("allergens are declared"),
        default=True,
        help_text=_("For what is eaten or put on the skin. Otherwise no page, form or list asks for them."),
    )
    hs_codes = models.ManyToManyField(
        "regions.HsCode", verbose_name=_("suggested HS codes"), blank=True, related_name="families"
    )

    class Meta(AbstractProductClass.Meta):
        abstract = False
        verbose_name = _("family")
        verbose_name_plural = _("families")

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name, fr=self.name_fr, ar=self.name_ar)

    @property
    def story(self) -> str:
        """The story in the active language."""
        return pick(en=self.story_en, fr=self.story_fr, ar=self.story_ar)

    @property
    def is_made(self) -> bool:
        """Whether its goods are made piece by piece and not gathered: nobody weighs them to sell them."""
        return bool(self.units) and WEIGHED.isdisjoint(self.units)


# The word of our glossary; Oscar's name stays for Oscar's own code.
Family = ProductClass


class ProductAttribute(AbstractProductAttribute):
    """A question the family asks about each of its products."""

    name_fr = models.CharField(_("name in French"), max_length=128, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=128, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(AbstractProductAttribute.Meta):
        abstract = False
        ordering = ["order", "pk"]
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name, fr=self.name_fr, ar=self.name_ar)


class AttributeOption(AbstractAttributeOption):
    """One answer of a closed question."""

    option_fr = models.CharField(_("option in French"), max_length=255, blank=True)
    option_ar = models.CharField(_("option in Arabic"), max_length=255, blank=True)

    class Meta(AbstractAttributeOption.Meta):
        abstract = False
        ordering = ["pk"]
        verbose_name = _("option")
        verbose_name_plural = _("options")

    @property
    def label(self) -> str:
        """The option in the active language."""
        return pick(en=self.option, fr=self.option_fr, ar=self.option_ar)


class LabField(models.Model):
    """A value that a laboratory measures on the lots of a family."""

    family = models.ForeignKey(
        ProductClass, verbose_name=_("family"), on_delete=models.CASCADE, related_name="lab_fields"
    )
    code = models.SlugField(_("code"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    # The standard and its parameter as written in LabLimit, where a limit exists.
    standard = models.CharField(_("standard"), max_length=40, blank=True)
    parameter = models.CharField(_("parameter of the standard"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("lab field")
        verbose_name_plural = _("lab fields")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["family", "code"], name="one_lab_field_per_code")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name_en, fr=self.name_fr, ar=self.name_ar)

    @property
    def unit_label(self) -> str:
        """The unit in the active language."""
        return measure_label(self.unit)


class LabLimit(models.Model):
    """A limit of a standard, by edition, with its source."""

    standard = models.CharField(_("standard"), max_length=40)
    product = models.CharField(_("product"), max_length=80)
    parameter = models.CharField(_("parameter"), max_length=120)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    bound = models.CharField(_("bound"), max_length=10)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("limit of a standard")
        verbose_name_plural = _("limits of standards")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.standard} {self.parameter} {self.category} {self.bound} {self.value}"
