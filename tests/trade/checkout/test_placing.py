from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from catalogue.errors import LotGone
from catalogue.models import Lot, PriceTier
from moussem.core.errors import Refusal
from moussem.core.models import Counter, LogEntry, OutboxMessage
from moussem.organisations.states import Role, Verification
from moussem.trade.basket.models import Basket
from moussem.trade.basket.queries import view_of
from moussem.trade.checkout import errors
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.queries import Seen, left_of_trust, reckoning_of
from moussem.trade.documents.models import Document
from moussem.trade.order.actions import keep_lots
from moussem.trade.order.models import ApprovalRequest, LotReservation, Order, Purchase
from moussem.trade.order.queries import purchases_for
from moussem.trade.payment.models import Instalment
from moussem.trade.shipping.actions import sync_delivery_countries
from moussem.trade.shipping.errors import SeaOnly, TermNotOffered
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.checkout import answers_for, buying_member, placed, seen_of
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.shipping import freight_rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def buyer():
    """The owner of a verified buyer."""
    return buying_member()


@pytest.fixture
def refused():
    """Places a basket and proves that the refusal left everything as it was."""

    def check(refusal, basket, answers, total, actor):
        def state():
            rows = (
                list(Basket.objects.values()),
                list(Lot.objects.values("reserved")),
                LogEntry.objects.count(),
            )
            made = [
                model.objects.count() for model in (Purchase, Order, ApprovalRequest, Instalment, Document)
            ]
            return rows, made, OutboxMessage.objects.count(), list(Counter.objects.values())

        before = state()
        seen = Seen(total, "EUR", digest_of(basket, answers))
        with pytest.raises(Refusal) as caught:
            place_purchase(basket, answers=answers, seen=seen, actor=actor, key=uuid4())
        assert type(caught.value) is refusal
        assert state() == before
        return caught.value

    return check


def digest_of(basket, answers):
    try:
        return seen_of(basket, answers).digest
    except Refusal:
        return ""


def test_one_order_for_each_seller_under_one_number(buyer):
    first, second = SellerFactory(), SellerFactory()
    basket = filled_basket(
        ProductFactory(organisation=first), ProductFactory(organisation=second), owner=buyer.user
    )

    purchase = placed(basket, buyer)

    year = purchase.placed_at.year
    assert purchase.number == f"P-{year}-000001"
    orders = list(purchase.orders.order_by("number"))
    assert [order.number for order in orders] == [f"{purchase.number}-1", f"{purchase.number}-2"]
    assert [(order.seller, order.buyer, order.status) for order in orders] == [
        (first, buyer.organisation, "placed"),
        (second, buyer.organisation, "placed"),
    ]
    assert purchase.total == sum(order.total_incl_tax for order in orders) == Decimal("3300.00")
    assert Basket.objects.get().status == Basket.SUBMITTED
    assert orders[0].answer_by - purchase.placed_at == timedelta(days=5)


def test_line_is_frozen_and_its_lots_are_kept(buyer):
    product = ProductFactory(lots=[(2024, 300), (2025, 900)], national_code="0910.20.10.00")
    line = placed(filled_basket(product, owner=buyer.user), buyer).orders.get().lines.get()

    assert (line.title, line.quantity, line.unit, line.is_sample) == (product.title, 500, "g", False)
    assert (line.unit_price_excl_tax, line.line_price_incl_tax) == (Decimal("3.30"), Decimal("1650.00"))
    assert (line.partner_sku, line.partner_name) == (product.seller_code, product.organisation.name)
    assert (line.hs_code, line.origin) == ("0910.20.10.00", "Taroudant, Souss-Massa")
    kept = LotReservation.objects.order_by("lot_id").values_list("lot__harvest_year", "quantity")
    assert list(kept) == [(2024, 300), (2025, 200)]
    assert list(Lot.objects.order_by("pk").values_list("reserved", flat=True)) == [300, 200]


def test_delivery_terms_and_freight_are_written_on_the_order(buyer):
    product = ProductFactory()
    freight_rate(product.organisation, "DAP", per_kg=Decimal(2))

    order = placed(
        filled_basket(product, owner=buyer.user), buyer, term="DAP|road|", place=" Lyon "
    ).orders.get()

    assert (order.incoterm_id, order.named_place, order.transport_mode) == ("DAP", "Lyon, France", "road")
    assert (order.gross_weight_kg, order.shipping_incl_tax) == (Decimal("1.200"), Decimal("102.40"))
    assert order.total_incl_tax == Decimal("1752.40")
    assert (order.buyer_reference, order.shipping_address.line4) == ("PO-77", "Lyon")
    assert order.shipping_address.country_id == "FR"


@pytest.mark.parametrize(
    ("plan", "amounts"),
    [("deposit", [Decimal("495.00"), Decimal("1155.00")]), ("full", [Decimal("1650.00")])],
)
def test_plan_is_the_one_that_was_shown(buyer, plan, amounts):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    reckoning = reckoning_of(view_of(basket), answers_for(basket, buyer.organisation, plan=plan))

    placed(basket, buyer, plan=plan)

    planned = Instalment.objects.order_by("sequence").values_list("share", "amount", "trigger")
    shown = [(due.share, due.amount, due.trigger) for due in reckoning.instalments_of(reckoning.drafts[0])]
    assert list(planned) == shown
    assert [amount for _share, amount, _trigger in shown] == amounts


def test_proforma_and_one_log_line_for_each_order_are_written(buyer):
    purchase = placed(filled_basket(ProductFactory(), owner=buyer.user), buyer)

    assert Document.objects.get().content["total"] == "1650.00"
    line = LogEntry.objects.get(verb="order.placed")
    assert (line.actor, line.facts) == (buyer.user, {"purchase": purchase.number})


def test_both_sides_are_written_to_in_the_transaction_that_places(buyer):
    product = ProductFactory()
    answers = MembershipFactory(organisation=product.organisation).user.email

    order = placed(filled_basket(product, owner=buyer.user), buyer).orders.get()

    told = [(one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.order_by("pk")]
    assert told == [
        (buyer.user.email, f"Order {order.number} is placed with {order.seller.name}"),
        (answers, f"New order {order.number} from {buyer.organisation.name}"),
    ]


def test_same_key_places_once(buyer):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    answers, key = answers_for(basket, buyer.organisation), uuid4()
    given = {"answers": answers, "seen": seen_of(basket, answers), "actor": buyer.user, "key": key}

    first, second = place_purchase(basket, **given), place_purchase(basket, **given)

    assert first == second
    assert (Purchase.objects.count(), Order.objects.count()) == (1, 1)


def test_another_key_for_a_sent_basket_is_refused(buyer, refused):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    answers = answers_for(basket, buyer.organisation)
    placed(basket, buyer)

    refused(errors.CheckoutClosed, basket, answers, Decimal("1650.00"), buyer.user)


def test_price_that_changed_since_the_review_is_refused_with_both_totals(buyer, refused):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    answers = answers_for(basket, buyer.organisation)
    PriceTier.objects.filter(currency="EUR", min_quantity=500).update(unit_price=Decimal("3.40"))

    refusal = refused(errors.TotalChanged, basket, answers, Decimal("1650.00"), buyer.user)

    assert refusal.facts == {"was": "€1,650.00", "now": "€1,700.00"}
    assert view_of(basket).subtotal == Decimal("1700.00")


def test_stock_that_went_since_the_review_is_refused(buyer, refused):
    product = ProductFactory(lots=[(2025, 700)])
    basket = filled_basket(product, owner=buyer.user)
    answers = answers_for(basket, buyer.organisation)
    Lot.objects.update(reserved=300)

    refused(errors.BasketNotReady, basket, answers, Decimal("1650.00"), buyer.user)


def test_lot_that_goes_in_the_last_moment_is_refused(buyer):
    product = ProductFactory(lots=[(2025, 500)])
    basket = filled_basket(product, owner=buyer.user)
    reckoning = reckoning_of(view_of(basket), answers_for(basket, buyer.organisation))
    Lot.objects.update(reserved=1)

    with pytest.raises(LotGone):
        keep_lots(reckoning.drafts)
    assert Lot.objects.get().reserved == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"delivery": {}}, errors.StepMissing),
        ({"payment": None}, errors.StepMissing),
        ({"terms": {"0": {"term": "", "mode": "", "place": ""}}}, errors.StepMissing),
    ],
)
def test_missing_answers_are_refused(buyer, refused, change, refusal):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    answers = {**answers_for(basket, buyer.organisation), **change}

    refused(refusal, basket, answers, Decimal("1650.00"), buyer.user)


def test_morocco_is_no_destination(buyer, refused):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    answers = answers_for(basket, buyer.organisation)
    answers["delivery"]["country"] = "MA"

    refused(errors.ExportsOnly, basket, answers, Decimal("1650.00"), buyer.user)


def test_rule_that_is_not_offered_or_does_not_fit_the_transport_is_refused(buyer, refused):
    product = ProductFactory()
    freight_rate(product.organisation, "FOB", mode="sea", place="Agadir")
    basket = filled_basket(product, owner=buyer.user)
    by_air = answers_for(basket, buyer.organisation, term="FOB|sea|Agadir", mode="air", place="Agadir")
    unknown = answers_for(basket, buyer.organisation, term="DAP|road|", place="Lyon")

    refused(SeaOnly, basket, by_air, Decimal("1650.00"), buyer.user)
    refused(TermNotOffered, basket, unknown, Decimal("1650.00"), buyer.user)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.SALES])
def test_member_who_does_not_buy_is_refused(refused, role):
    member = buying_member(role)
    basket = filled_basket(ProductFactory(), owner=member.user)
    answers = answers_for(basket, member.organisation)

    refused(errors.NotABuyer, basket, answers, Decimal("1650.00"), member.user)


def test_another_organisation_or_basket_is_refused(buyer, refused):
    stranger = buying_member()
    basket = filled_basket(ProductFactory(), owner=buyer.user)

    theirs = answers_for(basket, stranger.organisation)
    refused(errors.NotABuyer, basket, theirs, Decimal("1650.00"), buyer.user)
    own = answers_for(basket, stranger.organisation)
    refused(errors.CheckoutClosed, basket, own, Decimal("1650.00"), stranger.user)


def test_unchecked_buyer_orders_samples_and_small_amounts_only(refused):
    member = buying_member(verification=Verification.DECLARED)
    small = ProductFactory(moq=Decimal(100), ladder=[("100", "3.30")])
    large = filled_basket(ProductFactory(), owner=member.user)
    answers = answers_for(large, member.organisation)

    refusal = refused(errors.UnverifiedBuyer, large, answers, Decimal("1650.00"), member.user)
    assert refusal.facts == {"organisation": member.organisation.name, "limit": "€500.00"}
    Basket.objects.all().delete()
    assert placed(filled_basket(small, owner=member.user), member).total == Decimal("330.00")
    samples = filled_basket(samples=[ProductFactory(ladder=[("500", "20")])], owner=member.user)
    assert placed(samples, member).total == Decimal("100.00")


def test_unchecked_buyer_does_not_reserve_a_harvest_in_small_parts(refused):
    member = buying_member(verification=Verification.DECLARED)
    small = ProductFactory(moq=Decimal(100), ladder=[("100", "3.30")])
    assert placed(filled_basket(small, owner=member.user), member).total == Decimal("330.00")
    again = filled_basket(small, owner=member.user)
    answers = answers_for(again, member.organisation)

    refusal = refused(errors.UnverifiedBuyer, again, answers, Decimal("330.00"), member.user)

    assert refusal.facts["limit"] == "€170.00"


def test_unchecked_buyer_whose_orders_reach_the_limit_reads_so(refused, client, settings):
    member = buying_member(verification=Verification.DECLARED)
    small = ProductFactory(moq=Decimal(100), ladder=[("100", "3.30")])
    placed(filled_basket(small, owner=member.user), member)
    settings.UNVERIFIED_BUYER_BELOW = {"EUR": Decimal(330)}
    again = filled_basket(small, owner=member.user)
    answers = answers_for(again, member.organisation)

    refusal = refused(errors.TrustUsedUp, again, answers, Decimal("330.00"), member.user)
    client.force_login(member.user)
    page = client.get(reverse("checkout:delivery")).content.decode()

    assert "nothing more can be ordered at the moment" in str(refusal)
    assert page.count("nothing more can be ordered at the moment") == 1
    assert "0.00 at the moment" not in page + str(refusal)


@pytest.mark.parametrize("verification", Verification.values)
def test_a_sample_that_is_underway_is_not_sent_twice(refused, verification):
    member = buying_member(verification=verification)
    product = ProductFactory(ladder=[("500", "0.01")])
    first = placed(filled_basket(samples=[product], owner=member.user), member).orders.get()
    again = filled_basket(samples=[product], owner=member.user)
    answers = answers_for(again, member.organisation)

    refusal = refused(errors.SampleUnderway, again, answers, view_of(again).subtotal, member.user)

    assert refusal.facts == {"title": product.title, "number": first.number}
    Order.objects.update(status="delivered")
    assert type(placed(again, member)) is Purchase


def test_what_is_kept_in_one_currency_uses_up_what_is_left_in_another(settings):
    settings.UNVERIFIED_BUYER_BELOW = {"EUR": Decimal(500), "USD": Decimal(550)}
    member = buying_member(verification=Verification.DECLARED)
    product = ProductFactory(moq=Decimal(100), ladder=[("100", "2.50")])
    placed(filled_basket(product, owner=member.user), member)

    left = [left_of_trust(member.organisation, currency) for currency in ("EUR", "USD", "MAD")]

    assert left == [Decimal("250.00"), Decimal("275.00"), Decimal("0.00")]


@pytest.mark.parametrize(
    "change",
    [
        lambda answers, other: answers.update(buyer=other.organisation.pk),
        lambda answers, other: answers["delivery"].update(line1="1 rue Garibaldi"),
        lambda answers, other: answers["payment"].update(plan="full"),
        lambda answers, other: next(iter(answers["terms"].values())).update(place="Tata"),
    ],
)
def test_what_another_tab_has_changed_is_read_before_it_is_placed(buyer, change):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    answers = answers_for(basket, buyer.organisation)
    other = MembershipFactory(user=buyer.user, role=Role.OWNER, organisation__buyer=True)
    seen, click = seen_of(basket, answers), {"actor": buyer.user, "key": uuid4()}
    change(answers, other)

    with pytest.raises(errors.ReviewChanged):
        place_purchase(basket, answers=answers, seen=seen, **click)

    assert (Purchase.objects.count(), Lot.objects.get().reserved) == (0, 0)
    assert type(place_purchase(basket, answers=answers, seen=seen_of(basket, answers), **click)) is Purchase


def test_another_basket_of_the_same_total_is_read_before_it_is_placed(buyer):
    seller = SellerFactory()
    first, second = ProductFactory.create_batch(2, organisation=seller)
    basket = filled_basket(first, owner=buyer.user)
    answers = answers_for(basket, buyer.organisation)
    seen = seen_of(basket, answers)
    basket.lines.update(product=second)

    with pytest.raises(errors.ReviewChanged):
        place_purchase(basket, answers=answers, seen=seen, actor=buyer.user, key=uuid4())

    assert Order.objects.count() == 0


def test_same_figure_in_another_currency_is_another_price(buyer, refused):
    product = ProductFactory()
    product.tiers.filter(currency="MAD").delete()
    product.tiers.filter(currency="EUR").update(currency="MAD")
    basket = filled_basket(product, owner=buyer.user, currency="MAD")
    answers = answers_for(basket, buyer.organisation)

    refusal = refused(errors.TotalChanged, basket, answers, Decimal("1650.00"), buyer.user)

    assert refusal.facts == {"was": "€1,650.00", "now": "MAD\N{NO-BREAK SPACE}1,650.00"}


def test_purchases_are_seen_by_their_buyer_and_nobody_else(buyer):
    product = ProductFactory()
    purchase = placed(filled_basket(product, owner=buyer.user), buyer)
    seller = buying_member().__class__.objects.create(
        user=UserFactory(), organisation=product.organisation, role=Role.OWNER
    )
    stranger = buying_member()

    assert [list(purchases_for(one.user)) for one in (buyer, seller, stranger)] == [[purchase], [], []]


@pytest.mark.parametrize(("sellers", "lines"), [(1, 1), (1, 10), (2, 5), (5, 2)])
def test_placing_takes_the_same_queries_whatever_is_ordered(buyer, sellers, lines, django_assert_num_queries):
    products = [
        product
        for seller in SellerFactory.create_batch(sellers)
        for product in ProductFactory.create_batch(lines, organisation=seller)
    ]
    basket = filled_basket(*products, owner=buyer.user)
    given = answers_for(basket, buyer.organisation)
    sync_delivery_countries()
    seen = seen_of(basket, given)

    with django_assert_num_queries(41):
        place_purchase(basket, answers=given, seen=seen, actor=buyer.user, key=uuid4())

    assert LotReservation.objects.count() == sellers * lines


def test_reckoning_adds_up(buyer):
    basket = filled_basket(ProductFactory(), owner=buyer.user)
    reckoning = reckoning_of(view_of(basket), answers_for(basket, buyer.organisation))

    assert (reckoning.total, reckoning.freight) == (Decimal("1650.00"), 0)
    with_freight = replace(reckoning.drafts[0], freight=Decimal("0.01"))
    assert with_freight.total == Decimal("1650.01")
