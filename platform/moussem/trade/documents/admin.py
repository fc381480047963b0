from django.contrib import admin

from moussem.core.admin import ReadOnly
from moussem.trade.documents.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ("number", "kind", "order", "issued_at")
    list_filter = ("kind",)
    list_select_related = ("order",)
    search_fields = ("number", "order__number")
    date_hierarchy = "issued_at"
