from decimal import Decimal
from typing import Any

from django import template

from moussem.trade.checkout.queries import Due, Quote
from moussem.trade.order.drafts import OrderDraft

register = template.Library()


@register.simple_tag
def instalments(quote: Quote, draft: OrderDraft) -> list[Due]:
    """How one of the orders will be paid."""
    return quote.instalments_of(draft)


@register.inclusion_tag("checkout/parts/payment_bar.html")
def payment_bar(quote: Quote) -> dict[str, Any]:
    """What is paid at each moment, as parts of one bar 100 wide; nothing where all is paid at once."""
    parts, start = [], Decimal(0)
    for moment, amount in quote.sums_by_moment.items():
        width = amount * 100 / quote.total
        drawn = {"x": f"{start:.2f}", "width": f"{width:.2f}"}
        parts.append({"moment": moment.label, "amount": amount, "share": round(width), **drawn})
        start += width
    return {"parts": parts if len(parts) > 1 else [], "currency": quote.view.currency}
