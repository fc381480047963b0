from collections.abc import Iterable
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils.translation import get_language

from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.money import format_money
from moussem.core.moves import can_move, move, standing
from moussem.core.outbox import post
from moussem.organisations.bank import BadAccount, account_at, account_from, bic_from, masked
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.payment.actions.findings import close_failed, close_moot, reopen_excess, report
from moussem.trade.payment.actions.mails import mail_refund, mail_refund_to_send
from moussem.trade.payment.actions.reckoning import is_short, reckon, settle_again
from moussem.trade.payment.errors import (
    AccountNotValid,
    AccountUnreadable,
    BicNotValid,
    MayNotDirectRefund,
    MethodNotOffered,
    NothingToRefund,
    ProviderRefused,
    RefundAccountChanged,
    RefundAccountWanted,
)
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.providers import SeenRefund, provider_of
from moussem.trade.payment.queries import received_attempts, refunds_of, refunds_to_same_account
from moussem.trade.payment.rules import is_sent_by_hand, may_direct_refund, may_record_wire
from moussem.trade.payment.states import (
    CLOSED_REFUNDS,
    ENDED_INSTALMENTS,
    GIVEN_OTHERWISE,
    NOT_THERE,
    UNDONE_REFUNDS,
    UNSENT_REFUNDS,
    AttemptState,
    InstalmentState,
    RefundState,
)

_R = RefundState


@transaction.atomic
def refund_order(order: Order, *, actor: User | None, reason: str) -> list[Refund]:
    """Give back all that was received for an order, the last instalment first."""
    instalments = {one.pk: one for one in lock_all(Instalment.objects.filter(plan__order=order))}
    paid = {attempt.pk: attempt for attempt in lock_all(received_attempts(order))}
    refunds = []
    for attempt_id in received_attempts(order).values_list("pk", flat=True):
        attempt = paid[attempt_id]
        if attempt.refundable > 0:
            instalment = instalments[attempt.instalment_id]
            refunds.append(give_back(attempt, instalment, attempt.refundable, actor=actor, reason=reason))
    for instalment in instalments.values():
        close_moot(instalment, reason=reason, actor=actor)
    return refunds


def give_back(
    attempt: PaymentAttempt, instalment: Instalment, amount: Decimal, *, actor: User | None, reason: str
) -> Refund:
    """A refund that the outbox sends; the caller holds the locks."""
    refund = Refund.objects.create(attempt=attempt, key=uuid4(), amount=amount, reason=reason[:200])
    record("payment.refund_requested", refund, actor=actor, amount=str(amount), reason=reason)
    # What was paid too much, or never counted, goes back without touching the state of the instalment.
    reckon(instalment)
    if is_short(instalment) and can_move(instalment, InstalmentState.REFUNDING):
        move(instalment, InstalmentState.REFUNDING, actor=actor, reason=reason, also=("paid",))
    else:
        instalment.save(update_fields=["paid"])
    post("payment.refund", key=f"payment-refund:{refund.key}", refund=refund.pk)
    return refund


def send_refund(refund: Refund) -> Refund:
    """Send a refund, or look how it stands: the provider knows it by its key.

    What its bank took back meanwhile, or is no longer there, is not sent a second time.
    """
    refund = _unless_moot(refund)
    if refund.state in UNDONE_REFUNDS:
        return refund
    provider = provider_of("wire" if is_sent_by_hand(refund) else refund.attempt.provider)
    require(provider, MethodNotOffered, reference=refund.attempt.instalment.reference)
    try:
        seen = provider.refund(refund)
    except ProviderRefused as refused:
        # Nothing was sent and nothing will be: a person decides how the money goes back.
        if refund.state != _R.REQUESTED:
            raise
        seen = SeenRefund(_R.FAILED, failure_code=refused.code)
    return _take_in(refund, seen, actor=None)


@transaction.atomic
def _unless_moot(refund: Refund) -> Refund:
    """The refund as it stands; withdrawn when the money that it gives back is not there any more."""
    instalment = lock(refund.attempt.instalment)
    attempt = lock(refund.attempt)
    refund = lock(refund)
    refund.attempt, attempt.instalment = attempt, instalment
    if refund.state not in UNSENT_REFUNDS or refund.external_id:
        return refund
    is_there = attempt.state in (AttemptState.SUCCEEDED, AttemptState.CANCELLED)
    if attempt.state == AttemptState.SUCCEEDED:
        reckon(instalment)
        is_there = not _is_missed(instalment)
    if not is_there:
        withdraw_refunds([refund], reason=NOT_THERE, actor=None)
        refund.refresh_from_db()
        settle_again(instalment, attempt, actor=None, reason=NOT_THERE)
        reopen_excess(instalment, reason=NOT_THERE, actor=None)
        finish(instalment, actor=None)
    return refund


def _is_missed(instalment: Instalment, amount: Decimal = Decimal(0)) -> bool:
    """Whether money is needed that goes back: an order that goes on leaves no instalment short."""
    goes_on = instalment.state not in ENDED_INSTALMENTS
    return goes_on and instalment.paid - amount < instalment.amount - instalment.charges


def withdraw_refunds(refunds: Iterable[Refund], *, reason: str, actor: User | None) -> list[Refund]:
    """Nobody sends, or is asked any more to send, what did not come or is there no more. Locks are held."""
    withdrawn = []
    for refund in refunds:
        withdrawn.append(move(lock(refund), _R.WITHDRAWN, actor=actor, reason=reason))
        close_failed(refund, reason=reason, actor=actor)
    return withdrawn


@transaction.atomic
def _take_in(refund: Refund, seen: SeenRefund, *, actor: User | None) -> Refund:
    instalment = lock(refund.attempt.instalment)
    refund = lock(refund)
    if refund.state == _R.WITHDRAWN and seen.state in (_R.SENT, _R.DONE):
        # On its way already when it was withdrawn: a person looks.
        report(refund.attempt, f"withdrawn:{refund.key}", expected="nothing: withdrawn", found="refunded")
    if seen.state == refund.state or not can_move(refund, seen.state):
        return refund
    refund.external_id = seen.external_id or refund.external_id
    sent_to = {"account": masked(refund.account)} if seen.state == _R.DONE and is_sent_by_hand(refund) else {}
    move(refund, seen.state, actor=actor, also=("external_id",), failure=seen.failure_code, **sent_to)
    if refund.state == _R.FAILED:
        # What did not go back is still here.
        settle_again(instalment, refund.attempt, actor=actor, reason="not given back")
        if instalment.state == InstalmentState.REFUNDED:
            move(instalment, InstalmentState.REFUNDING, actor=actor, reason="not given back")
        report(
            refund.attempt, f"refund:{refund.key}", expected="refunded", found=seen.failure_code or "failed"
        )
    if refund.state == _R.DONE:
        finish(instalment, actor=actor)
    if refund.state in (_R.DETAILS_WANTED, _R.DONE):
        mail_refund(instalment, refund)
    return refund


def finish(instalment: Instalment, *, actor: User | None) -> None:
    """An instalment whose refunds are all over is given back, or cancelled when nothing had come."""
    if instalment.state != InstalmentState.REFUNDING:
        return
    refunds = refunds_of(instalment)
    waiting = list(refunds.exclude(state__in=CLOSED_REFUNDS))
    # What failed and was given back in another way is over.
    otherwise = [one for one in waiting if one.state == _R.FAILED and one.attempt.refundable <= 0]
    withdraw_refunds(otherwise, reason=GIVEN_OTHERWISE, actor=actor)
    if len(otherwise) < len(waiting):
        return
    reckon(instalment)
    ends_as = InstalmentState.SETTLED
    if is_short(instalment):
        given_back = refunds.filter(state=_R.DONE).exists()
        ends_as = InstalmentState.REFUNDED if given_back else InstalmentState.CANCELLED
    move(instalment, ends_as, actor=actor, also=("paid",))


@transaction.atomic
def refund_again(refund: Refund, *, actor: User) -> Refund:
    """What a provider could not give back is asked of it once more, under a new key: it keeps its answers."""
    instalment, refund = _failed(refund, actor=actor)
    refund.key, refund.external_id = uuid4(), ""
    move(refund, _R.REQUESTED, actor=actor, also=("key", "external_id"))
    post("payment.refund", key=f"payment-refund:{refund.key}", refund=refund.pk)
    reckon(instalment)
    instalment.save(update_fields=["paid"])
    return refund


@transaction.atomic
def refund_by_wire(refund: Refund, *, actor: User) -> Refund:
    """What a provider could not give back goes by transfer, once the buyer has said where to."""
    instalment, refund = _failed(refund, actor=actor)
    refund.by_wire, refund.external_id = True, ""
    move(refund, _R.DETAILS_WANTED, actor=actor, also=("by_wire", "external_id"))
    reckon(instalment)
    instalment.save(update_fields=["paid"])
    mail_refund(instalment, refund)
    return refund


def _failed(refund: Refund, *, actor: User) -> tuple[Instalment, Refund]:
    """A failed refund under its locks, whose money is still here; what was found about it is over."""
    require(may_record_wire(actor, refund.attempt.instalment), NotYours)
    instalment = lock(refund.attempt.instalment)
    attempt = lock(refund.attempt)
    refund = lock(refund)
    refund.attempt = attempt
    require(refund.state == _R.FAILED, MoveNotAllowed, happened=standing(refund))
    left = format_money(attempt.refundable, attempt.currency, get_language() or "en")
    counted = attempt.state == AttemptState.SUCCEEDED
    is_there = attempt.refundable >= refund.amount and not (counted and _is_missed(instalment, refund.amount))
    require(is_there, NothingToRefund, amount=left)
    close_failed(refund, reason=GIVEN_OTHERWISE, actor=actor)
    return instalment, refund


@transaction.atomic
def give_refund_details(refund: Refund, *, holder: str, account: str, bic: str, actor: User) -> Refund:
    """An owner of the buyer says where a transfer is to be sent back to, or corrects it until it is sent."""
    instalment = refund.attempt.instalment
    buyer = instalment.plan.order.buyer
    require(may_direct_refund(actor, instalment), MayNotDirectRefund, organisation=buyer)
    require(is_sent_by_hand(refund), NotYours)
    number, bank = _account_of(account, bic)
    lock(instalment)
    refund = lock(refund)
    was = refund.holder, refund.account, refund.bic
    refund.holder, refund.account, refund.bic = holder, number, bank
    if refund.state == _R.REQUESTED and not refund.external_id:
        if was == (holder, number, bank):
            return refund
        refund.save(update_fields=["holder", "account", "bic"])
        record("payment.refund_account_corrected", refund, actor=actor, account=masked(number))
    else:
        move(refund, _R.REQUESTED, actor=actor, also=("holder", "account", "bic"))
    mail_refund_to_send(instalment, refund, is_corrected=bool(was[1]))
    return refund


@transaction.atomic
def give_account(refund: Refund, *, holder: str, account: str, bic: str, actor: User) -> list[Refund]:
    """One account for all that goes back of an order and waits for one, or goes to the same one.

    Nobody types the same account for each transfer, and none is forgotten when it is corrected.
    """
    those = refunds_to_same_account(refund) or [refund]
    told = {"holder": holder, "account": account, "bic": bic, "actor": actor}
    return [give_refund_details(one, **told) for one in those]


def _account_of(account: str, bic: str) -> tuple[str, str]:
    """The account and its bank: an IBAN or a RIB alone, any other number with the BIC of its bank."""
    try:
        bank = bic_from(bic) if bic.strip() else ""
        return account_at(account, bank) if bank else account_from(account), bank
    except BadAccount as wrong:
        if wrong.why == "bic":
            raise BicNotValid(bic=bic.strip()) from wrong
        refusal = AccountUnreadable if wrong.why in ("empty", "other") else AccountNotValid
        raise refusal(account=account.strip()) from wrong


@transaction.atomic
def record_refund_sent(
    refund: Refund, *, bank_reference: str, actor: User, sent_to: str | None = None
) -> Refund:
    """The seller's bank has sent a transfer back; ``sent_to`` is the stamp of the account its page showed."""
    instalment = refund.attempt.instalment
    # What a provider sends back, the provider alone says.
    require(may_record_wire(actor, instalment) and is_sent_by_hand(refund), NotYours)
    lock(instalment)
    refund = lock(refund)
    require(can_move(refund, _R.DONE), MoveNotAllowed, happened=standing(refund))
    amount = format_money(refund.amount, refund.attempt.currency, get_language() or "en")
    buyer = instalment.plan.order.buyer
    require(refund.account, RefundAccountWanted, amount=amount, organisation=buyer)
    is_the_same = sent_to in (None, refund.account_stamp)
    require(is_the_same, RefundAccountChanged, amount=amount, organisation=buyer)
    return _take_in(refund, SeenRefund(_R.DONE, bank_reference), actor=actor)
