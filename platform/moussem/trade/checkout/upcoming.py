"""What comes after an order is placed, for all orders of a purchase together."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from moussem.core.templatetags.figures import amount_text
from moussem.trade.order.actions import ANSWER_WITHIN
from moussem.trade.order.models import Purchase
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import Trigger


def what_comes(purchase: Purchase, instalments: Iterable[Instalment]) -> list[dict[str, Any]]:
    """The moments from placing to leaving for the ``timeline`` component, payments where they fall due."""
    sums: dict[str, Decimal] = {}
    for one in instalments:
        sums[one.trigger] = sums.get(one.trigger, Decimal(0)) + one.amount
    answering = npgettext(
        "next step",
        "Each cooperative answers within %(days)s day",
        "Each cooperative answers within %(days)s days",
        ANSWER_WITHIN.days,
    )
    answers = {
        "title": answering % {"days": ANSWER_WITHIN.days},
        "detail": _("Until then the quantities are kept for you."),
    }
    packed = {
        "title": pgettext("next step", "The goods are packed"),
        "detail": _("You see pictures and the packing list before the balance falls due."),
    }
    back = _("You may also pay it now. What a cooperative refuses is given back.")
    coming = [
        *_payment(purchase, sums, Trigger.PLACING),
        answers,
        *_payment(purchase, sums, Trigger.ACCEPTANCE, detail=back),
        packed,
        *_payment(purchase, sums, Trigger.RELEASE),
        {"title": pgettext("next step", "The goods leave")},
    ]
    placed = {"title": _("Order placed"), "when": purchase.placed_at}
    states = ("current" if place == 0 else "coming" for place in range(len(coming)))
    return [placed, *({**one, "state": state} for one, state in zip(coming, states, strict=True))]


def _payment(
    purchase: Purchase, sums: dict[str, Decimal], moment: Trigger, *, detail: str = ""
) -> list[dict[str, Any]]:
    if moment not in sums:
        return []
    amount = amount_text(sums[moment], purchase.currency)
    title = pgettext("next step", "Payment of %(amount)s, %(moment)s")
    return [{"title": title % {"amount": amount, "moment": moment.label}, "detail": detail}]
