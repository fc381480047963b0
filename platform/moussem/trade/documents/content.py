"""What a paper says, frozen the moment it is issued: plain values, no wording."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from moussem.core.dates import today_here
from moussem.core.text import latin_digits
from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment


def _party(organisation: Any) -> dict[str, Any]:
    address = [line for line in organisation.address.splitlines() if line.strip()]
    place = organisation.city or (organisation.province.name_fr if organisation.province else "")
    # Whoever writes a whole address has written the town in it.
    is_told = any(place.casefold() in line.casefold() for line in address)
    return {
        "name": organisation.name,
        "name_ar": organisation.name_ar,
        "address": address,
        "place": "" if is_told else place,
        "country": organisation.country_id,
        "registration_number": organisation.registration_number,
        "tax_number": organisation.tax_number,
        "email": organisation.email,
        "phone": organisation.phone,
    }


def delivery_of(order: Order) -> dict[str, Any]:
    """Where the goods go: the firm, whoever receives them there, the lines of the address, the country."""
    address = order.shipping_address
    if address is None:
        return {"lines": [], "country": ""}
    city = f"{address.postcode or ''} {address.line4 or ''}".strip()
    firm = order.buyer.name if order.buyer else ""
    person = address.name if address.name != firm else ""
    # Addresses of before were kept in the digits they were typed in, which carriers abroad do not read.
    lines = [latin_digits(line or "") for line in (address.line1, address.line2, address.line3, city)]
    lines = [firm, person, *lines, address.state]
    return {"lines": [line for line in lines if line], "country": address.country_id}


def _line(position: int, line: Any) -> dict[str, Any]:
    return {
        "position": position,
        "title": line.title,
        "titles": line.titles,
        "code": line.partner_sku,
        "origin": line.origin,
        "hs_code": line.hs_code,
        "quantity": str(line.quantity),
        "unit": line.unit,
        "unit_price": str(line.unit_price_excl_tax),
        "total": str(line.line_price_excl_tax),
        "sample": line.is_sample,
    }


def _day(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).date().isoformat() if moment else None


def _instalment(instalment: Instalment) -> dict[str, Any]:
    return {
        "share": str(instalment.share),
        "trigger": instalment.trigger,
        "due_on": instalment.due_on.isoformat() if instalment.due_on else None,
        "amount": str(instalment.amount),
        "reference": instalment.reference,
        "paid": str(instalment.paid),
        "outstanding": str(instalment.outstanding),
        "received_on": _day(instalment.settled_at),
    }


def content_of(order: Order) -> dict[str, Any]:
    """Everything printed on the papers of an order. Amounts are decimal strings, countries ISO 3166 codes."""
    seller = order.seller
    plan = order.payment_plan
    return {
        "order": order.number,
        "purchase": order.purchase.number,
        "buyer_reference": order.buyer_reference,
        "issued_on": today_here().isoformat(),
        "seller": _party(seller),
        "buyer": _party(order.buyer),
        "delivery": delivery_of(order),
        "incoterm": order.incoterm_id,
        "named_place": order.named_place,
        "mode": order.transport_mode,
        "ready_by": order.ready_by.isoformat() if order.ready_by else None,
        "gross_weight_kg": str(order.gross_weight_kg) if order.gross_weight_kg is not None else None,
        "currency": order.currency,
        "lines": [_line(position, line) for position, line in enumerate(order.lines.all(), start=1)],
        "goods": str(order.total_excl_tax - order.shipping_excl_tax),
        "freight": str(order.shipping_excl_tax),
        "total": str(order.total_excl_tax),
        "instalments": [_instalment(instalment) for instalment in plan.instalments.all()],
        "bank": {"bank": seller.bank_name, "iban": seller.iban, "bic": seller.bic} if seller.iban else None,
        "demonstration": seller.is_demonstration,
    }
