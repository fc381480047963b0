"""What holds what was asked, and how far its words narrow it: one meaning for lists, counts and mails.

No Django in here.
"""

import math
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from catalogue.search.engine import Engine
from catalogue.search.itemised import Way
from catalogue.search.ranking import BESIDE, PLAIN, THING, Plan
from catalogue.search.ways import Clause, Filter, OneOf, Word

CONCEPTS = "concepts"
# Among so many of what comes near equals stand in one order.
MOST_EQUAL = 100
# So many unknown words narrow: each may be a question to the engine.
MOST_WORDS = 6


@dataclass(frozen=True)
class Narrowed:
    """A plan whose words narrow it, and the names of those that had to be given up."""

    plan: Plan
    relaxed: tuple[str, ...] = ()


def narrowed(engine: Engine, plan: Plan, *, until: float = math.inf) -> Narrowed:
    """What holds the goods, with the words as filters; those that leave nothing of it are given up.

    So are those that were not looked at ``until`` a moment of `time.monotonic`: a visitor waits. What is
    refused is never given up: no bag of leather is an answer to bags without it. Where nothing holds the
    goods, nothing is given up for it: near kinds come with the nearest.
    """
    plan = _settled(engine, plan)
    base, unlike = _alone(engine, plan), _unlike(engine, plan)
    filters = [(name, clause) for name, clause in _narrowing(plan) if not _is_refusal(clause)]
    whole = base.filtered(*filters)
    if _is_any(engine, whole):
        return Narrowed(whole, unlike)
    if not (filters and _is_any(engine, base)):
        as_typed = _as_typed(engine, plan)
        if as_typed is None:
            return Narrowed(whole, unlike)
        # Titles hold the words that say how the goods are to be.
        filters = [(name, clause) for name, clause in filters if not _is_said(clause)]
        base, whole = as_typed, as_typed.filtered(*filters)
        if not filters or _is_any(engine, whole):
            return Narrowed(whole, unlike)
    elif time.monotonic() < until:
        wider = _themselves(engine, plan).filtered(*filters)
        if _is_any(engine, wider):
            return Narrowed(wider, unlike)
    kept: list[str] = []
    goods = base
    for name, clause in filters:
        if time.monotonic() < until and _is_any(engine, base.filtered((name, clause))):
            base = base.filtered((name, clause))
            kept.append(name)
    if not kept and plan.strict and goods.needs != plan.literal:
        # Nothing narrows any more: all that holds the goods is shown again.
        base = _alone(engine, replace(plan, narrows=tuple(refusals(plan))))
    given_up = (name for name, _clause in filters if name not in kept)
    return Narrowed(base, (*unlike, *given_up))


def strictly(engine: Engine, plan: Plan) -> Plan:
    """What holds all that is asked, the newest first: no word is given up, so a mail has no "close to it"."""
    plan = _settled(engine, plan)
    base, filters = _alone(engine, plan), _narrowing(plan)
    if not _is_any(engine, base) and (as_typed := _as_typed(engine, plan)):
        base, filters = as_typed, [one for one in filters if not _is_said(one[1])]
    return replace(base.filtered(*filters), sort="new")


def _themselves(engine: Engine, plan: Plan) -> Plan:
    """The goods beside others, where they are none of what is made of them: a rug of wool is a rug."""
    named = (one for one in plan.product if isinstance(one, Clause) and one.weight == THING)
    ways = tuple((Clause("plain", one.codes),) for one in named)
    return _alone(engine, replace(plan, alone=(OneOf(ways),) if ways else ()))


def _as_typed(engine: Engine, plan: Plan) -> Plan | None:
    """What titles call as it was typed: black soap for "black", which no offer is. None where none does."""
    if not plan.literal or refusals(plan):
        # Sardines in olive oil hold the words of oil that is not to be organic.
        return None
    told = replace(plan, needs=plan.literal, strict=(), words=())
    told = told.filtered(*(("product", one) for one in plan.literal))
    return told if _is_any(engine, told) else None


def _is_said(clause: Filter) -> bool:
    """Whether what narrows is words of the goods, and neither who vouches for them nor an amount."""
    return isinstance(clause, OneOf | Word) or (isinstance(clause, Clause) and clause.field == CONCEPTS)


def held(engine: Engine, plan: Plan) -> Plan:
    """The plan among what holds the goods themselves: no near kinds, no offers that share a word with them.

    Goods that nothing holds together, honey and saffron, are asked for each by itself.
    """
    if plan.heads:
        # Organic shampoo is no organic caviar: such words are never given up for those that say how.
        return replace(plan, needs=(), strict=(), words=plan.heads, echoes=(*plan.echoes, *plan.words))
    if not plan.strict:
        # Words alone: as they are written, since a typing error that is forgiven may be another word.
        return replace(plan, words=tuple(replace(word, forgiving=False) for word in plan.words))
    # The words still part equals; they are no way to be found beside the goods.
    plan = _settled(engine, plan)
    base = replace(plan, needs=plan.strict, words=(), echoes=(*plan.echoes, *plan.words))
    together = base.filtered(*(("product", one) for one in plan.product))
    if plan.items:
        return base.filtered(("product", _each(engine, base, plan)))
    if not plan.either or _is_any(engine, together):
        return together
    return replace(base, needs=plan.either).filtered(*_in_their_forms(engine, base, plan))


def _settled(engine: Engine, plan: Plan) -> Plan:
    """The plan of a list as one kind of goods where something holds all of it, else of each by itself.

    Of several each is as it is to be; what is said of one narrows none of the others.
    """
    if not plan.items:
        return plan
    goods = replace(plan, needs=plan.strict, words=())
    if plan.product and _is_any(engine, goods.filtered(*(("product", one) for one in plan.product))):
        return replace(plan, items=(), hows=(), either=())
    narrows = tuple((name, one) for name, one in plan.narrows if name not in plan.apart)
    return replace(plan, product=(), narrows=narrows)


def _each(engine: Engine, base: Plan, plan: Plan) -> OneOf:
    """Each of the goods of a list, as it is on offer; as it was asked for, where none of them is."""
    offered = [way for ways in plan.items if (way := _offered(engine, base, ways))]
    return OneOf(tuple(offered or [ways[0] for ways in plan.items]))


def _offered(engine: Engine, base: Plan, ways: Iterable[Way]) -> Way:
    """The first of some ways in which an offer holds goods; none where none does."""
    plans = ((way, base.filtered(*(("product", one) for one in way))) for way in ways)
    return next((way for way, plan in plans if _is_any(engine, plan)), ())


def _unlike(engine: Engine, plan: Plan) -> tuple[str, ...]:
    """How some goods of a list were to be and none of them is."""
    base = replace(plan, needs=plan.strict, words=())
    return tuple(key for key, ways in plan.hows if not _offered(engine, base, ways))


def _in_their_forms(engine: Engine, base: Plan, plan: Plan) -> list[tuple[str, Filter]]:
    """Each goods in the form it was asked for in: argan oil and honey, where nothing is oil of honey."""
    forms = [one for one in plan.product if one not in plan.either and one not in plan.strict]
    named = [one for one in plan.either if one.field == CONCEPTS]
    others: list[tuple[str, Filter]] = [
        ("product", one) for one in forms if not isinstance(one, Clause) or one.field != CONCEPTS
    ]
    formed = [one for one in forms if isinstance(one, Clause) and one.field == CONCEPTS]
    if not formed:
        return others
    free = [
        thing
        for thing in named
        if not any(_is_any(engine, base.filtered(("product", thing), ("product", form))) for form in formed)
    ]
    codes = dict.fromkeys(code for one in (*formed, *free) for code in one.codes)
    return [*others, ("product", Clause(CONCEPTS, tuple(codes)))]


def _alone(engine: Engine, plan: Plan) -> Plan:
    """The goods among what the words are looked for in: where they are on offer by themselves, only those.

    Organic honey of thyme does not stand for organic thyme: it comes with the nearest.
    """
    base = held(engine, plan).filtered(*refusals(plan))
    plain = [("product", one) for one in plan.scores if isinstance(one, Clause) and one.weight == PLAIN]
    # Of several goods not all are sold as oil.
    poured = () if plan.either and base.needs == plan.either else plan.poured
    for clauses in (poured, plan.alone if any(_says_how(*one) for one in plan.narrows) else ()):
        fewer = base.filtered(*(("product", one) for one in clauses))
        if not clauses:
            continue
        if not _is_any(engine, fewer):
            if clauses is poured and _is_refused(engine, plan, clauses):
                # Sardines in olive oil are no olive oil that is not organic.
                return fewer
            continue
        # Olives with lemon are olives, where only their oil comes by itself.
        if not plain or _is_any(engine, fewer.filtered(*plain)) or not _is_any(engine, base.filtered(*plain)):
            base = fewer
    return base


def _is_refused(engine: Engine, plan: Plan, clauses: Sequence[Filter]) -> bool:
    """Whether goods are on offer that pass some clauses, and nothing of them but what was refused."""
    told = held(engine, plan).filtered(*(("product", one) for one in clauses))
    return bool(refusals(plan)) and _is_any(engine, told)


def refusals(plan: Plan) -> list[tuple[str, Filter]]:
    """What the goods are not to be: filters that are never given up."""
    return [(name, clause) for name, clause in plan.narrows if _is_refusal(clause)]


def _is_refusal(clause: Filter) -> bool:
    return isinstance(clause, Clause) and clause.is_absent


def _says_how(name: str, narrowing: Filter) -> bool:
    """Whether it is said who vouches for goods, and where they are from: no amount, price or refusal."""
    # Green olives with lemon are green olives.
    return name not in BESIDE and not isinstance(narrowing, OneOf) and not _is_refusal(narrowing)


def nearest(engine: Engine, plan: Plan, beside: Collection[str], rows: int) -> list[str]:
    """The best of what does not pass the words, beside the few that do; never what was refused.

    Equals stand by their ids, so that both engines show the same of them.
    """
    if rows <= 0:
        return []
    told = replace(plan, sort="relevance").filtered(*refusals(plan))
    found = engine.ask(told, rows=MOST_EQUAL + len(beside))
    ranked = sorted(zip(found.ids, found.scores, strict=True), key=lambda pair: (-round(pair[1]), pair[0]))
    return [one for one, _score in ranked if one not in beside][:rows]


def word_key(stem: str) -> str:
    """The name of the filter that an unknown word becomes."""
    return f"text:{stem}"


def _narrowing(plan: Plan) -> list[tuple[str, Filter]]:
    """What narrows the goods: words that say how, then words that nobody knows, as they are written."""
    words = plan.words[:MOST_WORDS] if plan.strict else ()
    return [*plan.narrows, *((word_key(word.stem), replace(word, forgiving=False)) for word in words)]


def _is_any(engine: Engine, plan: Plan) -> bool:
    return engine.ask(plan, rows=1).total > 0
