"""The demonstration's bank: the tester decides what happens; the attempt keeps what the bank knows."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moussem.core.locks import lock
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.providers.protocol import Seen, SeenRefund
from moussem.trade.payment.states import AttemptState, RefundState

_A = AttemptState
# What the tester may press in each state of the demonstration's bank, and what it becomes there.
BUTTONS = {
    _A.ACTION: {
        "succeed": _A.SUCCEEDED,
        "ask": "confirming",
        "announce": _A.PROCESSING,
        "decline": _A.FAILED,
    },
    "confirming": {"confirm": _A.SUCCEEDED, "decline": _A.FAILED},
    _A.FAILED: {"succeed": _A.SUCCEEDED, "decline": _A.FAILED},
    _A.PROCESSING: {"arrive": _A.SUCCEEDED, "bounce": _A.FAILED},
    _A.SUCCEEDED: {"return": _A.RETURNED},
}


class Demo:
    """A payment that moves no money."""

    code = "demo"
    label = _("Demonstration payment")
    explanation = _("No money moves. You choose what the bank answers: yes, no, confirm first, or later.")
    source = ""

    def offers(self, instalment: Instalment) -> bool:
        """Only where everything is a demonstration."""
        return bool(settings.DEMONSTRATION)

    def create(self, attempt: PaymentAttempt) -> Seen:
        """A payment that waits for the tester."""
        return self._seen(attempt, _A.ACTION)

    def refresh(self, attempt: PaymentAttempt) -> Seen:
        """What the tester pressed last."""
        fresh = PaymentAttempt.objects.get(pk=attempt.pk)
        return self._seen(fresh, self.stands(fresh))

    def cancel(self, attempt: PaymentAttempt) -> Seen:
        """Given up while no answer is on its way."""
        late = self.stands(attempt) in (_A.PROCESSING, _A.SUCCEEDED, _A.RETURNED)
        return self.refresh(attempt) if late else self._seen(attempt, _A.CANCELLED)

    def refund(self, refund: Refund) -> SeenRefund:
        """Given back at once."""
        return SeenRefund(RefundState.DONE, f"demo-{refund.key}")

    def stands(self, attempt: PaymentAttempt) -> str:
        """How the payment stands at the demonstration's bank."""
        return str(attempt.instructions.get("stands", _A.ACTION))

    @transaction.atomic
    def press(self, attempt: PaymentAttempt, button: str) -> bool:
        """Let the bank answer; whether that answer was possible."""
        lock(attempt.instalment)
        attempt = lock(attempt)
        becomes = BUTTONS.get(self.stands(attempt), {}).get(button)
        if becomes is None:
            return False
        attempt.instructions = {**attempt.instructions, "stands": str(becomes)}
        attempt.save(update_fields=["instructions"])
        return True

    def _seen(self, attempt: PaymentAttempt, stands: str) -> Seen:
        return Seen(
            _A.ACTION if stands == "confirming" else stands,
            attempt.currency,
            amount=attempt.amount if stands == _A.SUCCEEDED else Decimal(0),
            external_id=f"demo-{attempt.key}",
            failure_code="card_declined" if stands == _A.FAILED else "",
        )
