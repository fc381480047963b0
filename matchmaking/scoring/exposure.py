"""The exposure floor: what the best matched leave for the small and for those who come for the first time.

Three rules, each in its own function and measured by its own test:

1. Of a list's twenty places four (`Floor.places`) go to newcomers, as far as so many fit the buyer: those
   from whom nobody ordered and who were recommended less than twenty times (`Floor.seen`). Whoever is among
   the first by merit counts; the others stand on every fifth place, so that they are not all at its foot.
2. Exposure is the attention that places get: 1 / log2(1 + place), summed over all lists. No exporter that
   fits somebody is left below a fifth (`Floor.share`) of the mean exposure, as long as one of the buyers whom
   it fits best (`Floor.tries`) has a place to give: one of the last six (`Floor.given`) of its list, held by
   somebody who stays above the floor without it, and is not counted under rule 1.
3. Equals take turns, another order for each buyer: being early in a table is no merit.

Nobody comes into a list whom the buyer or a need rules out. No Django in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matchmaking.scoring.arrays import Bools, Floats, Places

if TYPE_CHECKING:
    from matchmaking.scoring.market import Market

NOBODY = -1


@dataclass(frozen=True)
class Floor:
    """How much is left for newcomers and for the overlooked; `OPEN_RACE` leaves nothing."""

    places: int = 4
    seen: int = 20
    share: float = 0.2
    given: int = 6
    tries: int = 64


OPEN_RACE = Floor(places=0, share=0.0)


class Wishes:
    """Of each exporter the buyers whom it fits best, kept while the buyers pass by once."""

    def __init__(self, exporters: int, tries: int) -> None:
        self.buyers = np.full((exporters, tries), NOBODY, dtype=np.int32)
        self.scores = np.zeros((exporters, tries), dtype=np.float32)
        self._least = np.zeros(exporters, dtype=np.float32)

    def note(self, buyer: int, exporters: Places, scores: Floats) -> None:
        """Takes in a buyer where it fits better than the worst that is kept."""
        better = scores > self._least[exporters]
        rows = exporters[better]
        columns = self.scores[rows].argmin(axis=1)
        self.scores[rows, columns] = scores[better]
        self.buyers[rows, columns] = buyer
        self._least[rows] = self.scores[rows].min(axis=1)

    def best(self, top: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The buyers of each exporter, best first, and their scores."""
        order = np.argsort(-self.scores, axis=1, kind="stable")[:, :top]
        return np.take_along_axis(self.buyers, order, axis=1), np.take_along_axis(self.scores, order, axis=1)


def newcomers_in(market: Market, rule: Floor) -> Bools:
    """Which exporters nobody ordered from and few were shown."""
    return ~market.sold & (market.seen < rule.seen)


def with_newcomers(ranked: Floats, new: Bools, *, top: int, places: int) -> Places:
    """The first of a ranking, some places of it for newcomers (rule 1)."""
    first, places = _first(ranked, top), min(places, top)
    missing = places - int(new[first].sum())
    if missing <= 0:
        return first
    others = np.flatnonzero(new)
    others = others[~np.isin(others, first)]
    if not len(others):
        return first
    added = others[_first(ranked[others], missing)]
    # The weakest of those who are no newcomers make room.
    leaving = np.flatnonzero(~new[first])[-len(added) :]
    chosen = np.delete(first, leaving).tolist()
    for turn, one in enumerate(added.tolist(), places - len(added) + 1):
        chosen.insert(top // places * turn - 1, one)
    return np.array(chosen, dtype=np.int64)


def _first(ranked: Floats, count: int) -> Places:
    if len(ranked) > count:
        near = np.argpartition(ranked, len(ranked) - count)[len(ranked) - count :]
        return near[np.argsort(-ranked[near], kind="stable")]
    return np.argsort(-ranked, kind="stable")


@cache
def attention(top: int) -> Floats:
    """What each place of a list gets of a reader's attention."""
    return 1 / np.log2(np.arange(2, top + 2))


def exposures(lists: NDArray[np.int32], exporters: int) -> Floats:
    """How much attention each exporter gets in all lists together."""
    seen = np.broadcast_to(attention(lists.shape[1]), lists.shape)
    there = lists != NOBODY
    return np.bincount(lists[there], weights=seen[there], minlength=exporters).astype(np.float64)


def least_exposure(lists: NDArray[np.int32], fitting: Bools, rule: Floor) -> float:
    """The floor itself: a share of the mean exposure of those who fit somebody."""
    return rule.share * float(exposures(lists, len(fitting)).sum()) / max(1, int(fitting.sum()))


def lift(
    lists: NDArray[np.int32], scores: NDArray[np.float32], wishes: Wishes, new: Bools, rule: Floor
) -> None:
    """Brings the overlooked above the floor, in place (rule 2)."""
    fitting = (wishes.buyers != NOBODY).any(axis=1)
    least = least_exposure(lists, fitting, rule)
    seen = exposures(lists, len(fitting))
    weight = attention(lists.shape[1])
    below = np.flatnonzero(fitting & (seen < least))
    for exporter in below[np.argsort(seen[below], kind="stable")].tolist():
        for wish in np.argsort(-wishes.scores[exporter], kind="stable").tolist():
            if seen[exporter] >= least:
                break
            buyer = int(wishes.buyers[exporter, wish])
            if buyer == NOBODY:
                continue
            place = _place_to_give(lists[buyer], exporter, seen, least, new, rule)
            if place is None:
                continue
            seen[lists[buyer, place]] -= weight[place]
            seen[exporter] += weight[place]
            lists[buyer, place] = exporter
            scores[buyer, place] = wishes.scores[exporter, wish]


def _place_to_give(
    row: NDArray[np.int32], exporter: int, seen: Floats, least: float, new: Bools, rule: Floor
) -> int | None:
    """The last place of a list that nobody needs more; a list that is not full holds everybody already."""
    there = row.tolist()
    if exporter in there or NOBODY in there:
        return None
    spare = int(new[row].sum()) > rule.places
    weight = attention(len(there))
    for place in range(len(there) - 1, len(there) - 1 - min(rule.given, len(there)), -1):
        holder = there[place]
        stays = seen[holder] - weight[place] >= least
        if stays and (spare or new[exporter] or not new[holder]):
            return place
    return None
