"""The exporters each buyer should meet, best first, with an exposure floor. No Django in here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.scoring import weights
from matchmaking.scoring.arrays import Bools, Floats, Places, turn_of, turns
from matchmaking.scoring.exposure import Floor, Wishes, lift, newcomers_in, with_newcomers
from matchmaking.scoring.market import Market
from matchmaking.scoring.profiles import Buyer

TOP = 20
NOBODY = -1
# Far below any difference that means something: it only decides between equals.
TURN = 1e-6


@dataclass(frozen=True)
class Lists:
    """Exporters by their number in the market, a row per buyer, with their scores; after the last, NOBODY.

    The other way round, a row per exporter: the buyers whom it fits best, by their number.
    """

    exporters: NDArray[np.int32]
    scores: NDArray[np.float32]
    buyers: NDArray[np.int32]
    buyer_scores: NDArray[np.float32]

    def of(self, row: int) -> list[int]:
        """The exporters of one buyer, best first."""
        return [one for one in self.exporters[row].tolist() if one != NOBODY]

    def buyers_of(self, exporter: int) -> list[int]:
        """The buyers of one exporter, best first."""
        return [one for one in self.buyers[exporter].tolist() if one != NOBODY]


def recommend(
    buyers: Sequence[Buyer], market: Market, *, top: int = TOP, floor: Floor | None = None
) -> Lists:
    """The recommendations of all buyers at a time: exposure is shared out among all of their lists."""
    rule = floor or Floor()
    shape = (len(buyers), top)
    chosen_for = np.full(shape, NOBODY, dtype=np.int32)
    scored = np.zeros(shape, dtype=np.float32)
    new = newcomers_in(market, rule)
    wishes = Wishes(len(market), max(rule.tries, top))
    own = turns([one.code for one in buyers]).tolist()
    for row, buyer in enumerate(buyers):
        exporters, scores = affinities(buyer, market)
        if not len(exporters):
            continue
        ranked = scores + TURN * turn_of(own[row], market.turns[exporters])
        wishes.note(row, exporters, ranked)
        chosen = with_newcomers(ranked, new[exporters], top=top, places=rule.places)
        chosen_for[row, : len(chosen)] = exporters[chosen]
        scored[row, : len(chosen)] = scores[chosen]
    lift(chosen_for, scored, wishes, new, rule)
    return Lists(chosen_for, scored, *wishes.best(top))


def affinities(buyer: Buyer, market: Market) -> tuple[Places, Floats]:
    """All exporters that a buyer might meet, with their scores: the same as `pairs.affinity` says of each."""
    exporters, goods = _goods(buyer, market)
    kept = ~_refused(buyer, market, exporters)
    exporters, goods = exporters[kept], goods[kept]
    sides = _of_seller(buyer, market, exporters) * _of_buyer(buyer, market, exporters)
    return exporters, goods * np.sqrt(sides)


def _goods(buyer: Buyer, market: Market) -> tuple[Places, Floats]:
    if not buyer.needs:
        ready = np.flatnonzero(market.ready)
        return ready, np.full(len(ready), weights.NO_NEEDS)
    best, total = np.zeros(len(market)), np.zeros(len(market))
    for need in buyer.needs:
        told = market.shelf(need.hs6, need.family).answers(need)
        best[told.exporters] = np.maximum(best[told.exporters], told.scores)
        total[told.exporters] += told.scores
    exporters = np.flatnonzero(best)
    mean = total[exporters] / len(buyer.needs)
    return exporters, weights.BEST_NEED * best[exporters] + weights.ALL_NEEDS * mean


def _refused(buyer: Buyer, market: Market, exporters: Places) -> Bools:
    refused = np.zeros(len(exporters), dtype=bool)
    if buyer.refused_incoterms:
        told = market.incoterms.told[exporters]
        refused |= told & market.incoterms.only_of(buyer.refused_incoterms, exporters)
    by_buyer = [market.number[code] for code in buyer.refuses if code in market.number]
    if gone := by_buyer + market.refusing.get(buyer.code, []):
        refused |= np.isin(exporters, gone)
    return refused


def _of_seller(buyer: Buyer, market: Market, exporters: Places) -> Floats:
    counted = weights.OF_SELLER
    preferred = market.preferences.any_of(frozenset({buyer.country}), exporters)
    told = {
        "language": _language(buyer, market, exporters),
        "preference": np.where(preferred, weights.MET, weights.UNKNOWN),
        "readiness": market.readiness[exporters],
        "history": _history(buyer, market, exporters),
    }
    if buyer.incoterm:
        offered = market.incoterms.any_of(frozenset({buyer.incoterm}), exporters)
        points = np.where(offered, weights.MET, weights.OTHER_INCOTERM)
        told["incoterm"] = np.where(market.incoterms.told[exporters], points, weights.UNKNOWN)
    asked = sum(weight for name, weight in counted.items() if name in told)
    points = sum((told[name] * counted[name] for name in told), np.zeros(len(exporters)))
    return _moderate(points / asked)


def _of_buyer(buyer: Buyer, market: Market, exporters: Places) -> Floats:
    counted = weights.OF_BUYER
    there = market.serves.any_of(frozenset({buyer.country}), exporters)
    served = np.where(there, weights.MET, weights.NOT_SERVED)
    known = market.serves.told[exporters] & bool(buyer.country) & (there | ~market.elsewhere[exporters])
    points = _language(buyer, market, exporters) * counted["language"]
    points += np.where(known, served, weights.UNKNOWN) * counted["market"]
    points += _history(buyer, market, exporters) * counted["history"]
    # Of all questions this is the only one that some sellers ask and others do not.
    least = market.least_deposit[exporters]
    asked = ~np.isnan(least)
    if buyer.deposit is None:
        paid = np.full(len(exporters), weights.UNKNOWN)
    else:
        paid = np.where(least <= buyer.deposit, weights.MET, weights.SMALL_DEPOSIT)
    points += np.where(asked, paid * counted["payment"], 0.0)
    always = counted["language"] + counted["market"] + counted["history"]
    return _moderate(points / (always + asked * counted["payment"]))


def _language(buyer: Buyer, market: Market, exporters: Places) -> Floats:
    if buyer.speaks is None:
        return np.full(len(exporters), weights.UNKNOWN)
    shared = market.languages.any_of(buyer.speaks, exporters)
    points = np.where(shared, weights.MET, weights.NO_SHARED_LANGUAGE)
    return np.where(market.languages.told[exporters], points, weights.UNKNOWN)


def _history(buyer: Buyer, market: Market, exporters: Places) -> Floats:
    points = np.full(len(exporters), weights.STRANGERS)
    # What counts most is written last.
    for what in reversed(weights.PAST):
        if known := market.past[what].get(buyer.code):
            points[np.isin(exporters, known)] = weights.PAST[what]
    return points


def _moderate(mean: Floats) -> Floats:
    return weights.LEAST_OF_SIDE + (1 - weights.LEAST_OF_SIDE) * mean
