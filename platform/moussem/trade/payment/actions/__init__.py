"""What changes payments. Other rooms import from here."""

from moussem.trade.payment.actions.attempts import (
    announce_wire,
    give_up,
    let_wire_lapse,
    start_attempt,
    withdraw_wire,
)
from moussem.trade.payment.actions.corrections import count_excess, return_excess, take_back_wire
from moussem.trade.payment.actions.findings import report_unknown
from moussem.trade.payment.actions.looking import look_again
from moussem.trade.payment.actions.notices import process_event, refund_outcome, take_event
from moussem.trade.payment.actions.plans import cancel_plan, make_due, plan_each
from moussem.trade.payment.actions.quarantine import (
    accept_held,
    give_excess_back,
    note_discrepancy,
    reject_held,
)
from moussem.trade.payment.actions.reconciling import process_waiting_events, reconcile
from moussem.trade.payment.actions.refunds import (
    give_account,
    give_refund_details,
    record_refund_sent,
    refund_again,
    refund_by_wire,
    refund_order,
    send_refund,
)
from moussem.trade.payment.actions.wires import record_wire

__all__ = [
    "accept_held",
    "announce_wire",
    "cancel_plan",
    "count_excess",
    "give_account",
    "give_excess_back",
    "give_refund_details",
    "give_up",
    "let_wire_lapse",
    "look_again",
    "make_due",
    "note_discrepancy",
    "plan_each",
    "process_event",
    "process_waiting_events",
    "reconcile",
    "record_refund_sent",
    "record_wire",
    "refund_again",
    "refund_by_wire",
    "refund_order",
    "refund_outcome",
    "reject_held",
    "report_unknown",
    "return_excess",
    "send_refund",
    "start_attempt",
    "take_back_wire",
    "take_event",
    "withdraw_wire",
]
