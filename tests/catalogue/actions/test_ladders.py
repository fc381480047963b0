from decimal import Decimal

import pytest

from catalogue.actions.ladders import ladder_digest, remove_ladder, set_ladder
from catalogue.actions.packaging import set_packaging
from catalogue.actions.products import withdraw_product
from catalogue.errors import (
    LadderEmpty,
    LadderNotRising,
    LadderPriceJumps,
    LadderPriceRises,
    LadderStartsElsewhere,
    LastPrice,
    MinimumNotOrderable,
    PackagingGap,
    StepNotOrderable,
)
from catalogue.packing import Pack
from catalogue.pricing import Tier
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def tiers(*steps):
    return [Tier(Decimal(quantity), Decimal(price)) for quantity, price in steps]


def written(product, currency="EUR"):
    return list(product.tiers.filter(currency=currency).values_list("min_quantity", "unit_price"))


@pytest.fixture
def product(seller):
    return ProductFactory(organisation=seller.organisation)


def test_change_of_price_is_logged_with_before_and_after(product, seller):
    set_ladder(product, "EUR", tiers((500, "3.50"), (2500, "3.10")), actor=seller.user)

    assert written(product) == [(Decimal(500), Decimal("3.5")), (Decimal(2500), Decimal("3.1"))]
    (line,) = history_of(product)
    assert (line.verb, line.facts["currency"], line.actor) == ("price.changed", "EUR", seller.user)
    assert line.facts["before"] == [["500", "3.3"], ["2500", "3.1"], ["10000", "2.9"]]
    assert line.facts["after"] == [["500", "3.5"], ["2500", "3.1"]]


def test_price_that_moves_by_more_than_half_is_asked_about(product, seller):
    with pytest.raises(LadderPriceJumps) as refused:
        set_ladder(product, "EUR", tiers((500, "33")), actor=seller.user, rise_is_meant=True)

    assert str(refused.value).startswith("The price of 500\xa0g goes from €3.30 to €33.00.")
    assert (written(product)[0], LogEntry.objects.count()) == ((Decimal(500), Decimal("3.3")), 0)


def test_price_that_is_meant_to_move_far_is_written(product, seller):
    set_ladder(product, "EUR", tiers((500, "33")), actor=seller.user, jump_is_meant=True)

    assert written(product) == [(Decimal(500), Decimal(33))]


def test_price_of_a_draft_moves_unasked(seller):
    draft = ProductFactory(organisation=seller.organisation, is_public=False)

    set_ladder(draft, "EUR", tiers((500, "33")), actor=seller.user)

    assert written(draft) == [(Decimal(500), Decimal(33))]


def test_same_ladder_again_is_no_change(product, seller):
    set_ladder(product, "EUR", tiers((500, "3.3"), (2500, "3.10"), (10000, "2.9")), actor=seller.user)

    assert LogEntry.objects.count() == 0


def test_first_step_is_the_minimum_order_in_every_currency(product, seller):
    set_ladder(product, "EUR", tiers((1000, "3.30")), actor=seller.user)

    product.refresh_from_db()
    assert product.moq == Decimal(1000)
    assert written(product, "USD")[0][0] == Decimal(1000)


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        ([], LadderEmpty),
        ([(500, 3), (500, 2)], LadderNotRising),
        ([(500, 3), (600, 4)], LadderPriceRises),
        ([(2500, 3)], LadderStartsElsewhere),
    ],
)
def test_faulty_ladder_is_refused_and_the_prices_stay(product, seller, steps, refusal):
    before = written(product)

    with pytest.raises(refusal):
        set_ladder(product, "EUR", tiers(*steps), actor=seller.user)

    product.refresh_from_db()
    assert (written(product), product.moq) == (before, Decimal(500))
    assert LogEntry.objects.count() == 0


def test_price_may_rise_when_it_is_meant(product, seller):
    set_ladder(product, "EUR", tiers((500, 3), (600, 4)), actor=seller.user, rise_is_meant=True)

    assert written(product)[1] == (Decimal(600), Decimal(4))


def test_stranger_changes_no_price(product, stranger):
    with pytest.raises(NotYours):
        set_ladder(product, "EUR", tiers((500, 1)), actor=stranger.user)
    with pytest.raises(NotYours):
        remove_ladder(product, "EUR", actor=stranger.user)

    assert len(written(product)) == 3


@pytest.mark.parametrize("drops", [True, False])
def test_minimum_that_is_no_multiple_is_refused_and_the_prices_stay(product, seller, drops):
    before = written(product)

    with pytest.raises(MinimumNotOrderable) as refused:
        set_ladder(product, "EUR", tiers((450 if drops else 550, "3.30")), actor=seller.user)

    product.refresh_from_db()
    assert refused.value.facts["multiple"] == "100\xa0g"
    assert (written(product), product.moq, LogEntry.objects.count()) == (before, Decimal(500), 0)


def test_later_step_that_is_no_multiple_is_named_and_the_prices_stay(product, seller):
    before = written(product)
    steps = tiers((500, "3.30"), (1000, "3.20"), ("2550.5", "3.10"), (5050, "3"))

    with pytest.raises(StepNotOrderable) as refused:
        set_ladder(product, "EUR", steps, actor=seller.user)

    product.refresh_from_db()
    told = {"multiple": "100\xa0g", "quantity": "2,550.5\xa0g", "nearest": "2,600\xa0g"}
    assert refused.value.facts == told
    assert (written(product), LogEntry.objects.count()) == (before, 0)


def test_last_price_of_a_listed_product_stays_until_it_is_hidden(product, seller):
    product.tiers.exclude(currency="EUR").delete()
    before, shown = written(product), ladder_digest(product, "EUR")

    with pytest.raises(LastPrice):
        remove_ladder(product, "EUR", actor=seller.user, shown=shown)
    assert (written(product), LogEntry.objects.count()) == (before, 0)
    withdraw_product(product, actor=seller.user)
    remove_ladder(product, "EUR", actor=seller.user, shown=shown)

    assert not product.tiers.exists()


def test_packaging_levels_are_these_and_no_others(product, seller):
    set_packaging(product, [Pack("unit", Decimal(50), Decimal("0.08"))], actor=seller.user)

    assert list(product.packagings.values_list("level", "holds")) == [("unit", Decimal(50))]


def test_pallet_without_a_carton_is_refused(product, seller):
    packs = [Pack("unit", Decimal(50), Decimal(1)), Pack("pallet", Decimal(5), Decimal(9))]

    with pytest.raises(PackagingGap):
        set_packaging(product, packs, actor=seller.user)

    assert product.packagings.count() == 3
