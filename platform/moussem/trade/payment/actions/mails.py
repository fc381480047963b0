"""What payment writes to people, each in their own language."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings

from moussem.core.log import history_of
from moussem.core.mail import post_mail
from moussem.core.money import format_money
from moussem.core.sites import address_of
from moussem.people.models import User
from moussem.trade.order.queries import collectors_of, payers_of
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.plans import spaced_reference
from moussem.trade.payment.queries import owners_of, refunds_by_what_waits, refunds_of
from moussem.trade.payment.rules import is_sent_by_hand
from moussem.trade.payment.states import ENDED_INSTALMENTS, RefundState


def _mail(what: str, instalment: Instalment, people: Iterable[User], once: object, **context: Any) -> None:
    order = instalment.plan.order
    for person in people:
        address = address_of("payment:pay", instalment.reference, language=person.language)
        post_mail(
            f"payment/mail/{what}.txt",
            to=person.email,
            language=person.language,
            key=f"payment-{what}:{instalment.pk}:{once}:{person.pk}",
            order=order.number,
            seller=order.seller.name if order.seller else "",
            buyer=order.buyer.name if order.buyer else "",
            reference=spaced_reference(instalment.reference),
            charges=format_money(instalment.charges, instalment.currency, person.language),
            amount=format_money(instalment.amount, instalment.currency, person.language),
            outstanding=format_money(instalment.outstanding, instalment.currency, person.language),
            instalment=instalment,
            address=address,
            contact=settings.CONTACT_EMAIL,
            **context,
        )


def mail_settled(instalment: Instalment, attempt: PaymentAttempt) -> None:
    """Tell buyer and seller that an instalment is paid."""
    order = instalment.plan.order
    _mail("settled", instalment, payers_of(order), attempt.pk)
    if order.seller:
        _mail("received", instalment, collectors_of(order.seller), attempt.pk)


def mail_part(instalment: Instalment, attempt: PaymentAttempt) -> None:
    """Tell the buyer that a part has come and what is still to be paid."""
    for person in payers_of(instalment.plan.order):
        came = format_money(attempt.received, attempt.currency, person.language)
        _mail("part", instalment, [person], attempt.pk, came=came)


def mail_failed(instalment: Instalment, attempt: PaymentAttempt) -> None:
    """Tell the buyer that an announced payment did not arrive."""
    _mail("failed", instalment, payers_of(instalment.plan.order), attempt.pk)


def mail_returned(instalment: Instalment, attempt: PaymentAttempt) -> None:
    """Tell buyer and seller that the bank took a payment back."""
    order = instalment.plan.order
    sellers = collectors_of(order.seller) if order.seller else []
    _mail("returned", instalment, [*payers_of(order), *sellers], attempt.pk)


def mail_corrected(
    instalment: Instalment, attempt: PaymentAttempt, *, reason: str, withdrawn: list[Refund]
) -> None:
    """Tell the buyer that the seller took back an entry and why, and what falls with it."""
    back = sum((refund.amount for refund in withdrawn), Decimal(0))
    # An entry and what was reckoned with it need not be of one currency.
    back_in = withdrawn[0].attempt.currency if withdrawn else ""
    account_wanted = bool(refunds_by_what_waits(refunds_of(instalment))["buyer"])
    for person in payers_of(instalment.plan.order):
        entry = format_money(attempt.received, attempt.currency, person.language)
        facts = {"entry": entry, "reason": reason, "is_over": instalment.state in ENDED_INSTALMENTS}
        facts["account_wanted"] = account_wanted
        facts["back"] = format_money(back, back_in, person.language) if back else ""
        _mail("corrected", instalment, [person], attempt.pk, **facts)


def mail_refund_to_send(instalment: Instalment, refund: Refund, *, is_corrected: bool) -> None:
    """Tell the seller that the account is known, or corrected, and the money can be sent back."""
    seller = instalment.plan.order.seller
    # Every correction is a letter of its own, also one that goes back to an earlier account.
    once = f"{refund.pk}-{history_of(refund).count()}"
    for person in collectors_of(seller) if seller else []:
        given = format_money(refund.amount, refund.attempt.currency, person.language)
        told = {"given": given, "is_corrected": is_corrected, "now": refund.masked_account}
        _mail("to_send", instalment, [person], once, **told)


def mail_refund(instalment: Instalment, refund: Refund) -> None:
    """Tell the buyer that money goes back, or ask where it is to be sent."""
    what = "refunded" if refund.state == RefundState.DONE else "details"
    order = instalment.plan.order
    # Where money goes back to is said by an owner.
    people = payers_of(order) if what == "refunded" else owners_of(order.buyer)
    for person in people:
        given = format_money(refund.amount, refund.attempt.currency, person.language)
        sent_to = refund.masked_account if is_sent_by_hand(refund) else ""
        _mail(what, instalment, [person], refund.pk, given=given, sent_to=sent_to)
