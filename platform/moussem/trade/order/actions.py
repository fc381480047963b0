"""Writes down what was agreed at checkout: one order for each seller, its lines frozen, its lots kept."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from oscar.apps.order.models import ShippingAddress

from catalogue.actions.stock import Taken, take_from_lots
from catalogue.models import ProductText
from moussem.core.counters import next_number
from moussem.core.dates import today_here
from moussem.trade.basket.contents import LineView
from moussem.trade.basket.models import Basket
from moussem.trade.order.drafts import OrderDraft
from moussem.trade.order.models import Line, LotReservation, Order, Purchase
from moussem.trade.order.states import OrderState

ANSWER_WITHIN = timedelta(days=5)


def next_purchase_number() -> str:
    """The next number of the year: ``P-2026-000123``; given back if the transaction rolls back."""
    year = today_here().year
    return f"P-{year}-{next_number(f'purchase-{year}'):06d}"


def keep_lots(drafts: Sequence[OrderDraft]) -> list[Taken]:
    """The lots of all that the drafts ask for, kept; refused when one is gone.

    Runs in the transaction of the action that places the purchase, before it takes its number: whoever
    waits for a lot must not keep everybody else from theirs.
    """
    lines = [line for draft in drafts for line in draft.group.lines]
    return take_from_lots([(line.product, line.quantity) for line in lines])


def create_orders(
    purchase: Purchase,
    drafts: Sequence[OrderDraft],
    *,
    taken: Sequence[Taken],
    basket: Basket,
    address: ShippingAddress,
    buyer_reference: str = "",
    note: str = "",
) -> list[Order]:
    """One order for each draft with its lines and its share of the lots that were kept for all.

    Runs in the transaction of the action that places the purchase.
    """
    lines = [line for draft in drafts for line in draft.group.lines]
    orders = Order.objects.bulk_create(
        _order(
            purchase, draft, position, basket=basket, address=address, reference=buyer_reference, note=note
        )
        for position, draft in enumerate(drafts, start=1)
    )
    owners = [order for order, draft in zip(orders, drafts, strict=True) for _line in draft.group.lines]
    titles = _titles_of(lines)
    rows = Line.objects.bulk_create(
        _line(order, view, titles) for order, view in zip(owners, lines, strict=True)
    )
    LotReservation.objects.bulk_create(_reservation(rows[part.entry], part) for part in taken)
    return orders


def _order(
    purchase: Purchase,
    draft: OrderDraft,
    position: int,
    *,
    basket: Basket,
    address: ShippingAddress,
    reference: str,
    note: str,
) -> Order:
    return Order(
        number=f"{purchase.number}-{position}",
        purchase=purchase,
        status=OrderState.PLACED,
        seller=draft.seller,
        buyer=purchase.buyer,
        user=purchase.placed_by,
        basket=basket,
        currency=purchase.currency,
        total_incl_tax=draft.total,
        total_excl_tax=draft.total,
        shipping_incl_tax=draft.freight,
        shipping_excl_tax=draft.freight,
        shipping_method=f"{draft.incoterm.code} {draft.named_place}",
        shipping_code=draft.incoterm.code,
        shipping_address=address,
        incoterm=draft.incoterm,
        named_place=draft.named_place,
        transport_mode=draft.mode,
        gross_weight_kg=draft.group.gross_weight_kg,
        buyer_reference=reference,
        note=note,
        date_placed=purchase.placed_at,
        answer_by=purchase.placed_at + ANSWER_WITHIN,
    )


def _titles_of(lines: Sequence[LineView]) -> dict[int, dict[str, str]]:
    """The titles of what is ordered, by product and language, in one query."""
    titles: dict[int, dict[str, str]] = {}
    ordered = {view.product.pk for view in lines}
    for text in ProductText.objects.filter(product__in=ordered).only("product_id", "language", "title"):
        titles.setdefault(text.product_id, {})[text.language] = text.title
    return titles


def _line(order: Order, view: LineView, titles: Mapping[int, dict[str, str]]) -> Line:
    product, record = view.product, view.line.stockrecord
    return Line(
        order=order,
        partner=record.partner,
        partner_name=record.partner.name,
        partner_sku=product.seller_code or record.partner_sku,
        stockrecord=record,
        product=product,
        title=product.get_title(),
        titles=titles.get(product.pk, {}),
        upc=product.upc,
        quantity=view.quantity,
        num_allocated=view.quantity,
        unit=product.unit,
        is_sample=view.is_sample,
        unit_price_incl_tax=view.unit_price,
        unit_price_excl_tax=view.unit_price,
        line_price_incl_tax=view.total,
        line_price_excl_tax=view.total,
        line_price_before_discounts_incl_tax=view.total,
        line_price_before_discounts_excl_tax=view.total,
        hs_code=product.national_code or product.hs_code_id or "",
        origin=_origin_of(view),
    )


def _origin_of(view: LineView) -> str:
    province, region = view.product.origin_province, view.product.origin_region
    names = [province.name_fr if province else "", region.name_fr if region else ""]
    return ", ".join(name for name in names if name)


def _reservation(line: Line, part: Taken) -> LotReservation:
    return LotReservation(line=line, lot_id=part.lot_id, quantity=part.quantity)
