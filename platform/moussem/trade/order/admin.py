"""Orders, purchases and requests for approval, to read: only the actions of their rooms move them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from moussem.core.admin import ReadOnly
from moussem.core.log import history_of
from moussem.trade.order.models import ApprovalRequest, Line, LotReservation, Order, Purchase


class WithLog(ReadOnly):
    """A row to read, with what happened to it."""

    readonly_fields = ("log",)

    @admin.display(description=_("log"))
    def log(self, row: Model) -> SafeString:
        """Every line of the log about this row."""
        return render_to_string("organisations/parts/log.html", {"lines": history_of(row)})


class ToRead(admin.TabularInline):
    """Rows of another table, to read."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LineInline(ToRead):
    model = Line
    fields = ("title", "quantity", "unit", "unit_price_excl_tax", "line_price_excl_tax", "is_sample")


class OrderInline(ToRead):
    model = Order
    fields = ("number", "seller", "status", "currency", "total_excl_tax")


@admin.register(Purchase)
class PurchaseAdmin(WithLog):
    list_display = ("number", "buyer", "total", "currency", "placed_at", "placed_by")
    list_select_related = ("buyer", "placed_by")
    search_fields = ("number", "buyer__name")
    date_hierarchy = "placed_at"
    inlines = [OrderInline]


@admin.register(Order)
class OrderAdmin(WithLog):
    list_display = ("number", "status", "buyer", "seller", "total_excl_tax", "currency", "answer_by")
    list_filter = ("status", "currency")
    list_select_related = ("buyer", "seller")
    search_fields = ("number", "buyer__name", "seller__name", "buyer_reference")
    date_hierarchy = "date_placed"
    inlines = [LineInline]
    # Oscar's, which we do not use.
    exclude = (
        "site",
        "billing_address",
        "guest_email",
        "analytics_tracked",
        "shipping_tax_code",
        "shipping_code",
    )


@admin.register(LotReservation)
class LotReservationAdmin(ReadOnly):
    list_display = ("lot", "line", "quantity", "released_at", "shipped_at")
    list_select_related = ("lot", "line")
    search_fields = ("lot__code", "line__order__number")


@admin.register(ApprovalRequest)
class ApprovalRequestAdmin(WithLog):
    list_display = ("buyer", "total", "currency", "state", "requested_by", "requested_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("buyer", "requested_by", "decided_by")
    search_fields = ("buyer__name", "requested_by__email")
