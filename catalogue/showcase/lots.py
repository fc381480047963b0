"""The lots a demonstration product has left, always the same ones. No Django in here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

AS_OF = date(2026, 11, 22)
YEARS = (2025, 2026)
# What is left of a year's capacity: some of the last harvest, more than half of this one.
LEFT = {2025: Decimal("0.2"), 2026: Decimal("0.55")}
DAYS_IN_MONTH = Decimal("30.4375")
ALL_YEAR = 12
TO_ORDER_MONTHS = Decimal(2)


@dataclass(frozen=True)
class PlannedLot:
    """A lot to be made."""

    harvest_year: int
    quantity: Decimal
    made_on: date
    best_before: date | None


def lots_for(
    *,
    capacity: Decimal,
    multiple: Decimal,
    moq: Decimal,
    harvest_months: Sequence[int],
    shelf_life_months: Decimal | None,
) -> Iterator[PlannedLot]:
    """The lots of the last two years that can still be sold, none larger than its year's capacity."""
    for year in YEARS:
        made_on = _made_on(year, harvest_months)
        if made_on > AS_OF:
            continue
        # What keeps for days is gathered to order: its lot is a promise, not a stock.
        lasting = shelf_life_months is not None and shelf_life_months >= TO_ORDER_MONTHS
        keeps = int(shelf_life_months * DAYS_IN_MONTH) if lasting and shelf_life_months else None
        best_before = None if keeps is None else made_on + timedelta(days=keeps)
        if year < AS_OF.year and shelf_life_months is not None and not lasting:
            continue
        if best_before is not None and best_before <= AS_OF:
            continue
        share = LEFT[year] if shelf_life_months is None else min(LEFT[year], shelf_life_months / ALL_YEAR)
        whole = (capacity * share / multiple).to_integral_value(rounding=ROUND_FLOOR) * multiple
        if whole >= moq:
            yield PlannedLot(year, whole, made_on, best_before)


def _made_on(year: int, harvest_months: Sequence[int]) -> date:
    """The middle of the last month of that year's harvest that has begun; what is made all year, lately."""
    months = [month for month in harvest_months if date(year, month, 15) <= AS_OF] or list(harvest_months)
    return date(year, max(months), 15)
