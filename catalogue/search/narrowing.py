"""Words of a question as filters: all of them where an offer passes, else as many as one does.

The site and the evaluation both ask through here. No Django in here.
"""

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from catalogue.search.engine import Engine
from catalogue.search.ranking import Plan


@dataclass(frozen=True)
class Narrowed:
    """A plan whose words narrow it, and the names of those that had to be given up."""

    plan: Plan
    relaxed: tuple[str, ...] = ()


def narrowed(engine: Engine, plan: Plan, *, until: float = math.inf) -> Narrowed:
    """The plan with its words as filters; those that leave nothing of what is wanted are given up.

    So are those that were not looked at ``until`` a moment of `time.monotonic`: a visitor waits.
    Organic honey of thyme does not stand for organic thyme: what is not quite it comes with the nearest.
    """
    if not plan.narrows:
        return Narrowed(plan)
    strict = replace(plan, needs=plan.strict)
    ways = [strict.filtered(*(("product", one) for one in plan.product)), strict, plan]
    if _is_any(engine, whole := ways[0].filtered(*plan.narrows)):
        return Narrowed(whole)
    base = next((way for way in ways if _is_any(engine, way)), plan)
    kept: list[str] = []
    for name, clause in plan.narrows:
        if time.monotonic() < until and _is_any(engine, base.filtered((name, clause))):
            base = base.filtered((name, clause))
            kept.append(name)
    return Narrowed(base, tuple(name for name, _clause in plan.narrows if name not in kept))


def nearest(engine: Engine, plan: Plan, beside: Collection[str], rows: int) -> list[str]:
    """The best of what does not pass the words, beside the few that do."""
    if rows <= 0:
        return []
    found = engine.ask(replace(plan, sort="relevance"), rows=rows + len(beside)).ids
    return [one for one in found if one not in beside][:rows]


def best(engine: Engine, plan: Plan, rows: int) -> list[str]:
    """What the site shows first: all that passes, then what comes nearest."""
    told = narrowed(engine, plan)
    passing = list(engine.ask(told.plan, rows=rows).ids)
    return passing + nearest(engine, plan, set(passing), rows - len(passing))


def _is_any(engine: Engine, plan: Plan) -> bool:
    return engine.ask(plan, rows=1).total > 0
