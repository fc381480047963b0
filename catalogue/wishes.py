"""What each product of a list has of the quantity that was asked for, and what that quantity costs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.models import PriceTier, Product
from catalogue.pricing import Tier, unit_price_for
from catalogue.search.amounts import BASE_UNITS, Quantity
from moussem.core.templatetags.figures import quantity_text

# What the units that quantities are compared in are called among the units that are shown.
SHOWN_UNITS = {"l": "L", "piece": "unit"}
SMALLER = {"kg": "g", "l": "mL"}
# Small units as people say them when there is much: grams in kilograms.
LARGER = {"g": ("kg", Decimal(1000)), "mL": ("L", Decimal(1000))}


@dataclass(frozen=True)
class Wish:
    """A quantity in words, what is in stock of it in words, and the price of one unit at its step."""

    asked: str
    stock: str = ""
    is_enough: bool = False
    price: Decimal | None = None


def wishes_of(products: Sequence[Product], quantity: Quantity, currency: str) -> dict[int, Wish]:
    """What the products that are counted alike have of a quantity; one question for all of them."""
    alike = [one for one in products if BASE_UNITS.get(one.unit.lower(), ("",))[0] == quantity.unit]
    ladders: dict[int, list[Tier]] = defaultdict(list)
    steps = PriceTier.objects.filter(product__in=[one.pk for one in alike], currency=currency)
    for key, least, price in steps.values_list("product", "min_quantity", "unit_price"):
        ladders[key].append(Tier(least, price))
    return {one.pk: _wish(one, quantity, ladders[one.pk]) for one in alike}


def _wish(product: Product, quantity: Quantity, ladder: list[Tier]) -> Wish:
    factor = BASE_UNITS[product.unit.lower()][1]
    stock = max(product.available, Decimal(0)) * factor
    return Wish(
        asked=quantity_said(quantity),
        stock=_said(stock, quantity.unit) if stock else "",
        is_enough=stock >= quantity.amount,
        price=unit_price_for(ladder, quantity.amount / factor),
    )


def quantity_said(quantity: Quantity) -> str:
    """A quantity that was asked for, in the words of the reader."""
    return _said(quantity.amount, quantity.unit)


def _said(amount: Decimal, unit: str) -> str:
    if unit in SMALLER and 0 < amount < 1:
        # Ten grams are no 0.01 kg.
        amount, unit = (amount * 1000).normalize(), SMALLER[unit]
    return quantity_text(amount, SHOWN_UNITS.get(unit, unit))


def larger(quantity: Decimal, unit: str) -> tuple[Decimal, str]:
    """The quantity in the larger unit where it is whole there: 1 kg rather than 1,000 g."""
    above, size = LARGER.get(unit, (unit, Decimal(1)))
    return (quantity / size, above) if quantity and quantity % size == 0 else (quantity, unit)
