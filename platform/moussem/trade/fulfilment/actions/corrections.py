"""A seller corrects what it said of a lot: the buyers whose goods lie in it are told."""

from catalogue.models import Lot
from catalogue.queries.corrections import correction_of
from moussem.core.models import LogEntry
from moussem.trade.checkout.actions.order_mails import tell_buyer
from moussem.trade.fulfilment.queries import orders_holding_lot


def tell_of_correction(lot: Lot, entry: LogEntry) -> int:
    """Write to the buyer of every order that holds goods of the lot. Returns how many orders."""
    family = lot.product.product_class
    correction = correction_of(entry, family.lab_fields.all() if family else [])
    orders = list(orders_holding_lot(lot))
    for order in orders:
        tell_buyer(
            order, "lot_corrected", once=entry.pk, lot=lot.code, product=lot.product, correction=correction
        )
    return len(orders)
