"""All exporters of a fair as arrays, built once: what `pairs` says of one pair, for all of them at a time.

Products stand on shelves by what was asked for (an HS code, a family), so that a need looks only at what it
may mean. No Django in here.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import chain

import numpy as np

from matchmaking.scoring import weights
from matchmaking.scoring.arrays import Bools, Floats, Places, Sets, turns
from matchmaking.scoring.measures import HS_DIGITS, Amount
from matchmaking.scoring.profiles import NOT_READY, Exporter, Product
from matchmaking.scoring.shelves import Shelf

HS_LEVELS = range(1, HS_DIGITS + 1)


class Market:
    """The exporters of a fair on one of its days."""

    def __init__(self, exporters: Sequence[Exporter], *, on: date) -> None:
        self.exporters = tuple(exporters)
        self.turns = turns([one.code for one in self.exporters])
        self.ready: Bools = np.array([one.readiness != NOT_READY for one in self.exporters], dtype=bool)
        self.readiness: Floats = np.array(
            [weights.READINESS.get(one.readiness or "", weights.UNKNOWN) for one in self.exporters]
        )
        self._place_products(on)
        self._place_houses()
        self._shelves: dict[tuple[str, str], Shelf] = {}

    def __len__(self) -> int:
        return len(self.exporters)

    def shelf(self, hs: str, family: str) -> Shelf:
        """What may be meant by an HS code and a family, all of it that is not ruled out already."""
        if (shelf := self._shelves.get((hs, family))) is None:
            shelf = self._shelves[hs, family] = self._filled(hs, family)
        return shelf

    def _place_products(self, on: date) -> None:
        told = [
            (number, product)
            for number, exporter in enumerate(self.exporters)
            if exporter.readiness != NOT_READY
            for product in exporter.products
            if product.yearly is None or product.yearly.value
        ]
        self.products: list[Product] = [product for _number, product in told]
        self.seller: Places = np.array([number for number, _product in told], dtype=np.int64)
        known = [exporter.readiness in weights.READINESS for exporter in self.exporters]
        self.seller_known: Bools = np.array(known, dtype=bool)[self.seller]
        self.kinds: dict[str, int] = {}
        self.capacity, self.capacity_kind = self._amounts([one.yearly for one in self.products])
        self.least, self.least_kind = self._amounts([one.least for one in self.products])
        days = [one.lead_days for one in self.products]
        self.lead: Floats = np.array([np.nan if one is None else one for one in days], dtype=float)
        self.certificates = Sets(
            [None if one.certificates is None else one.standing(on) for one in self.products]
        )
        self._under: dict[str, list[int]] = {}
        self._exactly: dict[str, list[int]] = {}
        for number, product in enumerate(self.products):
            self._exactly.setdefault(product.hs6, []).append(number)
            for length in HS_LEVELS[: len(product.hs6)]:
                self._under.setdefault(product.hs6[:length], []).append(number)

    def _amounts(self, told: Sequence[Amount | None]) -> tuple[Floats, Places]:
        values = np.array([one.value if one else np.nan for one in told], dtype=float)
        numbers = [self.kinds.setdefault(one.kind, len(self.kinds)) if one else -1 for one in told]
        return values, np.array(numbers, dtype=np.int64)

    def _place_houses(self) -> None:
        self.everybody: Places = np.arange(len(self.exporters))
        self.languages = Sets([one.speaks for one in self.exporters])
        self.incoterms = Sets([one.incoterms or None for one in self.exporters])
        self.serves = Sets([one.serves for one in self.exporters])
        self.elsewhere: Bools = np.array([one.elsewhere for one in self.exporters], dtype=bool)
        self.preferences = Sets(
            [[land for land, name in one.preferences.items() if name] for one in self.exporters]
        )
        deposits = [one.least_deposit for one in self.exporters]
        self.least_deposit: Floats = np.array([np.nan if d is None else d for d in deposits], dtype=float)
        self.seen: Places = np.array([one.seen for one in self.exporters], dtype=np.int64)
        self.sold: Bools = np.array([bool(one.ordered) for one in self.exporters], dtype=bool)
        self.number = {one.code: number for number, one in enumerate(self.exporters)}
        self.past = {what: self._by_buyer(what) for what in weights.PAST}
        self.refusing = self._by_buyer("refuses")

    def _by_buyer(self, name: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, exporter in enumerate(self.exporters):
            for buyer in getattr(exporter, name):
                found.setdefault(buyer, []).append(number)
        return found

    def _filled(self, hs: str, family: str) -> Shelf:
        if hs:
            sure = self._under.get(hs, [])
            # A product known by its chapter or heading alone may be it, and so may one without a code.
            wider = [self._exactly.get(hs[:length], []) for length in range(len(hs))]
            meant = {**dict.fromkeys(chain.from_iterable(wider), False), **dict.fromkeys(sure, True)}
        else:
            meant = {n: bool(family and one.family) for n, one in enumerate(self.products)}
        if family:
            same = partial(self._may_be, family)
            meant = {number: sure for number, sure in meant.items() if same(number)}
        rows = np.array(sorted(meant), dtype=np.int64)
        return Shelf(self, rows, np.array([meant[row] for row in rows.tolist()], dtype=bool))

    def _may_be(self, family: str, number: int) -> bool:
        return self.products[number].family in ("", family)
