"""What products are to a need, for a whole shelf at a time: `offers` in arrays. No Django in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matchmaking.scoring import weights
from matchmaking.scoring.arrays import Bools, Floats, Places
from matchmaking.scoring.measures import COMPARE, DIGITS, Limit
from matchmaking.scoring.profiles import Need, Verdict

if TYPE_CHECKING:
    from matchmaking.scoring.market import Market

STANDS = np.array([weights.STANDS[verdict] for verdict in Verdict])
# What a lot is to limits: one that fails outweighs one that is not known.
FAILED, UNTOLD, WITHIN = range(3)
OPEN, PARTIAL, FULL = int(Verdict.OPEN), int(Verdict.PARTIAL), int(Verdict.FULL)


@dataclass(frozen=True)
class Answers:
    """Exporters that a need does not rule out, with the worth of their goods and what they are to it."""

    exporters: Places
    scores: Floats
    verdicts: NDArray[np.int64]


class Shelf:
    """Products that may be what was asked for, those of one exporter side by side."""

    def __init__(self, market: Market, rows: Places, sure: Bools) -> None:
        self._market, self._rows = market, rows
        self._open = ~(sure & market.seller_known[rows])
        self._kind = np.where(sure, weights.MET, weights.UNKNOWN)
        self._seller = market.seller[rows]
        self._capacity, self._capacity_kind = market.capacity[rows], market.capacity_kind[rows]
        self._least, self._least_kind = market.least[rows], market.least_kind[rows]
        self._samples = [market.products[row].samples for row in rows.tolist()]
        counts = np.array([len(each) for each in self._samples], dtype=np.int64)
        self._first_sample = np.cumsum(counts) - counts
        self._lab: dict[str, Floats] = {}

    def answers(self, need: Need) -> Answers:
        """What the shelf has for a need; nothing in it is ruled out by kind or readiness any more."""
        lab = self._lab_of(need) if need.limits else None
        kept = self._kept(need, lab)
        if not len(kept):
            return Answers(kept, np.zeros(0), kept)
        wanted = self._kind[kept] * weights.GOODS["kind"]
        counted = weights.GOODS["kind"] + weights.GOODS["volume"]
        opened = self._open[kept]
        for name, points, unknown in self._asked(need, kept, lab):
            wanted += points * weights.GOODS[name]
            counted += weights.GOODS[name]
            # How long it takes decides nothing.
            opened = opened if name == "lead" else opened | unknown
        seller = self._seller[kept]
        starts = np.flatnonzero(np.concatenate(([True], seller[1:] != seller[:-1])))
        volume, worth = self._volume(need, kept, opened, starts)
        wanted = (wanted + volume * weights.GOODS["volume"]) / counted
        scores = STANDS[worth] * np.sqrt(wanted * self._moq(need, kept))
        return Answers(
            seller[starts], np.maximum.reduceat(scores, starts), np.maximum.reduceat(worth, starts)
        )

    def _kept(self, need: Need, lab: Places | None) -> Places:
        alive = np.ones(len(self._rows), dtype=bool)
        if need.certificates:
            held = self._market.certificates
            alive = held.all_of(need.certificates, self._rows) | ~held.told[self._rows]
        if lab is not None:
            alive &= lab != FAILED
        return np.flatnonzero(alive)

    def _asked(self, need: Need, kept: Places, lab: Places | None) -> list[tuple[str, Floats, Bools]]:
        """The questions that this need asks beside kind and volume: their points, and where nobody knows."""
        asked = []
        if need.certificates:
            unknown = ~self._market.certificates.told[self._rows[kept]]
            asked.append(("certificates", np.where(unknown, weights.UNKNOWN, weights.MET), unknown))
        if lab is not None:
            unknown = lab[kept] == UNTOLD
            asked.append(("lab", np.where(unknown, weights.UNKNOWN, weights.MET), unknown))
        if need.within_days is not None:
            days = self._market.lead[self._rows[kept]]
            points = np.where(days <= need.within_days, weights.MET, weights.TOO_SLOW)
            unknown = np.isnan(days)
            asked.append(("lead", np.where(unknown, weights.UNKNOWN, points), unknown))
        return asked

    def _volume(
        self, need: Need, kept: Places, opened: Bools, starts: Places
    ) -> tuple[Floats, NDArray[np.int64]]:
        """Points for the volume, and what each product is worth: parts that make a whole are a whole."""
        asked = need.yearly
        if asked is None:
            return np.full(len(kept), weights.UNKNOWN), np.full(len(kept), OPEN)
        made = self._capacity[kept]
        known = self._capacity_kind[kept] == self._market.kinds.get(asked.kind, -2)
        full = known & (made >= asked.value)
        worth = np.where(opened | ~known, OPEN, np.where(full, FULL, PARTIAL))
        own = np.where(known, weights.PARTIAL_FROM + weights.PARTIAL_BY * made / asked.value, weights.UNKNOWN)
        points = np.where(full, weights.MET, own)
        parts = worth == PARTIAL
        if parts.any():
            total = np.add.reduceat(np.where(worth >= PARTIAL, made, 0.0), starts).round(DIGITS)
            sizes = np.diff(np.append(starts, len(kept)))
            share = np.repeat(total / asked.value, sizes)
            whole = parts & (share >= weights.WHOLE)
            points = np.where(parts, weights.PARTIAL_FROM + weights.PARTIAL_BY * share, points)
            points[whole], worth[whole] = weights.MET, FULL
        return points, worth

    def _moq(self, need: Need, kept: Places) -> Floats:
        least, asked = self._least[kept], need.yearly
        if asked is None:
            return np.where(least == 0, weights.MET, weights.UNKNOWN)
        known = self._least_kind[kept] == self._market.kinds.get(asked.kind, -2)
        # Nothing divides by nothing: who sells the smallest quantity too is met below.
        share = np.clip(asked.value / np.where(least > 0, least, asked.value), weights.LEAST_OF_MOQ, 1.0)
        return np.where(least == 0, weights.MET, np.where(known, share, weights.UNKNOWN))

    def _lab_of(self, need: Need) -> Places:
        """What the limits of a need are to each product: its best lot decides."""
        if not len(self._rows):
            return np.zeros(0, dtype=np.int64)
        told = np.array(WITHIN)
        for limit in need.limits:
            if not limit.sign:
                told = np.minimum(told, UNTOLD)
                continue
            value = self._found(limit.key)
            told = np.minimum(told, np.where(np.isnan(value), UNTOLD, WITHIN * _holds(limit, value)))
        whole = np.broadcast_to(told, int(self._first_sample[-1]) + len(self._samples[-1]))
        best: Places = np.maximum.reduceat(whole, self._first_sample)
        return best

    def _found(self, key: str) -> Floats:
        """A value in every lot of the shelf."""
        if key not in self._lab:
            told = [lot.found.get(key, np.nan) for lots in self._samples for lot in lots]
            self._lab[key] = np.array(told, dtype=float)
        return self._lab[key]


def _holds(limit: Limit, value: Floats) -> Bools:
    held: Bools = COMPARE[limit.sign](value, limit.value)
    return held
