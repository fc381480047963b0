import pytest

from moussem.trade.payment.models import PaymentAttempt, Refund
from moussem.trade.payment.rules import is_correctable, is_unsent
from moussem.trade.payment.states import AttemptState, RefundState

pytestmark = pytest.mark.unit
_A, _R = AttemptState, RefundState


@pytest.mark.parametrize(
    ("provider", "state", "number", "unsent"),
    [
        ("wire", _R.REQUESTED, "", True),
        ("wire", _R.DETAILS_WANTED, "", True),
        ("wire", _R.REQUESTED, "OUT-1", False),
        ("wire", _R.DONE, "", False),
        ("stripe_card", _R.REQUESTED, "", False),
    ],
)
def test_refund_by_hand_is_unsent_until_it_has_a_number_at_the_bank(provider, state, number, unsent):
    refund = Refund(attempt=PaymentAttempt(provider=provider), state=state, external_id=number)

    assert is_unsent(refund) is unsent


@pytest.mark.parametrize(
    ("provider", "state", "entry", "correctable"),
    [
        ("wire", _A.SUCCEEDED, "1:R-1", True),
        ("wire", _A.QUARANTINED, "1:R-1", True),
        ("wire", _A.SUCCEEDED, None, False),
        ("wire", _A.RETRACTED, "1:R-1", False),
        ("demo", _A.SUCCEEDED, "1:R-1", False),
    ],
)
def test_only_a_recorded_entry_of_a_statement_is_correctable(provider, state, entry, correctable):
    attempt = PaymentAttempt(provider=provider, state=state, external_id=entry)

    assert is_correctable(attempt, []) is correctable
    sent = Refund(attempt=attempt, state=_R.DONE, external_id="OUT-1")
    assert is_correctable(attempt, [sent]) is False
