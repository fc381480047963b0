"""A price is compared at the quantity that was asked for, as the cards show it: ladders are the database's.

The index holds the price of the smallest order. Where a question says both, what holds its goods is asked of
the engine, their ladders of the database, and those that pass are a filter by their ids.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from catalogue.models import PriceTier, Product
from catalogue.pricing import Tier, unit_price_for
from catalogue.search.amounts import BASE_UNITS, Quantity
from catalogue.search.engine import Engine
from catalogue.search.fields import PRICES
from catalogue.search.narrowing import held, refusals
from catalogue.search.prices import Price
from catalogue.search.ranking import NOTHING, PRICE, QUANTITY, Clause, Plan
from catalogue.search.reading import Reading
from moussem.core.dates import today_here

# The ladders of so many products are looked at; among more the price of the smallest order stands.
MOST = 5_000


def priced_at(engine: Engine, plan: Plan, reading: Reading) -> Plan:
    """The plan with the price of its words at the quantity of its words.

    Where it was not said of which unit, and no base unit costs so little, it is the price that cards show:
    saffron under 3 euros is that of a gram.
    """
    quantity, price = reading.quantity, reading.price
    if price is None or f"price_{price.currency.lower()}" not in PRICES:
        return plan
    if quantity is None and (price.is_per_unit or _is_passed(engine, plan)):
        return plan
    begins = [(name, clause) for name, clause in plan.narrows if name == QUANTITY]
    found = engine.ask(held(engine, plan).filtered(*refusals(plan), *begins), rows=MOST)
    # Where nobody sells so little the quantity is given up, and the smallest order is what is compared.
    if not 0 < found.total <= MOST:
        return plan
    ids = _passing(found.ids, quantity, price)
    passing = Clause("id", tuple(ids)) if ids else NOTHING
    return replace(
        plan, narrows=tuple((name, passing if name == PRICE else one) for name, one in plan.narrows)
    )


def _is_passed(engine: Engine, plan: Plan) -> bool:
    """Whether a base unit of some of the goods costs what was said."""
    bounds = [(name, clause) for name, clause in plan.narrows if name == PRICE]
    return engine.ask(held(engine, plan).filtered(*refusals(plan), *bounds), rows=1).total > 0


def _passing(ids: Sequence[str], quantity: Quantity | None, price: Price) -> list[str]:
    """Which of some products cost what was said for a base unit, at a quantity; none whose prices ended.

    Where none does and no unit was said, those that cost it for the unit they are sold by.
    """
    valid = Product.objects.filter(pk__in=ids).exclude(prices_valid_until__lt=today_here())
    units = dict(valid.values_list("pk", "unit"))
    ladders: dict[int, list[Tier]] = defaultdict(list)
    steps = PriceTier.objects.filter(product__in=ids, currency=price.currency).order_by("min_quantity")
    for key, least, each in steps.values_list("product_id", "min_quantity", "unit_price"):
        ladders[key].append(Tier(least, each))
    costs = {key: _cost(ladders[key], unit, quantity) for key, unit in units.items() if ladders[key]}
    factors = {key: BASE_UNITS[unit.lower()][1] for key, unit in units.items()}
    per_base = [str(key) for key, cost in costs.items() if cost and _is_within(cost / factors[key], price)]
    if per_base or price.is_per_unit:
        return per_base
    return [str(key) for key, cost in costs.items() if cost and _is_within(cost, price)]


def _cost(ladder: Sequence[Tier], unit: str, quantity: Quantity | None) -> Decimal | None:
    """What the unit of a product costs at a quantity, or at its smallest order."""
    base, factor = BASE_UNITS[unit.lower()]
    # What is counted otherwise is shown at its smallest order.
    is_alike = quantity is not None and base == quantity.unit
    return unit_price_for(ladder, quantity.amount / factor) if quantity and is_alike else ladder[0].unit_price


def _is_within(cost: Decimal, price: Price) -> bool:
    return (price.low is None or cost >= price.low) and (price.high is None or cost <= price.high)
