"""Orders and instalments in a word: the badge of a state, the goods in one line."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from catalogue.states import BaseUnit
from moussem.core.templatetags.figures import quantity
from moussem.core.templatetags.parts import timeline
from moussem.trade.documents.content import delivery_of
from moussem.trade.fulfilment.queries import country_of_delivery, story_of
from moussem.trade.fulfilment.swaps import lots_swapped
from moussem.trade.fulfilment.timeline import timeline_of
from moussem.trade.order.models import Line, Order
from moussem.trade.order.states import OPEN_STATES, OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState
from moussem.trade.shipping.states import Mode

register = template.Library()

ORDER_TONES = {
    OrderState.PLACED: ("warning", "clock"),
    OrderState.ACCEPTED: ("info", "check"),
    OrderState.READY: ("accent", "package"),
    OrderState.SHIPPED: ("info", "truck"),
    OrderState.DELIVERED: ("success", "check-circle"),
    OrderState.REFUSED: ("danger", "close"),
    OrderState.CANCELLED: ("neutral", "close"),
}
INSTALMENT_TONES = {
    InstalmentState.PLANNED: ("neutral", "calendar"),
    InstalmentState.DUE: ("warning", "clock"),
    InstalmentState.ANNOUNCED: ("info", "bank"),
    InstalmentState.SETTLED: ("success", "check"),
    InstalmentState.REFUNDING: ("info", "swap"),
    InstalmentState.REFUNDED: ("neutral", "swap"),
    InstalmentState.CANCELLED: ("neutral", "close"),
}

# What happens on each of the five steps.
STEPS_NOW = {
    OrderState.PLACED: pgettext_lazy("step of an order", "the seller reads it"),
    OrderState.ACCEPTED: pgettext_lazy("step of an order", "the seller packs the goods"),
    OrderState.READY: pgettext_lazy("step of an order", "the goods are packed"),
    OrderState.SHIPPED: pgettext_lazy("step of an order", "the goods are on the way"),
    OrderState.DELIVERED: pgettext_lazy("step of an order", "the goods have arrived"),
}


@register.inclusion_tag("components/badge.html")
def order_badge(order: Order, *, for_seller: bool = False) -> dict[str, Any]:
    """Where an order stands, as its buyer or its seller says it."""
    tone, icon = ORDER_TONES[OrderState(order.status)]
    yours = for_seller and order.status == OrderState.PLACED
    label = pgettext("order", "waiting for your answer") if yours else order.get_status_display()
    return {"label": label, "tone": tone, "icon": icon}


@register.inclusion_tag("trade/orders/parts/progress.html")
def order_progress(order: Order) -> dict[str, Any]:
    """How far an order has come on its five steps; nothing for one that came to nothing."""
    steps = (*OPEN_STATES, OrderState.DELIVERED)
    reached = steps.index(order.status) + 1 if order.status in steps else 0
    now = STEPS_NOW[OrderState(order.status)] if reached else ""
    return {"reached": reached, "now": now, "total": len(steps), "steps": range(1, len(steps) + 1)}


@register.inclusion_tag("components/badge.html")
def instalment_badge(instalment: Instalment) -> dict[str, Any]:
    """Where an instalment stands."""
    tone, icon = INSTALMENT_TONES[InstalmentState(instalment.state)]
    return {"label": instalment.get_state_display(), "tone": tone, "icon": icon}


@register.simple_tag
def line_quantity(line: Line) -> SafeString:
    """How much of a line was ordered."""
    return quantity(line.quantity, line.unit)


@register.filter
def unit_label(line: Line) -> str:
    """What the quantity of a line counts."""
    return str(BaseUnit(line.unit).label)


@register.filter
def goods_in_short(order: Order) -> str:
    """The first goods of an order, and how many more."""
    return goods_of([order])


@register.filter
def goods_of(orders: Iterable[Order]) -> str:
    """The first goods of several orders, and how many more."""
    lines = [line for order in orders for line in order.lines.all()]
    if not lines:
        return ""
    first = goods_title(lines[0])
    return (
        first
        if len(lines) == 1
        else _("%(first)s and %(more)s more") % {"first": first, "more": len(lines) - 1}
    )


@register.filter
def goods_title(line: Line) -> str:
    """What was ordered, in the reader's language and in the words of that day."""
    return line.label


@register.filter
def line_photo(line: Line) -> Any:
    """The photo of what was ordered; none where its family's drawing stands in."""
    return next(iter(line.product.images.all()), None) if line.product else None


@register.filter
def delivery_lines(order: Order) -> list[str]:
    """Where the goods go, line by line, without the country."""
    return delivery_of(order)["lines"]


@register.filter
def delivery_country(order: Order) -> str:
    """The country of delivery, in the reader's language."""
    country = country_of_delivery(order)
    return country.label if country else ""


@register.filter
def transport(order: Order) -> str:
    """How the goods travel, in a word."""
    return str(Mode(order.transport_mode).label) if order.transport_mode in Mode.values else ""


@register.inclusion_tag("components/timeline.html")
def order_story(order: Order) -> dict[str, Any]:
    """What happened to an order and what comes next, for pages that do not bring it."""
    plan = getattr(order, "payment_plan", None)
    instalments = list(plan.instalments.all()) if plan else []
    story = story_of(order)
    return timeline(items=timeline_of(order, story, instalments, lots_swapped(story)))
