from django.db import models
from django.utils.translation import gettext_lazy as _

from moussem.core.text import pick
from moussem.core.trilingual import Trilingual
from moussem.regions.states import AfcftaStatus, CountryGroup, HsLevel, ProvinceKind


class Region(Trilingual):
    """One of the twelve regions of Morocco, by its ISO 3166-2 code."""

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    capital_fr = models.CharField(_("capital in French"), max_length=60, blank=True)
    capital_ar = models.CharField(_("capital in Arabic"), max_length=60, blank=True)
    signature_products_en = models.TextField(_("signature products"), blank=True)
    eu_origin_label_rule = models.TextField(_("origin mention asked by the European Union"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    @property
    def capital(self) -> str:
        """The capital's name in the active language."""
        return pick(fr=self.capital_fr, ar=self.capital_ar)


class Province(models.Model):
    """A province or prefecture, with the facts that calls and product claims depend on."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="provinces"
    )
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_ar = models.CharField(_("name in Arabic"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ProvinceKind.choices)
    quake_2023 = models.BooleanField(_("hit by the earthquake of September 2023"), default=False)
    emn_2024_priority_zone = models.BooleanField(_("priority zone of Export Morocco Now 2024"), default=False)
    saffron = models.BooleanField(_("grows saffron"), default=False)
    saffron_note = models.CharField(_("note on saffron"), max_length=80, blank=True)
    rose = models.BooleanField(_("grows scented roses"), default=False)
    rose_note = models.CharField(_("note on roses"), max_length=80, blank=True)
    argan = models.BooleanField(_("in the argan belt"), default=False)
    notable_products_en = models.TextField(_("notable products"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language; French also serves readers of English."""
        return pick(fr=self.name_fr, ar=self.name_ar)


class TradeAgreement(models.Model):
    """An agreement under which Moroccan goods may claim a preference, and how origin is proved."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=160)
    partners = models.JSONField(_("partners"), default=list, blank=True)
    applied_since = models.CharField(_("applied since"), max_length=120, blank=True)
    origin_rules = models.TextField(_("rules of origin"), blank=True)
    proof_of_origin = models.TextField(_("proof of origin"), blank=True)
    proof_validity = models.CharField(_("validity of the proof"), max_length=120, blank=True)
    issuer_in_morocco = models.CharField(_("issuer in Morocco"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("trade agreement")
        verbose_name_plural = _("trade agreements")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name by which the agreement is known; it has no official name in each language here."""
        return self.name


class Country(Trilingual):
    """A country that Morocco sells to, or Morocco itself."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    iso3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    group = models.CharField(_("group"), max_length=6, choices=CountryGroup.choices)
    currency = models.CharField(_("currency"), max_length=3)
    languages = models.JSONField(_("languages"), default=list, help_text=_("The language of business first."))
    time_zones = models.JSONField(_("time zones"), default=list)
    afcfta_status = models.CharField(
        _("AfCFTA status"), max_length=16, choices=AfcftaStatus.choices, blank=True
    )
    afcfta_deposit_date = models.DateField(_("AfCFTA deposit date"), null=True, blank=True)
    afcfta_confidence = models.CharField(_("AfCFTA confidence"), max_length=6, blank=True)
    afcfta_as_of = models.CharField(_("AfCFTA facts as of"), max_length=10, blank=True)
    afcfta_gti_2022_23 = models.BooleanField(
        _("in the guided trade initiative of 2022-23"), null=True, blank=True
    )
    agreements = models.JSONField(_("agreements with Morocco"), default=list)
    proof_of_origin = models.CharField(_("proof of origin"), max_length=160, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name_en"]


class HsCode(models.Model):
    """One line of the Harmonized System 2022; its code is text, for the leading zeros."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=HsLevel.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    section = models.CharField(_("section"), max_length=6)
    official_en = models.CharField(_("official description"), max_length=300)
    label_en = models.CharField(_("label in English"), max_length=120, blank=True)
    label_fr = models.CharField(_("label in French"), max_length=120, blank=True)
    label_ar = models.CharField(_("label in Arabic"), max_length=120, blank=True)
    category = models.CharField(_("category"), max_length=20, blank=True, db_index=True)
    moroccan_examples = models.CharField(_("Moroccan examples"), max_length=160, blank=True)
    classification_note = models.CharField(_("note on classification"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("HS code")
        verbose_name_plural = _("HS codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.dotted} {self.label}"

    @property
    def label(self) -> str:
        """Our label in the active language, else the official English description."""
        return pick(en=self.label_en, fr=self.label_fr, ar=self.label_ar) or self.official_en

    @property
    def dotted(self) -> str:
        """The code as it is printed: 0910.20."""
        return f"{self.code[:4]}.{self.code[4:]}" if self.level == HsLevel.SUBHEADING else self.code
