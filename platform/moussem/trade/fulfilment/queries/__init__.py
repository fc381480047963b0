"""What the two desks show, and what the clock looks for."""

from moussem.trade.fulfilment.queries.lapsing import (
    orders_to_remind_of_answer,
    orders_to_remind_of_deposit,
    orders_unanswered,
    orders_unpaid,
)
from moussem.trade.fulfilment.queries.orders import (
    by_what_waits,
    country_of_delivery,
    lead_time_of,
    lots_to_choose_from,
    orders_bought_by,
    orders_received,
    orders_received_by,
    orders_with_lot,
    packagings_of,
    photos_for,
    purchases_of,
    story_of,
    whole,
)
from moussem.trade.fulfilment.queries.pressing import (
    approvals_waiting,
    besides,
    instalments_under_way,
    most_pressing,
    orders_waiting,
    pressing_orders,
)

__all__ = [
    "approvals_waiting",
    "besides",
    "by_what_waits",
    "country_of_delivery",
    "instalments_under_way",
    "lead_time_of",
    "lots_to_choose_from",
    "most_pressing",
    "orders_bought_by",
    "orders_received",
    "orders_received_by",
    "orders_to_remind_of_answer",
    "orders_to_remind_of_deposit",
    "orders_unanswered",
    "orders_unpaid",
    "orders_waiting",
    "orders_with_lot",
    "packagings_of",
    "photos_for",
    "pressing_orders",
    "purchases_of",
    "story_of",
    "whole",
]
