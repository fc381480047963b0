"""Shows what was loaded. The files are the source: an edit here would be lost at the next load."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moussem.core.admin import ReadOnly
from moussem.regions.models import Country, HsCode, Province, Region, TradeAgreement


@admin.register(Region)
class RegionAdmin(ReadOnly):
    list_display = ["code", "name_fr", "name_ar", "capital_fr"]
    search_fields = ["code", "name_en", "name_fr", "name_ar"]


@admin.register(Province)
class ProvinceAdmin(ReadOnly):
    list_display = ["code", "name_fr", "name_ar", "region", "kind", "quake_2023"]
    list_filter = ["region", "kind", "quake_2023", "emn_2024_priority_zone", "saffron", "rose", "argan"]
    list_select_related = ["region"]
    search_fields = ["code", "name_fr", "name_ar"]


@admin.register(Country)
class CountryAdmin(ReadOnly):
    list_display = ["code", "name_en", "name_fr", "name_ar", "group", "currency", "afcfta_status"]
    list_filter = ["group", "afcfta_status", "currency"]
    search_fields = ["code", "iso3", "name_en", "name_fr", "name_ar"]


@admin.register(HsCode)
class HsCodeAdmin(ReadOnly):
    list_display = ["dotted", "official_en", "label_fr", "label_ar", "category"]
    list_filter = ["level", "category", "section"]
    search_fields = ["code", "official_en", "label_en", "label_fr", "label_ar"]

    @admin.display(description=_("code"), ordering="code")
    def dotted(self, code):
        """The code as it is printed."""
        return code.dotted


@admin.register(TradeAgreement)
class TradeAgreementAdmin(ReadOnly):
    list_display = ["code", "name", "applied_since", "proof_of_origin", "confidence"]
    search_fields = ["code", "name"]
