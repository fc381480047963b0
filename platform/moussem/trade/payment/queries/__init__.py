"""What is owed, what was tried and who pays."""

from moussem.trade.payment.queries.attempts import (
    attempts_of,
    excess_of,
    received_attempts,
    refunds_by_what_waits,
    refunds_of,
    refunds_of_order,
    refunds_to_send,
    refunds_waiting,
)
from moussem.trade.payment.queries.instalments import (
    by_urgency,
    due_now,
    due_of_purchase,
    first_due_of,
    instalment_for,
    instalments_for,
    instalments_found,
    shares_of,
    with_goods,
)
from moussem.trade.payment.queries.people import (
    buys_for,
    collectors_of,
    collectors_of_each,
    owners_of,
    payers_of,
    payers_of_each,
)
from moussem.trade.payment.queries.reconciling import open_discrepancies, overpaid_finding, wires_overdue

__all__ = [
    "attempts_of",
    "buys_for",
    "by_urgency",
    "collectors_of",
    "collectors_of_each",
    "due_now",
    "due_of_purchase",
    "excess_of",
    "first_due_of",
    "instalment_for",
    "instalments_for",
    "instalments_found",
    "open_discrepancies",
    "overpaid_finding",
    "owners_of",
    "payers_of",
    "payers_of_each",
    "received_attempts",
    "refunds_by_what_waits",
    "refunds_of",
    "refunds_of_order",
    "refunds_to_send",
    "refunds_waiting",
    "shares_of",
    "wires_overdue",
    "with_goods",
]
