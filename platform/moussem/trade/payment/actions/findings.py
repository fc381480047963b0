"""Money that does not fit is written down for a person to decide about."""

from moussem.trade.payment.models import Discrepancy, PaymentAttempt


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
