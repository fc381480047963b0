"""A seller corrects what it said of a lot: the buyers whose goods lie in it, or came from it, are told."""

from typing import Any

from django.conf import settings

from catalogue.models import Lot
from catalogue.queries.corrections import correction_of
from moussem.core.models import LogEntry
from moussem.trade.fulfilment.queries import orders_with_lot
from moussem.trade.order.models import Order
from moussem.trade.order.states import HOLDING_STATES
from moussem.trade.payment.actions.order_mails import tell_buyers_once


def tell_of_correction(lot: Lot, entry: LogEntry) -> int:
    """Write once to each buyer whose orders hold or received goods of the lot. Returns how many orders."""
    family = lot.product.product_class
    orders = list(orders_with_lot(lot))
    tell_buyers_once(
        orders,
        "lot_corrected",
        once=entry.pk,
        lot=lot.code,
        product=lot.product,
        correction=correction_of(entry, family.lab_fields.all() if family else []),
        site=settings.SITE_URL,
        about=_kept_and_sent,
    )
    return len(orders)


def _kept_and_sent(orders: list[Order]) -> dict[str, Any]:
    kept = [order.number for order in orders if order.status in HOLDING_STATES]
    return {"kept": kept, "sent": [order.number for order in orders if order.number not in kept]}
