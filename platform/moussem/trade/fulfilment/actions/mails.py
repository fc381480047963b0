"""What the desks write to people, each in their own language and time zone."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from moussem.core.mail import post_mail
from moussem.core.money import format_money
from moussem.people.models import User
from moussem.trade.fulfilment.queries import buyers_people
from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.queries import collectors_of
from moussem.trade.payment.states import InstalmentState


def tell_buyer(order: Order, what: str, **context: Any) -> None:
    """Write to the buyer about one of their orders, once for each thing."""
    _write("buyer", "orders:order", order, what, buyers_people(order), context)


def tell_seller(order: Order, what: str, **context: Any) -> None:
    """Write to everybody who answers orders for the seller, once for each thing."""
    _write("seller", "desk:order", order, what, collectors_of(order.seller), context)


def tell_both(order: Order, what: str) -> None:
    """Write to buyer and seller, each from their side."""
    tell_buyer(order, what)
    tell_seller(order, what)


def _write(
    side: str, page: str, order: Order, what: str, people: Iterable[User], context: dict[str, Any]
) -> None:
    for person in people:
        with override(person.language), timezone.override(ZoneInfo(person.time_zone)):
            address = settings.SITE_URL + reverse(page, args=[order.number])
            total = format_money(order.total_excl_tax, order.currency, person.language)
            post_mail(
                f"trade/mail/{side}/{what}.txt",
                to=person.email,
                language=person.language,
                key=f"order-{side}-{what}:{order.pk}:{person.pk}",
                order=order,
                buyer=order.buyer.name,
                seller=order.seller.label,
                total=total,
                address=address,
                asked=_asked(order, person.language),
                grace=settings.ORDER_DEPOSIT_GRACE_DAYS,
                **context,
            )


def _asked(order: Order, language: str) -> dict[str, Any] | None:
    """The first instalment that is to be paid now."""
    due = Instalment.objects.filter(plan__order=order, state=InstalmentState.DUE).order_by("sequence").first()
    if due is None:
        return None
    return {"amount": format_money(due.outstanding, due.currency, language), "due_on": due.due_on}
