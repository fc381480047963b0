"""A placed order with its lines, reserved lots and payment plan, as a checkout leaves it."""

import csv
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from oscar.apps.address.models import Country as AddressCountry

import moussem.trade.shipping
from catalogue.actions.stock import take_from_lots
from catalogue.pricing import Tier, line_total, unit_price_for
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from moussem.trade.fulfilment.actions import PackedRow, accept_order, mark_ready, ship_order
from moussem.trade.order.models import Line, LotReservation, Order, Purchase, ShippingAddress
from moussem.trade.payment.actions import plan_each
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.states import InstalmentState
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.states import Mode
from tests.factories.catalogue import ProductFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

REFERENCE = Path(moussem.trade.shipping.__file__).parent / "reference" / "incoterms.csv"
_numbers = count(1)


@cache
def _incoterms():
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def incoterm(code="FCA"):
    """A rule of Incoterms 2020 as the product's own file gives it."""
    row = _incoterms()[code]
    legs = list(row)[list(row).index("packing_loading_origin") : list(row).index("marketplace_note")]
    return Incoterm.objects.get_or_create(
        code=code,
        defaults={
            **{f"name_{language}": row[f"name_{language}"] for language in ("en", "fr", "ar")},
            "sea_only": row["modes"] != "any",
            "named_point": row["named_point"],
            "risk_passes": row["risk_passes"],
            "duties": {leg: row[leg] for leg in legs},
            "source": row["source"],
        },
    )[0]


def seller(**fields):
    """The owner's membership of a verified cooperative with a bank account."""
    bank = {"bank_name": "Banque Populaire", "iban": "MA64011519000001205000534921", "bic": "BCPOMAMC"}
    return MembershipFactory(organisation=OrganisationFactory(**{**bank, **fields}))


def buyer(**fields):
    """The owner's membership of a verified buyer in Lyon."""
    return MembershipFactory(organisation=OrganisationFactory(buyer=True, **fields))


def member_of(organisation, role=Role.OWNER, **fields):
    """One more person of an organisation."""
    return MembershipFactory(organisation=organisation, role=role, **fields)


def placed_order(
    *, seller_side=None, buyer_side=None, wanted=None, currency="EUR", full=False, purchase=None
):
    """An order waiting for its seller: ``wanted`` holds pairs of product and quantity."""
    seller_side, buyer_side = seller_side or seller(), buyer_side or buyer()
    organisation = seller_side.organisation
    wanted = wanted or [(ProductFactory(organisation=organisation), Decimal(500))]
    purchase = purchase or purchase_of(buyer_side, currency)
    totals = [_price_of(product, quantity, currency) for product, quantity in wanted]
    freight = Decimal("45.50")
    total = sum((total for _price, total in totals), freight)
    order = Order.objects.create(
        number=f"{purchase.number}-{purchase.orders.count() + 1}",
        purchase=purchase,
        user=buyer_side.user,
        buyer=buyer_side.organisation,
        seller=organisation,
        currency=currency,
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=freight,
        shipping_excl_tax=freight,
        shipping_address=_address(buyer_side.organisation),
        incoterm=incoterm(),
        named_place="Agadir Al Massira",
        transport_mode=Mode.AIR,
        gross_weight_kg=Decimal("3.300"),
        buyer_reference="PO-7781",
        answer_by=timezone.now() + timedelta(days=3),
        date_placed=timezone.now(),
    )
    _lines(order, wanted, totals)
    plan_each([order], full=full)
    purchase.total += total
    purchase.save(update_fields=["total"])
    return order


def purchase_of(buyer_side, currency="EUR"):
    """A purchase without orders yet."""
    return Purchase.objects.create(
        number=f"P-2026-{next(_numbers):06d}",
        key=uuid4(),
        buyer=buyer_side.organisation,
        placed_by=buyer_side.user,
        currency=currency,
        total=Decimal(0),
    )


def accepted_order(**how):
    """An order that its seller has accepted, through the action."""
    side = how.pop("seller_side", None) or seller()
    return accept_order(placed_order(seller_side=side, **how), actor=side.user)


def ready_order(**how):
    """An order whose goods are packed and pictured, through the actions."""
    order = accepted_order(**how)
    rows = [PackedRow(line.pk, 1, Decimal("0.5"), Decimal("1.2")) for line in order.lines.all()]
    picture = ContentFile(b"a picture", name="goods.webp")
    return mark_ready(order, actor=owner_of(order.seller), rows=rows, photos=[picture])


def shipped_order(**how):
    """A paid order whose goods have left, through the actions."""
    order = ready_order(**how)
    settle(order)
    return ship_order(order, actor=owner_of(order.seller), carrier="DHL", reference="AWB 1")


def settle(order):
    """Every instalment of the order paid in full."""
    for instalment in Instalment.objects.filter(plan__order=order):
        instalment.paid, instalment.state = instalment.amount, InstalmentState.SETTLED
        instalment.settled_at = timezone.now()
        instalment.save(update_fields=["paid", "state", "settled_at"])


def owner_of(organisation):
    """The person who owns an organisation."""
    return Membership.objects.get(organisation=organisation, role=Role.OWNER).user


def _price_of(product, quantity, currency):
    tiers = [Tier(t.min_quantity, t.unit_price) for t in product.tiers.filter(currency=currency)]
    price = unit_price_for(tiers, quantity)
    return price, line_total(price, quantity, currency)


def _address(organisation):
    AddressCountry.objects.get_or_create(
        pk=organisation.country_id, defaults={"printable_name": organisation.country.name_en}
    )
    return ShippingAddress.objects.create(
        first_name="Léa",
        last_name="Martin",
        line1="12 rue de la République",
        line4=organisation.city,
        postcode="69002",
        country_id=organisation.country_id,
        phone_number="+33472000000",
    )


def _lines(order, wanted, totals):
    taken = take_from_lots(wanted)
    for entry, ((product, quantity), (price, total)) in enumerate(zip(wanted, totals, strict=True)):
        line = Line.objects.create(
            order=order,
            product=product,
            title=product.title,
            titles={text.language: text.title for text in product.texts.all()},
            partner_name=order.seller.name,
            partner_sku=product.seller_code,
            quantity=quantity,
            unit=product.unit,
            hs_code=product.hs_code_id or "",
            origin="Taroudant, Morocco",
            unit_price_excl_tax=price,
            unit_price_incl_tax=price,
            line_price_excl_tax=total,
            line_price_incl_tax=total,
            line_price_before_discounts_excl_tax=total,
            line_price_before_discounts_incl_tax=total,
        )
        LotReservation.objects.bulk_create(
            LotReservation(line=line, lot_id=part.lot_id, quantity=part.quantity)
            for part in taken
            if part.entry == entry
        )
