"""What two parties may talk about, and in which units each of it is counted."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.states import BaseUnit
from matchmaking.scoring.measures import amount_of


class Goods:
    """The products and families that two parties may talk about, as the choices of one field."""

    def __init__(self, products: Sequence[Any], families: Sequence[Any]) -> None:
        self.known = {f"p{one.pk}": {"product": one} for one in products}
        self.known |= {f"f{one.pk}": {"family": one} for one in families}
        self.units = {f"p{one.pk}": [one.unit] for one in products}
        self.units |= {f"f{one.pk}": list(one.units) for one in families}
        told = (
            (_("Products"), [(f"p{one.pk}", one.reading_title) for one in products]),
            (_("Families"), [(f"f{one.pk}", str(one.label)) for one in families]),
        )
        self.choices = [
            ("", _("Choose a product or a family")),
            *((name, rows) for name, rows in told if rows),
        ]

    def fits(self, key: str, unit: str) -> bool:
        """Whether goods are counted in a unit, or in another one of what theirs measures."""
        own = self.units.get(key)
        return not own or measured(unit) in map(measured, own)

    def units_for(self, key: str) -> list[tuple[str, Any]]:
        """The units in which anything here is counted, those of one choice first."""
        own = self.units.get(key, [])
        known = [one for one in BaseUnit.choices if any(self.fits(each, one[0]) for each in self.known)]
        return sorted(known, key=lambda one: (one[0] not in own, not self.fits(key, one[0])))

    @staticmethod
    def key_of(line: Any) -> str:
        """The choice that a line of a request stands for."""
        return f"p{line.product_id}" if line.product_id else f"f{line.family_id}"


def measured(unit: str) -> str:
    """What a unit measures: two units of one word can be reckoned into each other."""
    amount = amount_of(1, unit)
    return amount.kind if amount else ""
