"""What the staff's overview counts, each currency for itself."""

from typing import Any

from django.db.models import Count, QuerySet, Sum

from moussem.trade.order.models import Order
from moussem.trade.order.states import OPEN_STATES


def orders_by_state() -> dict[str, int]:
    """How many orders stand in each state that has any."""
    rows = Order.objects.order_by().values("status").annotate(count=Count("pk"))
    return {row["status"]: row["count"] for row in rows}


def value_under_way() -> QuerySet[Order, dict[str, Any]]:
    """What the orders under way are worth, by currency."""
    under_way = Order.objects.filter(status__in=OPEN_STATES).order_by("currency")
    return under_way.values("currency").annotate(total=Sum("total_excl_tax"), count=Count("pk"))
