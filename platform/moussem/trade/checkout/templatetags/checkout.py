from decimal import Decimal
from typing import Any

from django import template

from moussem.trade.checkout.queries import Due, Reckoning
from moussem.trade.order.drafts import OrderDraft

register = template.Library()


@register.simple_tag
def instalments(reckoning: Reckoning, draft: OrderDraft) -> list[Due]:
    """How one of the orders will be paid."""
    return reckoning.instalments_of(draft)


@register.inclusion_tag("checkout/parts/payment_bar.html")
def payment_bar(reckoning: Reckoning) -> dict[str, Any]:
    """What is paid at each moment, as parts of one bar 100 wide; nothing where all is paid at once."""
    parts, start = [], Decimal(0)
    for moment, amount in reckoning.sums_by_moment.items():
        width = amount * 100 / reckoning.total
        drawn = {"x": f"{start:.2f}", "width": f"{width:.2f}"}
        parts.append({"moment": moment.label, "amount": amount, "share": round(width), **drawn})
        start += width
    return {"parts": parts if len(parts) > 1 else [], "currency": reckoning.view.currency}
