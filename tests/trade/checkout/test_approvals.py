from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Lot, PriceTier
from moussem.core.errors import MoveNotAllowed, NotYours, Refusal
from moussem.core.models import LogEntry, OutboxMessage
from moussem.core.money import format_money
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.basket.models import Basket
from moussem.trade.checkout import errors
from moussem.trade.checkout.actions import approve_purchase, decline_purchase, withdraw_request
from moussem.trade.order.models import ApprovalRequest, Order, Purchase
from moussem.trade.order.queries import approvals_for
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import answers_for, buying_member, placed, seen_of
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TOTAL = Decimal("7750.00")


@pytest.fixture
def purchaser():
    """Somebody who orders alone up to 2,000 euros."""
    return ApprovalLimitFactory().membership


@pytest.fixture
def owner(purchaser):
    """Whoever approves for the same buyer."""
    return MembershipFactory(organisation=purchaser.organisation, role=Role.OWNER)


@pytest.fixture
def request_of_purchaser(purchaser, owner):
    """A request for 7,750 euros."""
    return placed(
        filled_basket(ProductFactory(), owner=purchaser.user, quantity=2500, currency="EUR"), purchaser
    )


@pytest.fixture
def untouched(request_of_purchaser):
    """Runs a call that must be refused and proves that the request stands as it was."""

    def check(refusal, call):
        before = LogEntry.objects.count(), OutboxMessage.objects.count()
        with pytest.raises(Refusal) as caught:
            call()
        assert type(caught.value) is refusal
        assert (LogEntry.objects.count(), OutboxMessage.objects.count()) == before
        request = ApprovalRequest.objects.get()
        assert (request.state, request.decided_by, request.reason) == ("pending", None, "")
        assert (Basket.objects.get().status, Purchase.objects.count()) == ("Frozen", 0)
        assert Lot.objects.get().reserved == 0

    return check


def seen(request):
    return seen_of(request.basket, request.checkout)


def test_within_the_limit_nobody_is_asked(purchaser, owner):
    assert type(placed(filled_basket(ProductFactory(), owner=purchaser.user), purchaser)) is Purchase


def test_order_in_two_parts_is_above_the_limit_as_one(purchaser, owner):
    first = placed(filled_basket(ProductFactory(), owner=purchaser.user), purchaser)
    second = placed(filled_basket(ProductFactory(), owner=purchaser.user), purchaser)
    withdrawn = ApprovalRequest.objects.get()
    withdraw_request(withdrawn, actor=purchaser.user)

    Purchase.objects.filter(pk=first.pk).update(placed_at=timezone.now() - timedelta(days=2))
    third = placed(Basket.objects.get(status="Open"), purchaser)

    assert [type(one) for one in (first, second, third)] == [Purchase, ApprovalRequest, Purchase]


def test_above_the_limit_the_owner_is_asked_and_nothing_is_reserved(request_of_purchaser, purchaser, owner):
    request = request_of_purchaser

    assert (request.state, request.total, request.requested_by) == ("pending", TOTAL, purchaser.user)
    assert Basket.objects.get().status == Basket.FROZEN
    assert (Order.objects.count(), Lot.objects.get().reserved) == (0, 0)
    assert [mail.payload["to"] for mail in OutboxMessage.objects.all()] == [owner.user.email]
    assert LogEntry.objects.get(verb="approval.requested").actor == purchaser.user


def test_currency_without_a_limit_always_asks(purchaser, owner):
    basket = filled_basket(ProductFactory(), owner=purchaser.user, currency="USD")

    assert placed(basket, purchaser).currency == "USD"


def test_asking_twice_makes_one_request(request_of_purchaser, purchaser):
    basket = Basket.objects.get()

    again = placed(basket, purchaser)

    assert again == request_of_purchaser
    assert ApprovalRequest.objects.count() == 1


@pytest.mark.parametrize("changed", [{"is_active": False}, {"role": Role.VIEWER}])
def test_request_of_somebody_who_orders_no_more_is_refused(
    untouched, request_of_purchaser, purchaser, owner, changed
):
    asked_for = seen(request_of_purchaser)
    Membership.objects.filter(pk=purchaser.pk).update(**changed)

    untouched(
        errors.RequesterGone, lambda: approve_purchase(request_of_purchaser, seen=asked_for, actor=owner.user)
    )

    decline_purchase(request_of_purchaser, reason="Left us", actor=owner.user)
    assert ApprovalRequest.objects.get().state == "declined"


def test_request_of_a_person_whose_account_was_closed_is_refused(
    untouched, request_of_purchaser, purchaser, owner
):
    asked_for = seen(request_of_purchaser)
    User.objects.filter(pk=purchaser.user_id).update(is_active=False)
    request = ApprovalRequest.objects.get()

    untouched(errors.RequesterGone, lambda: approve_purchase(request, seen=asked_for, actor=owner.user))


def test_request_says_that_who_asked_orders_no_more(client, request_of_purchaser, purchaser, owner):
    Membership.objects.filter(pk=purchaser.pk).update(is_active=False)
    client.force_login(owner.user)

    page = client.get(reverse("checkout:request", args=[request_of_purchaser.pk])).content.decode()

    assert "is no longer a member who orders for" in page
    assert reverse("checkout:approve", args=[request_of_purchaser.pk]) not in page
    assert reverse("checkout:decline", args=[request_of_purchaser.pk]) in page


def test_approved_request_is_placed_for_who_asked(request_of_purchaser, purchaser, owner):
    purchase = approve_purchase(request_of_purchaser, seen=seen(request_of_purchaser), actor=owner.user)

    request = ApprovalRequest.objects.get()
    assert (request.state, request.decided_by, request.purchase) == ("approved", owner.user, purchase)
    assert (purchase.placed_by, purchase.total) == (purchaser.user, request.total)
    assert (Basket.objects.get().status, Lot.objects.get().reserved) == (Basket.SUBMITTED, 2500)
    assert OutboxMessage.objects.order_by("pk").last().payload["to"] == purchaser.user.email


def test_price_that_changed_meanwhile_is_shown_before_it_is_approved(request_of_purchaser, owner, untouched):
    before = seen(request_of_purchaser)
    PriceTier.objects.filter(currency="EUR").update(unit_price=Decimal("3.00"))

    untouched(
        errors.TotalChanged,
        lambda: approve_purchase(request_of_purchaser, seen=before, actor=owner.user),
    )
    assert approve_purchase(
        request_of_purchaser, seen=seen(request_of_purchaser), actor=owner.user
    ).total == Decimal("7500.00")


def test_stock_that_went_meanwhile_is_refused(request_of_purchaser, owner, untouched):
    before = seen(request_of_purchaser)
    Lot.objects.update(quantity=1000)

    untouched(
        errors.BasketNotReady,
        lambda: approve_purchase(request_of_purchaser, seen=before, actor=owner.user),
    )


def test_only_the_owner_of_that_buyer_decides(request_of_purchaser, purchaser, untouched):
    stranger = buying_member()
    total = seen(request_of_purchaser)

    for actor in (purchaser.user, stranger.user):
        untouched(NotYours, lambda: approve_purchase(request_of_purchaser, seen=total, actor=actor))  # noqa: B023
        untouched(NotYours, lambda: decline_purchase(request_of_purchaser, reason="No", actor=actor))  # noqa: B023
    untouched(NotYours, lambda: withdraw_request(request_of_purchaser, actor=stranger.user))
    assert list(approvals_for(stranger.user)) == []
    assert list(approvals_for(purchaser.user)) == [request_of_purchaser]


def test_declining_takes_a_reason_and_gives_the_basket_back(
    request_of_purchaser, purchaser, owner, untouched
):
    untouched(
        errors.DeclineReasonMissing,
        lambda: decline_purchase(request_of_purchaser, reason=" ", actor=owner.user),
    )

    decline_purchase(request_of_purchaser, reason="Too early", actor=owner.user)

    request = ApprovalRequest.objects.get()
    assert (request.state, request.reason) == ("declined", "Too early")
    assert Basket.objects.get().status == Basket.OPEN
    assert "Too early" in OutboxMessage.objects.order_by("pk").last().payload["body"]


def test_basket_of_a_declined_request_can_be_sent_again(request_of_purchaser, purchaser, owner):
    decline_purchase(request_of_purchaser, reason="Too early", actor=owner.user)

    again = placed(Basket.objects.get(), purchaser)

    assert again != request_of_purchaser
    assert list(ApprovalRequest.objects.order_by("pk").values_list("state", flat=True)) == [
        "declined",
        "pending",
    ]


def test_purchaser_takes_the_request_back(request_of_purchaser, purchaser):
    withdraw_request(request_of_purchaser, actor=purchaser.user)

    assert ApprovalRequest.objects.get().state == "withdrawn"
    assert Basket.objects.get().status == Basket.OPEN


def test_decided_request_is_decided_once(request_of_purchaser, purchaser, owner):
    withdraw_request(request_of_purchaser, actor=purchaser.user)
    total, entries = seen(request_of_purchaser), LogEntry.objects.count()

    for call in (
        lambda: approve_purchase(request_of_purchaser, seen=total, actor=owner.user),
        lambda: decline_purchase(request_of_purchaser, reason="No", actor=owner.user),
        lambda: withdraw_request(request_of_purchaser, actor=purchaser.user),
    ):
        with pytest.raises(MoveNotAllowed) as refusal:
            call()
        assert str(refusal.value) == (
            f"This request was taken back already, by {purchaser.user}. "
            "Nothing was changed; reload the page to see what can be done now."
        )
    assert (LogEntry.objects.count(), Purchase.objects.count()) == (entries, 0)


def test_answers_are_kept_with_the_request(request_of_purchaser, purchaser):
    kept = dict(request_of_purchaser.checkout)
    kept.pop("key")

    assert kept == answers_for(Basket.objects.get(), purchaser.organisation)


def test_closed_request_tells_the_sum_that_was_approved(client, request_of_purchaser, owner):
    asked = format_money(request_of_purchaser.total, "EUR", "en")
    PriceTier.objects.filter(currency="EUR").update(unit_price=Decimal("9.00"))
    purchase = approve_purchase(request_of_purchaser, seen=seen(request_of_purchaser), actor=owner.user)
    approved = format_money(purchase.total, "EUR", "en")
    client.force_login(owner.user)

    page = client.get(reverse("checkout:request", args=[request_of_purchaser.pk])).content.decode()
    listed = client.get(reverse("orders:approvals")).content.decode()

    assert approved != asked
    assert f'Prices had changed since: <bdi class="amount">{approved}</bdi> was approved.' in page
    assert f'<bdi class="amount">{asked}</bdi> was asked for' in listed
