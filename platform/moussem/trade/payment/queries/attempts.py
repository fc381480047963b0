"""What was tried, received and given back for an instalment or an order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, combinations

from django.db.models import Q, QuerySet, Sum

from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.organisations.models import Membership, Organisation
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.rules import is_correctable, is_sent_by_hand, may_withdraw_refund
from moussem.trade.payment.states import (
    CLOSED_REFUNDS,
    CORRECTABLE_ATTEMPTS,
    UNDONE_REFUNDS,
    UNSENT_REFUNDS,
    AttemptState,
    InstalmentState,
    RefundState,
)

# Sent by a bank on the word of the seller.
BY_HAND = Q(attempt__provider="wire") | Q(by_wire=True)
# Every way to choose among so many is looked at; nobody has more.
MOST_COMPARED = 12


def attempts_of(instalment: Instalment) -> QuerySet[PaymentAttempt]:
    """Every try to pay an instalment, newest first, with what was given back."""
    tries = instalment.attempts.select_related("started_by", "part_of")
    return tries.prefetch_related("refunds", "parts__instalment", "part_of__parts__instalment").order_by(
        "-pk"
    )


def parts_of(attempt: PaymentAttempt) -> list[PaymentAttempt]:
    """All that one entry of the bank counts for: what kept its number first, then its parts elsewhere."""
    whole = attempt.part_of or attempt
    counted = [one for one in whole.parts.all() if one.state == AttemptState.SUCCEEDED]
    return [whole, *sorted(counted, key=lambda one: one.pk)]


def elsewhere_of(attempt: PaymentAttempt) -> list[PaymentAttempt]:
    """What the same entry of the bank pays of other instalments."""
    return [one for one in parts_of(attempt) if one != attempt and one.received]


@dataclass(frozen=True)
class Entry:
    """An entry of the bank's statement as the page of one instalment shows it."""

    attempt: PaymentAttempt
    number: str
    # What the same entry pays of other instalments.
    elsewhere: list[PaymentAttempt]
    # What was to go back because of it, and does not once it is taken back.
    back: Decimal
    is_correctable: bool

    @property
    def is_stuck(self) -> bool:
        """Whether it counts and can no longer be taken back."""
        return not self.is_correctable and self.attempt.state in CORRECTABLE_ATTEMPTS


def number_of_entry(external_id: str, written: str) -> str:
    """The number of a bank's entry as it was written, with what it is compared by where that differs."""
    compared = external_id.partition(":")[2]
    return f"{written} ({compared})" if written and written != compared else compared


def entries_of(attempts: Iterable[PaymentAttempt], refunds: Iterable[Refund]) -> list[Entry]:
    """The recorded entries among the tries of one instalment, whose refunds are these."""
    refunds, found = list(refunds), []
    for attempt in attempts:
        whole, *_others = parts = parts_of(attempt)
        if attempt.provider != "wire" or attempt not in parts or not whole.external_id:
            continue
        falls = [
            refund
            for one in parts
            for refund in refunds_reckoned_with(one, refunds=refunds if one == attempt else None)
        ]
        back = sum((refund.amount for refund in falls), Decimal(0))
        number = number_of_entry(whole.external_id, whole.written_as)
        found.append(Entry(attempt, number, elsewhere_of(attempt), back, is_correctable(whole, falls)))
    return found


def taken_back(attempts: Iterable[PaymentAttempt]) -> list[tuple[PaymentAttempt, LogEntry]]:
    """The entries of the bank that were recorded by mistake, each with who took it back, when and why."""
    mistaken = {str(one.pk): one for one in attempts if one.state == AttemptState.RETRACTED and one.received}
    if not mistaken:
        return []
    about = {"subject_type": PaymentAttempt._meta.label_lower, "subject_id__in": mistaken}
    told = LogEntry.objects.filter(verb=f"moved.{AttemptState.RETRACTED}", **about).order_by("-pk")
    return [(mistaken[entry.subject_id], entry) for entry in told]


def refunds_of(instalment: Instalment) -> QuerySet[Refund]:
    """What is given back of an instalment, oldest first."""
    return Refund.objects.filter(attempt__instalment=instalment).select_related("attempt").order_by("pk")


def refunds_waiting(**about: object) -> QuerySet[Refund]:
    """Money that is to go back and has not yet, oldest first."""
    waiting = Refund.objects.filter(**about).exclude(state__in=CLOSED_REFUNDS)
    return waiting.select_related("attempt__instalment__plan__order__buyer").order_by("requested_at", "pk")


def refunds_of_order(order: Order) -> QuerySet[Refund]:
    """What is still to go back of an order."""
    return refunds_waiting(attempt__instalment__plan__order=order)


def refunds_to_send(seller: Organisation) -> QuerySet[Refund]:
    """Transfers that a seller has to send back by hand, and knows where to."""
    ours = refunds_waiting(attempt__instalment__plan__order__seller=seller)
    return ours.filter(BY_HAND, state=RefundState.REQUESTED).exclude(account="")


def refunds_by_what_waits(refunds: Iterable[Refund]) -> dict[str, list[Refund]]:
    """Refunds that are not over, by whose turn it is: the buyer’s, the seller’s, an officer’s, a bank’s.

    A wire goes back by hand: until the seller has said so, nothing was sent.
    """
    turns: dict[str, list[Refund]] = {"buyer": [], "seller": [], "officer": [], "bank": []}
    for refund in refunds:
        if refund.state in CLOSED_REFUNDS:
            continue
        by_hand = is_sent_by_hand(refund)
        if refund.state == RefundState.FAILED:
            turns["officer"].append(refund)
        elif refund.state == RefundState.DETAILS_WANTED or (by_hand and not refund.account):
            turns["buyer"].append(refund)
        elif by_hand:
            turns["seller"].append(refund)
        else:
            turns["bank"].append(refund)
    return turns


def refunds_to_same_account(refund: Refund) -> list[Refund]:
    """The unsent transfers of an order that go back by hand to one account, known or still wanted.

    By instalment, the order in which they are locked.
    """
    same = {"holder": refund.holder, "account": refund.account, "bic": refund.bic}
    ours = Refund.objects.filter(
        BY_HAND,
        state__in=UNSENT_REFUNDS,
        attempt__instalment__plan=refund.attempt.instalment.plan_id,
        external_id="",
        **same,
    )
    return list(ours.select_related("attempt__instalment__plan__order").order_by("attempt__instalment", "pk"))


def accounts_wanted(payer: User) -> list[Refund]:
    """What cannot go back to a person's buyers until an owner says to which account, oldest first."""
    theirs = Membership.objects.filter(user=payer).buying().values("organisation")
    waiting = refunds_waiting(attempt__instalment__plan__order__buyer__in=theirs)
    return list(waiting.filter(BY_HAND, state=RefundState.DETAILS_WANTED))


def account_known(buyer: Organisation) -> Refund | None:
    """The last refund for which an owner of this buyer has named an account."""
    named = Refund.objects.filter(attempt__instalment__plan__order__buyer=buyer).exclude(account="")
    return named.order_by("-requested_at", "-pk").first()


def summed(refunds: Iterable[Refund]) -> list[dict[str, object]]:
    """What refunds come to, by currency."""
    sums: dict[str, Decimal] = {}
    for refund in refunds:
        currency = refund.attempt.currency
        sums[currency] = sums.get(currency, Decimal(0)) + refund.amount
    return [{"amount": amount, "currency": currency} for currency, amount in sums.items()]


def kept_of(instalment: Instalment) -> Decimal:
    """What came for an instalment and counts, less what of it went back or is on its way back."""
    counted = instalment.attempts.filter(state=AttemptState.SUCCEEDED)
    came = counted.aggregate(sum=Sum("received"))["sum"] or Decimal(0)
    back = Refund.objects.filter(attempt__in=counted).exclude(state__in=UNDONE_REFUNDS)
    kept = came - (back.aggregate(sum=Sum("amount"))["sum"] or Decimal(0))
    # SQLite adds up without the scale of the columns.
    return kept.quantize(Decimal("0.01"))


def excess_of(instalment: Instalment) -> Decimal:
    """What is kept above an instalment."""
    return max(kept_of(instalment) - instalment.amount, Decimal(0))


def refunds_reckoned_with(
    attempt: PaymentAttempt, *, counted: bool | None = None, refunds: Iterable[Refund] | None = None
) -> list[Refund]:
    """What of a payment is given back, and the excesses of other payments that it had a part in.

    It had a part in what would leave its instalment short without it: as much of that as it takes, in the
    fewest whole refunds, what was not sent yet before the rest. What was sent before it counted went back
    without it, and what is held never counted.

    ``counted`` says it of a payment that has just ended, before its instalment is reckoned anew; ``refunds``
    are those of its instalment where they are at hand.
    """
    refunds = refunds_of(attempt.instalment) if refunds is None else refunds
    standing = [one for one in refunds if one.state not in UNDONE_REFUNDS]
    reckoned = [one for one in standing if one.attempt_id == attempt.pk]
    instalment = attempt.instalment
    counts = attempt.state == AttemptState.SUCCEEDED if counted is None else counted
    if instalment.state != InstalmentState.SETTLED or not counts:
        return reckoned
    kept = instalment.paid - attempt.received + sum((one.amount for one in reckoned), Decimal(0))
    short = instalment.amount - instalment.charges - kept
    others = [one for one in standing if one.attempt.state == AttemptState.SUCCEEDED and one not in reckoned]
    unsent = fewest_of([one for one in others if may_withdraw_refund(one)], short)
    short -= sum((one.amount for one in unsent), Decimal(0))
    sent = [one for one in others if not may_withdraw_refund(one)] if short > 0 else []
    if sent:
        since = _counted_since(attempt)
        sent = [one for one in sent if one.requested_at >= since]
    return [*reckoned, *unsent, *fewest_of(sent, short)]


def fewest_of(refunds: Sequence[Refund], short: Decimal) -> list[Refund]:
    """Whole refunds that make good what is short: exactly where some do, else as few and as little as can be.

    All of them where even all are not enough.
    """
    if short <= 0:
        return []
    if len(refunds) > MOST_COMPARED:
        largest = sorted(refunds, key=lambda one: (-one.amount, one.pk))
        sums = accumulate(one.amount for one in largest)
        return largest[: sum(1 for total in sums if total < short) + 1]
    ways = [way for size in range(1, len(refunds) + 1) for way in combinations(refunds, size)]
    beyond = [(sum(one.amount for one in way) - short, way) for way in ways]
    enough = [(more, way) for more, way in beyond if more >= 0]
    if not enough:
        return list(refunds)
    return list(min(enough, key=lambda told: (told[0] > 0, len(told[1]), told[0]))[1])


def _counted_since(attempt: PaymentAttempt) -> datetime:
    """When a payment began to count: held for a check, it may have waited for that."""
    told = history_of(attempt).filter(verb=f"moved.{AttemptState.SUCCEEDED}").last()
    return told.at if told else attempt.created_at


def received_attempts(order: Order) -> QuerySet[PaymentAttempt]:
    """The payments that brought money for an order, in the order in which they are given back."""
    return PaymentAttempt.objects.filter(
        instalment__plan__order=order, state=AttemptState.SUCCEEDED
    ).order_by("-instalment__sequence", "-pk")
