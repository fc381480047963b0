from decimal import Decimal

import pytest

from catalogue.models import PriceTier
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.basket import errors
from moussem.trade.basket.actions import (
    MOST_LINES,
    add_to_basket,
    change_quantity,
    fix_basket,
    freeze_basket,
    merge_baskets,
    remove_line,
    switch_currency,
    thaw_basket,
)
from moussem.trade.basket.models import Basket, Line
from moussem.trade.basket.queries import view_of
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def contents():
    """Every line there is, as owner's basket, product and quantity."""
    return sorted(Line.objects.values_list("basket_id", "product_id", "quantity", "is_sample"))


@pytest.fixture
def nothing_changes():
    """Runs a call that must be refused and proves that it left no trace."""

    def check(refusal, call):
        before = contents(), list(Basket.objects.values()), LogEntry.objects.count()
        with pytest.raises(Refusal) as caught:
            call()
        assert type(caught.value) is refusal
        assert (contents(), list(Basket.objects.values()), LogEntry.objects.count()) == before
        assert OutboxMessage.objects.count() == 0

    return check


def test_first_addition_saves_the_basket_with_its_owner():
    person, product = UserFactory(), ProductFactory()

    line = add_to_basket(Basket(currency_code="USD"), product, Decimal(500), actor=person)

    assert (line.basket.owner, line.basket.currency_code, line.price_currency) == (person, "USD", "USD")
    assert line.stockrecord.partner.organisation == product.organisation


def test_adding_again_adds_up_on_one_line():
    product = ProductFactory()
    basket = filled_basket(product)

    add_to_basket(basket, product, Decimal(100), actor=None)

    assert contents() == [(basket.pk, product.pk, Decimal(600), False)]


def test_a_sample_is_a_line_of_its_own_and_stays_one():
    product = ProductFactory()
    basket = filled_basket(product, samples=[product, product])

    assert contents() == [
        (basket.pk, product.pk, Decimal(5), True),
        (basket.pk, product.pk, Decimal(500), False),
    ]


@pytest.mark.parametrize("quantity", ["0", "-1", "0.0001", "100000000", "NaN", "Infinity", "1e-9"])
def test_unusable_quantity_is_refused(quantity, nothing_changes):
    product = ProductFactory()
    basket = filled_basket(product)

    nothing_changes(
        errors.QuantityNotUsable, lambda: add_to_basket(basket, product, Decimal(quantity), actor=None)
    )
    nothing_changes(
        errors.QuantityNotUsable,
        lambda: change_quantity(basket.lines.get(), Decimal(quantity), actor=None),
    )


def test_product_without_a_price_in_the_currency_is_refused(nothing_changes):
    product, basket = ProductFactory(), filled_basket(ProductFactory(), currency="MAD")
    PriceTier.objects.filter(product=product, currency="MAD").delete()

    nothing_changes(errors.NotOfferedIn, lambda: add_to_basket(basket, product, Decimal(500), actor=None))


def test_withdrawn_product_and_missing_sample_are_refused(nothing_changes):
    basket = filled_basket(ProductFactory())
    hidden, no_sample = ProductFactory(listed=False), ProductFactory(sample_quantity=None)

    nothing_changes(errors.Withdrawn, lambda: add_to_basket(basket, hidden, Decimal(500), actor=None))
    nothing_changes(
        errors.NoSample,
        lambda: add_to_basket(basket, no_sample, Decimal(5), actor=None, is_sample=True),
    )


def test_full_basket_is_refused(nothing_changes, monkeypatch):
    monkeypatch.setattr("moussem.trade.basket.actions.MOST_LINES", 1)
    basket, product = filled_basket(ProductFactory()), ProductFactory()

    nothing_changes(errors.BasketFull, lambda: add_to_basket(basket, product, Decimal(500), actor=None))
    assert MOST_LINES == 100


def test_frozen_basket_refuses_every_change(nothing_changes):
    product = ProductFactory()
    basket = filled_basket(product)
    freeze_basket(basket)
    line = basket.lines.get()

    for call in (
        lambda: add_to_basket(basket, product, Decimal(500), actor=None),
        lambda: change_quantity(line, Decimal(600), actor=None),
        lambda: remove_line(line, actor=None),
        lambda: fix_basket(basket, actor=None),
        lambda: switch_currency(basket, "USD", actor=None),
    ):
        nothing_changes(errors.BasketNotOpen, call)


def test_fixing_mends_what_it_can_and_takes_out_the_rest():
    short, gone, sound = ProductFactory(), ProductFactory(lots=[]), ProductFactory()
    basket = filled_basket(gone, sound)
    add_to_basket(basket, short, Decimal(120), actor=None)

    done = fix_basket(basket, actor=None)

    assert done == [gone.label, short.label]
    assert [(line.product, line.quantity) for line in view_of(basket).lines] == [(sound, 500), (short, 500)]
    assert view_of(basket).problems == ()


def test_switching_the_currency_prices_by_the_other_ladder():
    basket = filled_basket(ProductFactory())

    switch_currency(basket, "MAD", actor=None)

    (line,) = view_of(Basket.objects.get()).lines
    assert line.total == Decimal("17820.00")
    assert Line.objects.get().price_currency == "MAD"


def test_unknown_currency_is_refused(nothing_changes):
    basket = filled_basket(ProductFactory())

    nothing_changes(errors.CurrencyUnknown, lambda: switch_currency(basket, "GBP", actor=None))


def test_signing_in_keeps_the_larger_quantity_of_each_line():
    person, first, second = UserFactory(), ProductFactory(), ProductFactory()
    own = filled_basket(first, owner=person, quantity=500)
    visitors = filled_basket(first, second, currency="USD", quantity=700)
    Basket.objects.filter(pk=visitors.pk).update(owner=None)

    merge_baskets(visitors, owner=person)

    assert contents() == [(own.pk, first.pk, 700, False), (own.pk, second.pk, 700, False)]
    assert list(Basket.objects.order_by("pk").values_list("status", "currency_code")) == [
        ("Open", "USD"),
        ("Merged", "USD"),
    ]


def test_first_basket_of_a_person_is_the_one_filled_before_signing_in():
    basket, person = filled_basket(ProductFactory()), UserFactory()
    Basket.objects.filter(pk=basket.pk).update(owner=None)

    assert merge_baskets(basket, owner=person) == basket
    assert Basket.objects.get().owner == person


def test_thawed_basket_takes_in_what_was_chosen_meanwhile():
    person, first, second = UserFactory(), ProductFactory(), ProductFactory()
    frozen = filled_basket(first, owner=person)
    freeze_basket(frozen)
    newer = filled_basket(second, owner=person, currency="USD")

    thaw_basket(frozen)
    frozen.refresh_from_db()

    assert [line.product for line in view_of(frozen).lines] == [first, second]
    assert Basket.objects.get(status="Merged") == newer
    assert set(Line.objects.values_list("price_currency", flat=True)) == {"EUR"}


def test_line_that_another_tab_took_out_is_changed_no_more():
    basket = filled_basket(ProductFactory())
    line = basket.lines.get()
    remove_line(line, actor=basket.owner)

    with pytest.raises(errors.LineGone):
        change_quantity(Line(pk=line.pk or 1, basket=basket, product=line.product), Decimal(600), actor=None)


def test_basket_that_somebody_took_over_goes_to_nobody_else():
    anonymous = filled_basket(ProductFactory())
    Basket.objects.update(owner=None)
    anonymous.refresh_from_db()
    first, second = UserFactory(), UserFactory()
    merge_baskets(anonymous, owner=first)

    merge_baskets(anonymous, owner=second)

    assert Basket.objects.get().owner == first


def test_line_that_would_grow_too_large_says_what_it_holds_already():
    owner = UserFactory()
    product = ProductFactory()
    basket = filled_basket(product, owner=owner)

    with pytest.raises(errors.TooMuchTogether, match="holds 500\xa0g of it already"):
        add_to_basket(basket, product, Decimal("99999999"), actor=owner)

    assert Line.objects.get().quantity == 500


def change_first_price(product, price):
    """The seller asks another price for the first step."""
    step = product.tiers.filter(currency="EUR").order_by("min_quantity").first()
    PriceTier.objects.filter(pk=step.pk).update(unit_price=Decimal(price))


@pytest.mark.parametrize("is_sample", [False, True])
def test_basket_knows_what_a_line_cost_when_it_was_put_in(is_sample):
    owner, product = UserFactory(), ProductFactory()
    line = add_to_basket(Basket(), product, Decimal(500), actor=owner, is_sample=is_sample)
    assert [view.price_before for view in view_of(line.basket).lines] == [None]

    change_first_price(product, "33")

    (view,) = view_of(line.basket).lines
    assert (view.unit_price, view.price_before) == (Decimal(33), Decimal("3.3"))


def test_price_of_another_step_or_currency_is_no_change_of_price():
    owner, product = UserFactory(), ProductFactory()
    line = add_to_basket(Basket(), product, Decimal(500), actor=owner)

    change_quantity(view_of(line.basket).lines[0].line, Decimal(2500), actor=owner)
    switch_currency(line.basket, "USD", actor=owner)
    (view,) = view_of(line.basket).lines

    assert (view.price_before, view.line.price_excl_tax) == (None, view.unit_price)
