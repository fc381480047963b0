"""What every provider does, and what it answers with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund


@dataclass(frozen=True)
class Seen:
    """How an attempt stands at its provider; ``amount`` is what has been received so far."""

    state: str
    currency: str
    amount: Decimal = Decimal(0)
    external_id: str | None = None
    failure_code: str = ""
    # What the payer must do next; None leaves what is known.
    instructions: dict[str, Any] | None = None
    # What a person must look at though it moves nothing: a dispute opened, money without a reference.
    doubt: str = ""


@dataclass(frozen=True)
class SeenRefund:
    """How a refund stands at its provider."""

    state: str
    external_id: str = ""
    failure_code: str = ""


@dataclass(frozen=True)
class EventNotice:
    """A provider's notice and whom it is about; empty where it does not say."""

    event_id: str
    kind: str
    payload: dict[str, Any]
    payment_id: str = ""
    attempt_key: str = ""
    refund_key: str = ""
    customer_id: str = ""


class Provider(Protocol):
    """A way to pay. Network calls raise ProviderUnreachable, or ProviderRefused where asking again is
    in vain; all may be repeated without harm."""

    code: str
    label: Any
    explanation: Any
    # Who sends the notices about it; empty when nobody does.
    source: str

    def offers(self, instalment: Instalment) -> bool:
        """Whether an instalment can be paid this way here."""

    def create(self, attempt: PaymentAttempt) -> Seen:
        """Begin a payment at the provider, once per idempotency key."""

    def refresh(self, attempt: PaymentAttempt) -> Seen:
        """How the payment stands now."""

    def cancel(self, attempt: PaymentAttempt) -> Seen:
        """Give the payment up if it is not too late; how it stands then."""

    def refund(self, refund: Refund) -> SeenRefund:
        """Give money back, once per refund; how that stands now."""


class EventSource(Protocol):
    """Whoever sends notices."""

    code: str

    def is_set_up(self) -> bool:
        """Whether the site can ask it."""

    def parse_event(self, body: bytes, headers: Mapping[str, str]) -> EventNotice:
        """The notice in a signed request; NoticeNotGenuine otherwise."""

    def notice(self, payload: dict[str, Any]) -> EventNotice:
        """The notice in a stored payload."""

    def events_since(self, moment: datetime) -> Iterator[EventNotice]:
        """The notices that were sent since a moment, whether they arrived here or not."""
