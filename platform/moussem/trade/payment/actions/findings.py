"""Money that does not fit is written down for a person to decide about."""

from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.errors import require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.people.models import User
from moussem.trade.payment.errors import AlreadyResolved
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import excess_of, overpaid_findings
from moussem.trade.payment.states import AttemptState

# More came than was asked.
OVERPAID = "overpaid"


def report(
    attempt: PaymentAttempt, what: str, *, expected: object, found: object, currency: str = "", note: str = ""
) -> Discrepancy:
    """A finding for staff, written once however often it is seen."""
    key = f"{attempt.provider}:{attempt.key}:{what}"[:160]
    facts = {"attempt": attempt, "expected": str(expected)[:60], "found": str(found)[:60]}
    facts |= {"currency": currency, "note": note}
    return Discrepancy.objects.get_or_create(key=key, defaults=facts)[0]


def report_unknown(attempt: PaymentAttempt) -> Discrepancy:
    """A payment of ours that its provider will not tell about: of another account, or deleted there."""
    return report(attempt, "unknown", expected=attempt.external_id or attempt.key, found="not known there")


def close(discrepancy: Discrepancy, *, reason: str, actor: User | None) -> Discrepancy:
    """A finding that was decided, by whom and why; the caller knows that they may."""
    discrepancy = lock(discrepancy)
    require(
        discrepancy.resolved_at is None,
        AlreadyResolved,
        person=discrepancy.resolved_by or _("the site itself"),
    )
    discrepancy.resolved_at, discrepancy.resolved_by = timezone.now(), actor
    discrepancy.resolution = reason.strip()
    discrepancy.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    record("payment.discrepancy_resolved", discrepancy, actor=actor, reason=reason)
    return discrepancy


def close_failed(refund: Refund, *, reason: str, actor: User | None) -> None:
    """What was found when a refund failed is over once that goes another way."""
    about = Discrepancy.objects.filter(attempt=refund.attempt_id, resolved_at=None)
    for finding in about.filter(key__endswith=f":refund:{refund.key}"):
        close(finding, reason=reason, actor=actor)


def reopen_excess(instalment: Instalment, *, reason: str, actor: User | None) -> None:
    """What is still too much once a refund was withdrawn waits for a decision again."""
    waiting = sum(one.attempt.refundable for one in overpaid_findings(instalment))
    # A small payment that waits cannot give back what came with a greater one.
    if excess_of(instalment) <= waiting:
        return
    counted = instalment.attempts.filter(state=AttemptState.SUCCEEDED)
    about = Discrepancy.objects.filter(attempt__in=counted, key__endswith=f":{OVERPAID}")
    for finding in lock_all(about.exclude(resolved_at=None)):
        finding.resolved_at, finding.resolved_by, finding.resolution = None, None, ""
        finding.save(update_fields=["resolved_at", "resolved_by", "resolution"])
        record("payment.discrepancy_reopened", finding, actor=actor, reason=reason)


def close_moot(instalment: Instalment, *, reason: str, actor: User | None) -> None:
    """Every finding that too much came is over once nothing above the instalment is kept."""
    if not excess_of(instalment):
        for finding in overpaid_findings(instalment):
            close(finding, reason=reason, actor=actor)
