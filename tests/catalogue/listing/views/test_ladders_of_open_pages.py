"""No ladder is written over, or put together with, one that its page did not show."""

from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.models import PriceTier
from moussem.core.models import LogEntry
from tests.factories.catalogue import ProductFactory
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TYPED = {"ladder-quantity_0": "500", "ladder-price_0": "9"}


@pytest.fixture
def draft(seller):
    """A draft that nobody has given prices."""
    return ProductFactory(organisation=seller.organisation, listed=False, ladder=[])


@pytest.fixture
def terms(draft):
    return reverse("listing:terms", args=[draft.pk])


def give_prices(draft, currency, *steps):
    for quantity, price in steps:
        PriceTier.objects.create(product=draft, currency=currency, min_quantity=quantity, unit_price=price)


def prices(draft, currency):
    tiers = draft.tiers.filter(currency=currency).order_by("min_quantity")
    return [(int(tier.min_quantity), tier.unit_price) for tier in tiers]


def test_ladder_in_the_chosen_currency_that_was_not_shown_is_shown_before_it_is_written_over(
    desk, draft, terms
):
    give_prices(draft, "USD", (500, 4), (900, 3))
    before = ([*draft.tiers.values_list("pk", flat=True)], LogEntry.objects.count())

    back = desk.post(terms, as_shown(desk.get(terms), {**TYPED, "ladder-currency": "USD"}))

    told = back.context["ladder"].otherwise
    assert {name: tuple(values) for name, values in told.items()} == {"price_0": ("4.00", None)}
    assert "Not on the page you opened. Now: <bdi>4.00</bdi>" in back.content.decode()
    assert ([*draft.tiers.values_list("pk", flat=True)], LogEntry.objects.count()) == before
    again = as_shown(back)
    assert (again["ladder-price_0"], again["ladder-price_1"]) == (["9"], ["3.00"])
    assert desk.post(terms, again).status_code == 302
    assert prices(draft, "USD") == [(500, Decimal(9)), (900, Decimal(3))]


def test_other_currency_without_a_ladder_is_written_at_once(desk, draft, terms):
    give_prices(draft, "EUR", (500, 4))

    answer = desk.post(terms, as_shown(desk.get(terms), {**TYPED, "ladder-currency": "MAD"}))

    assert (answer.status_code, prices(draft, "MAD")) == (302, [(500, Decimal(9))])
    assert prices(draft, "EUR") == [(500, Decimal(4))]


def test_currency_that_is_chosen_brings_its_own_ladder_and_takes_no_figure_along(desk, draft, terms):
    euros, dollars = [(500, Decimal(4))], [(500, Decimal(5)), (900, Decimal("3.5"))]
    give_prices(draft, "EUR", *euros)
    give_prices(draft, "USD", *dollars)
    before, page, seen = LogEntry.objects.count(), desk.get(terms), []

    for currency in ("USD", "EUR", "MAD"):
        page = desk.post(terms, as_shown(page, {"ladder-currency": currency}))
        assert "now show its own ladder" in page.context["ladder"].errors["currency"][0]
        assert [*page.context["ladder"].errors] == ["currency"]
        seen.append([as_shown(page)[f"ladder-{name}"][0] for name in ("price_0", "quantity_1", "price_1")])

    assert seen == [["5.00", "900", "3.50"], ["4.00", "", ""], ["", "", ""]]
    assert (prices(draft, "EUR"), prices(draft, "USD"), prices(draft, "MAD")) == (euros, dollars, [])
    assert LogEntry.objects.count() == before


def test_step_that_was_typed_in_stays_when_the_currency_is_chosen_after_it(desk, draft, terms):
    give_prices(draft, "EUR", (500, 4), (900, 3))

    back = desk.post(terms, as_shown(desk.get(terms), {**TYPED, "ladder-currency": "MAD"}))

    again = as_shown(back)
    assert prices(draft, "MAD") == []
    assert [again[f"ladder-{name}"] for name in ("price_0", "quantity_1", "price_1")] == [["9"], [""], [""]]
    assert desk.post(terms, again).status_code == 302
    assert prices(draft, "MAD") == [(500, Decimal(9))]


@pytest.mark.parametrize(("chosen", "kept"), [("MAD", []), ("EUR", [(500, Decimal(9))])])
def test_price_bears_no_other_currency_than_the_chosen_one(desk, draft, terms, chosen, kept):
    typed = {**TYPED, "ladder-price_0": "9 €", "ladder-currency": chosen}

    answer = desk.post(terms, as_shown(desk.get(terms), typed))

    errors = {} if kept else {"price_0": ["Write this amount in MAD: what you wrote is in EUR."]}
    assert (answer.context["ladder"].errors if answer.context else {}) == errors
    assert prices(draft, chosen) == kept


def test_ladder_that_stood_in_euro_is_no_change_of_the_one_in_dollars(desk, draft, terms):
    give_prices(draft, "EUR", (500, 4), (900, 3))
    form = as_shown(desk.get(terms), {"ladder-currency": "USD"})
    give_prices(draft, "USD", (500, 4), (900, 3))

    answer = desk.post(terms, form)

    assert (answer.status_code, LogEntry.objects.filter(verb="price.changed").count()) == (302, 0)


@pytest.mark.parametrize(
    ("name", "more", "prefix", "held"), [("terms", [], "ladder-", 3), ("ladder", ["EUR"], "", 6)]
)
def test_step_that_a_colleague_added_below_the_page_is_shown_before_anything_is_written(
    desk, draft, name, more, prefix, held
):
    steps = [(500 * (step + 1), Decimal(30 - step)) for step in range(held)]
    give_prices(draft, "EUR", *steps)
    address = reverse(f"listing:{name}", args=[draft.pk, *more])
    form = as_shown(desk.get(address), {f"{prefix}price_0": "31"})
    give_prices(draft, "EUR", (9000, 2))

    back = desk.post(address, form)

    told = back.context["ladder" if prefix else "form"].otherwise
    assert {one: tuple(values) for one, values in told.items()} == {
        f"quantity_{held}": ("9000", None),
        f"price_{held}": ("2.00", None),
    }
    assert prices(draft, "EUR") == [*steps, (9000, Decimal(2))]
    emptied = {f"{prefix}{one}_{held}": "" for one in ("quantity", "price")}
    assert desk.post(address, as_shown(back, emptied)).status_code == 302
    assert prices(draft, "EUR") == [(500, Decimal(31)), *steps[1:]]


@pytest.fixture
def sold(draft):
    """A draft with prices in euro from 500, which is its smallest order."""
    give_prices(draft, "EUR", (500, 4))
    draft.moq, draft.order_multiple, draft.unit = 500, 1, "kg"
    draft.save()
    return draft


def opened(desk, draft, name):
    """The page on which prices in dirham are written, as it was opened, and its address."""
    more, prefix = (["MAD"], "") if name == "ladder" else ([], "ladder-")
    address = reverse(f"listing:{name}", args=[draft.pk, *more])
    typed = {"quantity_0": "500", "price_0": "9", "currency": "MAD"}
    return address, as_shown(desk.get(address), {f"{prefix}{one}": told for one, told in typed.items()})


def lower_in_euro(desk, draft, quantity):
    address = reverse("listing:ladder", args=[draft.pk, "EUR"])
    return desk.post(address, as_shown(desk.get(address), quantity_0=quantity))


@pytest.mark.parametrize("name", ["ladder", "terms"])
def test_minimum_that_a_colleague_set_in_another_currency_is_not_moved_back_unseen(desk, sold, name):
    address, form = opened(desk, sold, name)
    lower_in_euro(desk, sold, "250")

    back = desk.post(address, form)

    assert (prices(sold, "EUR"), prices(sold, "MAD")) == ([(250, Decimal(4))], [])
    told = back.context["form" if name == "ladder" else "ladder"].otherwise
    assert told["minimum_now"] == ("250", "500")
    said = back.content.decode()
    assert "Smallest order, in every currency" in said
    assert "Now: <bdi>250</bdi> – when you opened the page: <bdi>500</bdi>" in said
    answer = desk.post(address, as_shown(back), follow=True)
    assert (prices(sold, "EUR"), prices(sold, "MAD")) == ([(500, Decimal(4))], [(500, Decimal(9))])
    assert "it is now 500\xa0kg in EUR too." in answer.content.decode()


def test_minimum_that_both_set_alike_brings_no_page_back(desk, sold):
    address, form = opened(desk, sold, "ladder")
    lower_in_euro(desk, sold, "250")

    answer = desk.post(address, {**form, "quantity_0": "250"})

    assert (answer.status_code, prices(sold, "MAD")) == (302, [(250, Decimal(9))])


def test_minimum_of_a_ladder_that_was_shown_is_told_once(desk, sold):
    give_prices(sold, "MAD", (500, 40))
    address, form = opened(desk, sold, "ladder")
    lower_in_euro(desk, sold, "250")

    back = desk.post(address, form)

    assert [*back.context["form"].otherwise] == ["quantity_0"]
    assert prices(sold, "MAD") == [(250, Decimal(40))]


def test_prices_name_every_currency_whose_minimum_they_move(desk, sold):
    give_prices(sold, "USD", (500, 5))
    address, form = opened(desk, sold, "ladder")

    moved = desk.post(address, {**form, "quantity_0": "800"}, follow=True).content.decode()
    alike = desk.post(address, as_shown(desk.get(address), price_0="10"), follow=True).content.decode()

    assert "it is now 800\xa0kg in EUR, USD too." in moved
    assert ("The prices are saved." in alike, "too." in alike) == (True, False)
