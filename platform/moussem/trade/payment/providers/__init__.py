"""The ways to pay, by code. A provider without its keys is known but not offered."""

from moussem.trade.payment.models import Instalment
from moussem.trade.payment.providers.demo import Demo
from moussem.trade.payment.providers.protocol import EventNotice, EventSource, Provider, Seen, SeenRefund
from moussem.trade.payment.providers.stripe_api import StripeEvents
from moussem.trade.payment.providers.stripe_card import StripeCard
from moussem.trade.payment.providers.stripe_transfer import StripeTransfer
from moussem.trade.payment.providers.wire import Wire

__all__ = [
    "SOURCES",
    "EventNotice",
    "EventSource",
    "Provider",
    "Seen",
    "SeenRefund",
    "codes_of",
    "offered_for",
    "provider_of",
    "source_of",
]

# In the order in which a payer reads them.
PROVIDERS: dict[str, Provider] = {one.code: one for one in (StripeCard(), StripeTransfer(), Wire(), Demo())}
SOURCES: dict[str, EventSource] = {StripeEvents.code: StripeEvents()}


def provider_of(code: str) -> Provider | None:
    """The provider with this code, offered or not: old attempts are still looked after."""
    return PROVIDERS.get(code)


def source_of(code: str) -> EventSource:
    """Whoever sends the notices under this code."""
    return SOURCES[code]


def codes_of(source: str) -> list[str]:
    """The ways to pay about which a source sends notices."""
    return [code for code, provider in PROVIDERS.items() if provider.source == source]


def offered_for(instalment: Instalment) -> list[Provider]:
    """The ways in which this instalment can be paid here."""
    return [provider for provider in PROVIDERS.values() if provider.offers(instalment)]
