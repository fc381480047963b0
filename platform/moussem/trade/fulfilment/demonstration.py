"""Orders of the demonstration, one in each state, made by the same actions that people use."""

import io
from decimal import Decimal
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw

from catalogue.models import Product
from moussem.core.dates import today_here
from moussem.core.demonstration import demonstrates
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.basket.actions import add_to_basket
from moussem.trade.basket.models import Basket
from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.queries import country_of_delivery, reckoning_of, terms_for
from moussem.trade.checkout.states import PlanChoice, Step
from moussem.trade.fulfilment.actions import (
    PackedRow,
    accept_order,
    confirm_delivery,
    mark_ready,
    refuse_order,
    ship_order,
)
from moussem.trade.order.models import Order, Purchase
from moussem.trade.order.states import RefusalReason
from moussem.trade.payment.actions import record_wire

# Keys of the purchases never change, so that running again places nothing twice.
KEYS = UUID("6d8a2c52-6a3f-5c0e-9d55-0c3f6c1e2b70")
BUYER = "buyer@demo.example"
# The sellers of each purchase, and how far their orders have come.
PURCHASES = (
    ("delivered", ("c04",)),
    ("shipped", ("c01",)),
    ("ready", ("c04",)),
    ("accepted", ("c01",)),
    ("refused", ("c04",)),
    ("placed", ("c01", "c04")),
)
STAGES = ("placed", "accepted", "ready", "shipped", "delivered")


@demonstrates(order=80, label="Orders")
@transaction.atomic
def place_the_orders() -> None:
    """A purchase for each stage of an order, of the demonstration's buyer with its two cooperatives."""
    buyer = User.objects.filter(email=BUYER).first()
    if buyer is None:
        return
    for stage, codes in PURCHASES:
        key = uuid5(KEYS, stage)
        if Purchase.objects.filter(key=key).exists():
            continue
        sellers = Organisation.objects.filter(code__in=codes)
        basket = Basket.objects.create(owner=buyer, currency_code="EUR")
        for seller in sellers:
            product = Product.objects.listed().filter(organisation=seller).order_by("pk").first()
            if product is not None:
                add_to_basket(basket, product, product.moq, actor=buyer)
        for order in _placed(basket, buyer, key).orders.select_related("seller", "buyer"):
            _bring_to(order, stage, buyer)


def _placed(basket: Basket, buyer: User, key: UUID) -> Purchase:
    organisation = Membership.objects.get(user=buyer, role=Role.OWNER).organisation
    delivery = {
        "contact": buyer.get_full_name(),
        "line1": "12 rue de la République",
        "city": "Lyon",
        "postcode": "69002",
        "country": organisation.country_id,
        "reference": "PO-7781",
    }
    view = view_of(basket)
    terms = terms_for(view, country_of_delivery(organisation.country_id))
    chosen = {}
    for seller, offered in terms.items():
        term = min((one for one in offered if one.amount is not None), key=lambda one: one.is_ex_works)
        chosen[str(seller)] = {"term": term.key, "mode": term.modes[0], "place": term.place or "Lyon"}
    answers = {
        "buyer": organisation.pk,
        Step.DELIVERY.value: delivery,
        Step.TERMS.value: chosen,
        Step.PAYMENT.value: {"plan": PlanChoice.DEPOSIT.value},
    }
    seen = reckoning_of(view, answers).seen
    purchase = place_purchase(basket, answers=answers, seen=seen, actor=buyer, key=key)
    if not isinstance(purchase, Purchase):
        raise TypeError("the demonstration's buyer orders without approval")
    return purchase


def _bring_to(order: Order, stage: str, buyer: User) -> None:
    seller = Membership.objects.get(organisation=order.seller, role=Role.OWNER).user
    if stage == "refused":
        refuse_order(
            order, actor=seller, code=RefusalReason.TIME, reason="Trois semaines de plus, si possible."
        )
        return
    reached = STAGES.index(stage)
    if reached >= 1:
        order = accept_order(order, actor=seller)
        _pay(order, 1, seller)
    if reached >= 2:
        order = _pack(order, seller)
    if reached >= 3:
        _pay(order, 2, seller)
        order = ship_order(order, actor=seller, carrier="DHL Express", reference="JD014600003828")
    if reached >= 4:
        confirm_delivery(order, actor=buyer)


def _pay(order: Order, sequence: int, seller: User) -> None:
    instalment = order.payment_plan.instalments.filter(sequence=sequence).first()
    if instalment is not None:
        entry = f"DEMO-{instalment.reference}"
        today = today_here()
        record_wire(instalment, instalment.amount, order.currency, entry, today, actor=seller)


def _pack(order: Order, seller: User) -> Order:
    in_kg = {"g": Decimal("0.001")}
    rows = []
    for line in order.lines.all():
        net = line.quantity * in_kg.get(line.unit, Decimal(1))
        rows.append(PackedRow(line.pk, 1, net, net + 1, "MOUSSEM 1/1"))
    return mark_ready(order, actor=seller, rows=rows, photos=[_picture_of_a_carton()])


def _picture_of_a_carton() -> ContentFile[bytes]:
    picture = Image.new("RGB", (800, 600), "#e7dfd2")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(160, 210), (400, 130), (640, 210), (400, 290)], fill="#c9a066")
    pen.polygon([(160, 210), (400, 290), (400, 520), (160, 430)], fill="#b58a50")
    pen.polygon([(640, 210), (400, 290), (400, 520), (640, 430)], fill="#a67c45")
    pen.line([(280, 170), (520, 250), (520, 475)], fill="#efe3c8", width=14)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80)
    return ContentFile(out.getvalue(), name="demonstration-carton.webp")
