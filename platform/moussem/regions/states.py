"""Choices of the reference data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProvinceKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")


class CountryGroup(models.TextChoices):
    HOME = "Home", _("Morocco")
    EU = "EU", _("European Union")
    EFTA = "EFTA", _("EFTA")
    AFRICA = "Africa", _("Africa")
    ARAB = "Arab", _("Arab countries")
    OTHER = "Other", pgettext_lazy("group of countries", "Other countries")


class AfcftaStatus(models.TextChoices):
    """Where a country stands; a state party may still not apply the preference."""

    STATE_PARTY = "state_party", _("State party")
    SIGNED = "signed_not_party", _("Signed, not yet a party")
    NOT_SIGNED = "not_signed", _("Not signed")


class HsLevel(models.IntegerChoices):
    CHAPTER = 2, pgettext_lazy("HS nomenclature", "Chapter")
    HEADING = 4, pgettext_lazy("HS nomenclature", "Heading")
    SUBHEADING = 6, pgettext_lazy("HS nomenclature", "Subheading")
