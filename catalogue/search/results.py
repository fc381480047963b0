"""The answer to what a visitor asks of the list: from the engine, or from the database where none answers."""

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator

from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Highlight, Product
from catalogue.queries import Facets, cards_in_order, cards_of, facets
from catalogue.search import indexing
from catalogue.search.asked import FACETS, Asked, price_field
from catalogue.search.composing import MOST_CLOSE, PAGE, Turns, shown
from catalogue.search.engine import DEEPEST, Engine, EngineDown
from catalogue.search.everyday import is_filler
from catalogue.search.lexicon import Lexicon
from catalogue.search.makeshift import ANSWERED, filtered, narrowing
from catalogue.search.narrowing import narrowed, refusals, strictly
from catalogue.search.questions import plan_for, plan_read, reading_of_question
from catalogue.search.ranking import Plan
from catalogue.search.reading import Reading
from catalogue.search.site import shelf
from catalogue.search.ways import Bound, Clause, Word
from moussem.core.dates import today_here

MOST_NEAR = 6
# An offer that is just what is near outweighs any number of those that hold it.
MOST_WORTH = 1_000_000
# So many unknown words are looked for, each with a question to the engine.
MOST_UNKNOWN = 6
# Seconds. The others bound what is asked of an engine besides the page itself, and beside a count.
RULES_LAST = 30
ASKING_LASTS = 1.0
COUNTING_LASTS = 0.2
logger = logging.getLogger(__name__)
# The last day that this process has looked at.
_SEEN: dict[str, date] = {}


@dataclass(frozen=True)
class Results:
    """A page of products, what was understood of the question, and how many each further choice leads to."""

    asked: Asked
    page: Page
    products: list[Product]
    reading: Reading = field(default_factory=lambda: Reading(""))
    # Field of the index -> code, or price -> how many.
    counts: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)
    # Whether the database answered because the engine did not.
    is_makeshift: bool = False
    # Families of what is near to what was asked and not found; the most first.
    near: tuple[str, ...] = ()
    # Names of the filters (`ranking.key_of`) that were given up, since nothing passes all that was asked.
    relaxed: tuple[str, ...] = ()
    # What comes near all that was asked, where little passes it.
    nearest: Sequence[Product] = ()
    # The product that a rule of merchandising put first, if one did.
    highlighted: int | None = None
    # Words of the question that mean nothing known and stand in no offer.
    unknown: tuple[str, ...] = ()
    # Those of them that are what is asked, where nothing else of the question names goods.
    missing: tuple[str, ...] = ()
    # Groups of choices that were asked for and could not be looked at.
    left_out: tuple[str, ...] = ()
    # What the question was read by, and what was read of it is called by.
    lexicon: Lexicon = field(default_factory=current_lexicon)


def results_of(
    asked: Asked, currency: str, page: str | None, *, wanted: Sequence[str] | None = None
) -> Results:
    """A page of the answer; a page that is not there is the nearest one.

    Only the further choices of the ``wanted`` fields are counted, where a page needs few of them; those not
    by the database, which knows what the whole list offers.
    """
    place = shelf()
    if place is None:
        return _from_database(asked, currency, page, counted=wanted is None)
    keep_the_day()
    try:
        engine = place.current()
        if engine is None:
            raise EngineDown("there is no index yet")
        fields = (*FACETS, price_field(currency)) if wanted is None else wanted
        return _from_engine(engine, asked, currency, page, fields)
    except EngineDown as error:
        logger.warning("The database answers for the search engine: %s", error)
        lexicon = current_lexicon()
        kept, relaxed = narrowing(asked, currency, lexicon)
        told = _from_database(asked, currency, page, counted=wanted is None, reading=kept)
        reading = reading_of_question(asked, lexicon, currency)
        return replace(told, is_makeshift=True, reading=reading, relaxed=relaxed)


def how_many(asked: Asked, currency: str) -> int:
    """How many products the list would hold, without looking at them."""
    place = shelf()
    try:
        engine = place.current() if place else None
        if engine is not None:
            plan = plan_for(asked, currency, engine)
            told = narrowed(engine, plan, until=time.monotonic() + COUNTING_LASTS)
            return engine.ask(told.plan, rows=1).total
    except EngineDown as error:
        logger.warning("The database counts for the search engine: %s", error)
    return filtered(asked, currency, current_lexicon()).count()


def holding_all(asked: Asked, currency: str) -> list[int]:
    """The products that hold all that is asked, the newest first; at most `DEEPEST` of them.

    Raises `EngineDown` where no engine answers: whoever asks comes again.
    """
    place = shelf()
    if place is None:
        found = filtered(asked, currency, current_lexicon()).order_by("-listed_at", "-pk")
        return list(found.values_list("pk", flat=True)[:DEEPEST])
    engine = place.current()
    if engine is None:
        raise EngineDown("there is no index yet")
    plan = plan_for(asked, currency, engine)
    keys = [int(one) for one in engine.ask(strictly(engine, plan), rows=DEEPEST).ids]
    listed = Product.objects.listed().filter(pk__in=keys)
    return list(listed.order_by("-listed_at", "-pk").values_list("pk", flat=True))


def _from_engine(
    engine: Engine, asked: Asked, currency: str, page: str | None, wanted: Sequence[str]
) -> Results:
    # One for all of the answer: another process may teach words while this one is asked for.
    lexicon = current_lexicon()
    reading = reading_of_question(asked, lexicon, currency, engine)
    plan = plan_read(asked, reading, lexicon, currency, engine)
    until = time.monotonic() + ASKING_LASTS
    number = int(page) if page and page.isascii() and page.isdecimal() and len(page) < 7 else 1
    number = min(max(number, 1), DEEPEST // PAGE)
    turns = Turns(_sellers_of, today_here())
    start, near_by = (number - 1) * PAGE, MOST_CLOSE if asked.text else 0
    told = shown(engine, plan, turns, start=start, most_close=near_by, facets=wanted, until=until)
    total, passing = told.found.total, told.told.plan
    keys, close = [int(one) for one in told.found.ids], [int(one) for one in told.close]
    first = _highlight_of(reading) if plan.sort == "relevance" and not told.start else None
    first = first if first in keys or _is_found(engine, passing, first) else None
    if first is not None:
        # It stands on the first page besides what is there by itself, and keeps its own place further on.
        keys = [first, *(key for key in keys if key != first)]
    cards = cards_in_order([*keys, *close], currency)
    return Results(
        asked,
        Paginator(range(min(total, DEEPEST)), PAGE).get_page(told.start // PAGE + 1),
        [card for card in cards if card.pk not in close],
        reading,
        told.found.facets,
        # Families are named where there is no product to show.
        near=() if total or close else _near(engine, reading, plan, lexicon),
        relaxed=told.told.relaxed,
        nearest=[card for card in cards if card.pk in close],
        highlighted=first,
        unknown=(unknown := _unknown(engine, reading, until)),
        missing=unknown if plan.heads and not total else (),
        lexicon=lexicon,
    )


def _is_found(engine: Engine, plan: Plan, key: int | None) -> bool:
    """Whether a product is part of the answer, on whatever page."""
    return key is not None and engine.ask(plan.filtered(("one", Clause("id", (str(key),)))), rows=1).total > 0


def _unknown(engine: Engine, reading: Reading, until: float) -> tuple[str, ...]:
    """The words that say nothing to us: neither concepts, nor written in any offer as names are."""
    both = zip(reading.rest, reading.unknown, strict=True)
    told = [(stem, word) for stem, word in both if not is_filler(word)][:MOST_UNKNOWN]
    plans = {word: Plan(words=(Word(stem, 1, 1, forgiving=False),)) for stem, word in told}
    looked_for = ((word, plan) for word, plan in plans.items() if time.monotonic() < until)
    return tuple(word for word, plan in looked_for if not engine.ask(plan, rows=1).total)


def _near(engine: Engine, reading: Reading, asked_for: Plan, lexicon: Lexicon) -> tuple[str, ...]:
    asked = [code for part in reading.of("thing") for code in part.codes if code in lexicon.concepts]
    plans: list[tuple[int, Plan]] = []
    if kin := lexicon.kin(asked):
        near = Plan(needs=(Clause("concepts", kin),))
        # Spices before the honey of thyme, which names two things.
        plain = near.filtered(("product", Clause("plain", kin)), ("product", Bound("size", high=1.0)))
        plans = [(MOST_WORTH, plain), (1, near)]
    if reading.hs:
        # A code that nothing is traded under lies in a heading that may be.
        plans.append((1, Plan(needs=(Clause("hs", tuple(code[:4] for code in reading.hs)),))))
    counts: Counter[str] = Counter()
    for worth, plan in plans:
        # Leather goods are not near to bags without leather.
        allowed = plan.filtered(*refusals(asked_for))
        found = engine.ask(allowed, rows=1, facets=("family",)).facets["family"]
        counts.update({family: count * worth for family, count in found.items()})
    return tuple(code for code, count in counts.most_common(MOST_NEAR) if count)


def _highlight_of(reading: Reading) -> int | None:
    """The product that a rule of today puts first for what is asked."""
    rules = _rules(int(time.monotonic() // RULES_LAST), today_here())
    codes = [part.codes[0] for part in reading.of("thing")]
    return next((rules[code] for code in codes if code in rules), None)


@lru_cache(maxsize=1)
def _rules(_moment: int, day: date) -> dict[str, int]:
    """The rules of a day, by concept; read again every half minute."""
    return dict(Highlight.objects.in_force(day).values_list("concept", "product_id"))


def _sellers_of(ids: Sequence[str]) -> dict[str, str]:
    rows = Product.objects.filter(pk__in=ids).values_list("pk", "organisation_id")
    return {str(pk): str(seller) for pk, seller in rows}


def _from_database(
    asked: Asked, currency: str, page: str | None, *, counted: bool, reading: Reading | None = None
) -> Results:
    """What the database finds, the choices that it knows, and of few of them the counts of the whole list."""
    lexicon = current_lexicon()
    listed = Paginator(filtered(asked, currency, lexicon, reading), PAGE).get_page(page)
    offered = facets() if counted else Facets()
    counts: dict[str, Counter[str]] = {
        "department": Counter({one.value: one.count for one in offered.departments}),
        "family": Counter({one.value: one.count for one in offered.families}),
        "region": Counter({one.value: one.count for one in offered.regions}),
    }
    left_out = tuple(sorted(set(asked.chosen) - ANSWERED))
    if asked.low is not None or asked.high is not None:
        left_out = (*left_out, "price")
    cards = cards_of(listed.object_list, currency, asked.order)
    return Results(asked, listed, cards, counts=counts, left_out=left_out, lexicon=lexicon)


def keep_the_day() -> None:
    """At the first question of a day what ended with the last one is marked; nobody waits for the clock."""
    today = today_here()
    if shelf() is not None and _SEEN.get("day") != today:
        indexing.note_the_day()
        _SEEN["day"] = today
