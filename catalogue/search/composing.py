"""From a plan to what is shown of it: narrowed by its words, equals by turns, what comes near below.

The site, the evaluation and the bench all ask through here. No Django in here.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalogue.search.engine import DEEPEST, Engine, Found
from catalogue.search.fairness import WIDE, fair_order, is_cut
from catalogue.search.narrowing import Narrowed, narrowed, nearest
from catalogue.search.ranking import Plan

PAGE = 20
# Within the first pages equals take turns; whoever looks further is shown what the engine says.
WINDOW = 3 * PAGE
MOST_CLOSE = 8


@dataclass(frozen=True)
class Turns:
    """How equals take turns: whose each of some offers is, and the day."""

    sellers_of: Callable[[Sequence[str]], Mapping[str, str]]
    day: date


@dataclass(frozen=True)
class Shown:
    """What a plan comes to: how its words narrowed it, a page of what passes, and what comes near."""

    told: Narrowed
    found: Found
    # Where the page begins: the last one, where a later one was asked for.
    start: int
    close: Sequence[str]


def shown(
    engine: Engine,
    plan: Plan,
    turns: Turns,
    *,
    start: int = 0,
    rows: int = PAGE,
    most_close: int = MOST_CLOSE,
    facets: Sequence[str] = (),
    until: float = math.inf,
) -> Shown:
    """A page of what passes the words of a plan, and what comes nearest where it is not full."""
    told = narrowed(engine, plan, until=until)
    found = _page(engine, told.plan, turns, start, rows, facets)
    last = max(min(found.total, DEEPEST) - 1, 0) // rows * rows
    if start > last:
        start, found = last, _page(engine, told.plan, turns, last, rows, facets)
    missing = min(rows - found.total, most_close)
    close = nearest(engine, plan, set(found.ids), missing) if told.plan != plan else []
    return Shown(told, found, start, close)


def _page(engine: Engine, plan: Plan, turns: Turns, start: int, rows: int, facets: Sequence[str]) -> Found:
    """A page of the answer; among those of the first pages equals take turns."""
    if plan.sort != "relevance" or start >= WIDE:
        return engine.ask(plan, start=start, rows=rows, facets=facets)
    found = engine.ask(plan, rows=WINDOW if start < WINDOW else WIDE, facets=facets)
    ids, scores = found.ids, found.scores
    wide = is_cut(scores[:WINDOW]) and found.total > WINDOW
    if wide and len(ids) <= WINDOW:
        more = engine.ask(plan, rows=WIDE)
        ids, scores = more.ids, more.scores
    most = WIDE if wide else WINDOW
    placed = fair_order(ids[:most], scores[:most], turns.sellers_of(ids[:most]), turns.day)
    page = slice(start, start + rows)
    return replace(found, ids=[*placed, *ids[most:]][page], scores=[])
