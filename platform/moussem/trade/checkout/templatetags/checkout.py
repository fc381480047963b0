from django import template

from moussem.trade.checkout.queries import Due, Quote
from moussem.trade.order.drafts import OrderDraft

register = template.Library()


@register.simple_tag
def instalments(quote: Quote, draft: OrderDraft) -> list[Due]:
    """How one of the orders will be paid."""
    return quote.instalments_of(draft)
