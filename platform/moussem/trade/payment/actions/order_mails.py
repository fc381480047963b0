"""What is written to the two sides of an order, each in their own language and time zone.

It stands with payments, since most of it says what is to be paid; fulfilment and checkout write it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from moussem.core.mail import write_mail
from moussem.core.models import OutboxMessage
from moussem.core.money import format_money
from moussem.core.outbox import post_all
from moussem.core.sites import address_of
from moussem.core.templatetags.figures import amount_text
from moussem.people.models import User
from moussem.trade.order.models import Order
from moussem.trade.order.queries import collectors_of_each, payers_of_each
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.queries import first_due_of


def tell_buyer(order: Order, what: str, *, once: object = "", **context: Any) -> None:
    """Write to the buyer about one of their orders, once for each thing; ``once`` tells its times apart."""
    post_all(_to_buyers([order], what, once=once, **context))


def tell_buyers_once(
    orders: Sequence[Order], what: str, *, about: Callable[[list[Order]], dict[str, Any]], **context: Any
) -> None:
    """Write once to each person of the buyers, with what ``about`` says of all the orders that are theirs."""
    theirs: dict[User, list[Order]] = {}
    people = payers_of_each(orders)
    for order in orders:
        for person in people[order.pk]:
            theirs.setdefault(person, []).append(order)
    post_all(
        _mail("buyer", "orders:order", mine[-1], what, person, **about(mine), **context)
        for person, mine in theirs.items()
    )


def tell_seller(order: Order, what: str, **context: Any) -> None:
    """Write to everybody who answers orders for the seller, once for each thing."""
    post_all(_to_sellers([order], what, **context))


def tell_both(orders: Sequence[Order], what: str, **context: Any) -> None:
    """Write to buyers and sellers, each from their side, in the same queries however many the orders are."""
    post_all([*_to_buyers(orders, what, **context), *_to_sellers(orders, what, **context)])


def _to_buyers(orders: Sequence[Order], what: str, **context: Any) -> Iterator[OutboxMessage]:
    people = payers_of_each(orders)
    due = first_due_of(orders)
    for order in orders:
        for person in people[order.pk]:
            asked = _asked(due.get(order.pk), person.language)
            yield _mail("buyer", "orders:order", order, what, person, asked=asked, **context)


def _asked(instalment: Instalment | None, language: str) -> dict[str, Any] | None:
    """What is to be paid now and by when, in the words of this language."""
    if instalment is None:
        return None
    with override(language):
        amount = amount_text(instalment.outstanding, instalment.currency)
    return {"amount": amount, "due_on": instalment.due_on}


def _to_sellers(orders: Sequence[Order], what: str, **context: Any) -> Iterator[OutboxMessage]:
    people = collectors_of_each({order.seller_id for order in orders})
    for order in orders:
        for person in people[order.seller_id]:
            yield _mail("seller", "desk:order", order, what, person, **context)


def _mail(
    side: str, page: str, order: Order, what: str, person: User, *, once: object = "", **context: Any
) -> OutboxMessage:
    told = f"order-{side}-{what}:{order.pk}:{person.pk}"
    with override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        return write_mail(
            f"trade/mail/{side}/{what}.txt",
            to=person.email,
            language=person.language,
            key=f"{told}:{once}" if once else told,
            order=order,
            buyer=order.buyer.name,
            seller=order.seller.label,
            total=format_money(order.total_excl_tax, order.currency, person.language),
            address=address_of(page, order.number),
            grace=settings.ORDER_DEPOSIT_GRACE_DAYS,
            **context,
        )
