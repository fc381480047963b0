"""An order told in moments: what the log says has happened, where it stands, what comes next."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from moussem.core.models import LogEntry
from moussem.core.money import format_money
from moussem.core.text import isolated
from moussem.trade.fulfilment.states import Cause
from moussem.trade.fulfilment.swaps import REARRANGED, Lots, swaps_told
from moussem.trade.order.models import Order
from moussem.trade.order.states import PAYABLE_STATES, OrderState
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import (
    CORRECTED,
    OPEN_INSTALMENTS,
    PART_CAME,
    RETURNED_BY_BANK,
    UNPAID_INSTALMENTS,
    WITHDRAWN,
    InstalmentState,
    Trigger,
)

Moment = dict[str, Any]
PAYMENTS_TOLD = {
    InstalmentState.ANNOUNCED: _("Payment of %(amount)s announced"),
    InstalmentState.SETTLED: _("Payment of %(whole)s received"),
    InstalmentState.REFUNDING: _("Refund of %(amount)s under way"),
    InstalmentState.REFUNDED: _("%(amount)s refunded"),
}
# Payments that leave their instalment in the state in which it was.
PARTS_TOLD = {
    "payment.part_received": _("%(amount)s of %(whole)s received; %(outstanding)s is still due"),
    "payment.taken_back": _("The seller took back %(amount)s as recorded by mistake"),
}


def timeline_of(
    order: Order, story: Iterable[LogEntry], instalments: list[Instalment], lots: Lots
) -> list[Moment]:
    """The moments of an order for the ``timeline`` component, the past first; ``lots`` are those swapped."""
    by_id = {str(one.pk): one for one in instalments}
    story = list(story)
    swaps = swaps_told(story, order.lines.all(), lots)
    told = [_told(entry, order, by_id, swaps) for entry in story]
    past = [{"title": _("Order placed"), "when": order.date_placed}, *(one for one in told if one)]
    coming = _coming(order, instalments) if order.status in PAYABLE_STATES else []
    return past + [{**one, "state": "coming" if place else "current"} for place, one in enumerate(coming)]


def _told(
    entry: LogEntry, order: Order, instalments: dict[str, Instalment], swaps: dict[int, str]
) -> Moment | None:
    if entry.subject_type == Order._meta.label_lower:
        return _told_of_order(entry, order, swaps)
    instalment = instalments.get(entry.subject_id)
    return _told_of_payment(entry, instalment) if instalment else None


def _told_of_order(entry: LogEntry, order: Order, swaps: dict[int, str]) -> Moment | None:
    titles = {
        "moved.accepted": _("Accepted by the seller"),
        REARRANGED: _("The seller chose other lots for a line"),
        "moved.ready": _("Goods packed and ready to leave"),
        "packing.corrected": _("The seller corrected the packing list"),
        "moved.shipped": _("Goods handed to the carrier"),
        "carriage.corrected": _("The seller corrected who carries the goods"),
        "moved.delivered": _("Arrival confirmed by the buyer"),
    }
    ends = {"moved.refused": _("Refused by the seller"), "moved.cancelled": _("Order cancelled")}
    if entry.verb in ends:
        detail = ending_of(order, entry)
        return {"title": ends[entry.verb], "when": entry.at, "detail": detail, "state": "problem"}
    if entry.verb not in titles:
        return None
    detail = swaps.get(entry.pk, "")
    if entry.verb == "moved.shipped":
        detail = " · ".join(one for one in (order.carrier, order.tracking_reference) if one)
    if entry.verb == "carriage.corrected":
        detail = " · ".join(one for one in entry.facts["now"] if one)
    return {"title": titles[entry.verb], "when": entry.at, "detail": detail}


def ending_of(order: Order, entry: LogEntry) -> str:
    """Why an order came to nothing, in the reader's language, with the words of the person who ended it."""
    cause = entry.facts.get("cause", "")
    by_seller = cause in (Cause.REFUSED, Cause.CANCELLED)
    own = order.refusal_reason if by_seller else entry.facts.get("reason", "")
    label = str(Cause(cause).label) if cause in Cause.values and cause != Cause.REFUSED else ""
    kind = order.get_refusal_code_display() if order.refusal_code not in ("", "other") else ""
    colon = pgettext("between a label and its value", ": ")
    return colon.join(one for one in (label[:1].upper() + label[1:], kind, isolated(own)) if one)


def _told_of_payment(entry: LogEntry, instalment: Instalment) -> Moment | None:
    facts = entry.facts
    values = {"amount": _said(facts.get("amount") or instalment.amount, facts.get("currency"), instalment)}
    for name in ("outstanding", "charges"):
        values[name] = _said(facts.get(name) or "0", None, instalment)
    values["whole"] = _said(instalment.amount, None, instalment)
    if entry.verb in PARTS_TOLD:
        return {"title": PARTS_TOLD[entry.verb] % values, "when": entry.at}
    now, was = facts.get("now"), facts.get("was")
    if now in UNPAID_INSTALMENTS and was in (InstalmentState.ANNOUNCED, InstalmentState.SETTLED):
        return _told_unpaid(entry, values)
    if entry.verb != f"moved.{now}" or now not in PAYMENTS_TOLD:
        return None
    if now == InstalmentState.SETTLED and Decimal(facts.get("charges") or "0"):
        title = _("Payment of %(whole)s received; banks kept %(charges)s of it on the way")
        return {"title": title % values, "when": entry.at}
    return {"title": PAYMENTS_TOLD[InstalmentState(now)] % values, "when": entry.at}


def _told_unpaid(entry: LogEntry, values: dict[str, str]) -> Moment | None:
    """Why what was announced or paid is to be paid again."""
    reason = entry.facts.get("reason", "")
    if reason == PART_CAME:
        # Told by the entry of the part that came.
        return None
    if reason == WITHDRAWN:
        title = _("The buyer took back the announcement of %(amount)s; it is still to be paid")
        return {"title": title % values, "when": entry.at}
    titles = {
        CORRECTED: _("The seller took back %(amount)s as recorded by mistake; it is due again"),
        RETURNED_BY_BANK: _("The bank took back the payment of %(amount)s; it is due again"),
    }
    title = titles.get(reason) or _("Payment of %(amount)s did not arrive; it is due again")
    return {"title": title % values, "when": entry.at, "state": "problem"}


def _said(amount: Decimal | str, currency: str | None, instalment: Instalment) -> str:
    return format_money(Decimal(amount), currency or instalment.currency, get_language() or "en")


def _coming(order: Order, instalments: list[Instalment]) -> list[Moment]:
    reached = PAYABLE_STATES.index(OrderState(order.status))
    first = [one for one in instalments if one.trigger != Trigger.RELEASE]
    last = [one for one in instalments if one.trigger == Trigger.RELEASE]
    steps = [
        (reached < 1, pgettext("next step", "The seller answers"), order.answer_by),
        *_payments(first),
        (reached < 2, pgettext("next step", "The goods are packed"), order.ready_by),
        *_payments(last),
        (reached < 3, pgettext("next step", "The goods leave"), None),
        (reached < 4, pgettext("next step", "The buyer confirms the arrival"), None),
    ]
    return [_step(title, when) for open_, title, when in steps if open_]


def _payments(instalments: list[Instalment]) -> list[tuple[bool, str, date | None]]:
    title = pgettext("next step", "Payment of %(amount)s")
    return [
        (
            one.state in OPEN_INSTALMENTS,
            title % {"amount": format_money(one.outstanding, one.currency, get_language() or "en")},
            one.due_on,
        )
        for one in instalments
    ]


def _step(title: str, when: datetime | date | None) -> Moment:
    return {"title": title, "when": when} if when else {"title": title}
