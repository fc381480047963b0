"""What buyer, seller and the clock do with a placed order. Other rooms import from here."""

from moussem.trade.fulfilment.actions.answering import (
    accept_order,
    cancel_order,
    refuse_order,
    withdraw_order,
)
from moussem.trade.fulfilment.actions.lapsing import (
    cancel_unanswered_order,
    cancel_unpaid_order,
    remind_of_answer,
    remind_of_deposit,
)
from moussem.trade.fulfilment.actions.leaving import confirm_delivery, correct_carriage, ship_order
from moussem.trade.fulfilment.actions.packing import (
    PackedRow,
    add_photos,
    correct_packing,
    mark_ready,
    rearrange_lots,
    remove_photo,
)

__all__ = [
    "PackedRow",
    "accept_order",
    "add_photos",
    "cancel_order",
    "cancel_unanswered_order",
    "cancel_unpaid_order",
    "confirm_delivery",
    "correct_carriage",
    "correct_packing",
    "mark_ready",
    "rearrange_lots",
    "refuse_order",
    "remind_of_answer",
    "remind_of_deposit",
    "remove_photo",
    "ship_order",
    "withdraw_order",
]
