from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from moussem.regions.models import Country, HsCode, Province, Region, TradeAgreement


class ReferenceAdmin(admin.ModelAdmin):
    """Shows what was loaded. The files are the source: an edit here would be lost at the next load."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ["code", "name_fr", "name_ar", "capital_fr"]
    search_fields = ["code", "name_en", "name_fr", "name_ar"]


@admin.register(Province)
class ProvinceAdmin(ReferenceAdmin):
    list_display = ["code", "name_fr", "name_ar", "region", "kind", "quake_2023"]
    list_filter = ["region", "kind", "quake_2023", "emn_2024_priority_zone", "saffron", "rose", "argan"]
    list_select_related = ["region"]
    search_fields = ["code", "name_fr", "name_ar"]


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    list_display = ["code", "name_en", "name_fr", "name_ar", "group", "currency", "afcfta_status"]
    list_filter = ["group", "afcfta_status", "currency"]
    search_fields = ["code", "iso3", "name_en", "name_fr", "name_ar"]


@admin.register(HsCode)
class HsCodeAdmin(ReferenceAdmin):
    list_display = ["dotted", "official_en", "label_fr", "label_ar", "category"]
    list_filter = ["level", "category", "section"]
    search_fields = ["code", "official_en", "label_en", "label_fr", "label_ar"]


@admin.register(TradeAgreement)
class TradeAgreementAdmin(ReferenceAdmin):
    list_display = ["code", "name", "applied_since", "proof_of_origin", "confidence"]
    search_fields = ["code", "name"]
