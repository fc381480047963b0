"""How many products answer each of several questions now, and how many of them nobody has seen there yet."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Product
from catalogue.search.asked import Asked
from catalogue.search.engine import DEEPEST, Engine, EngineDown
from catalogue.search.makeshift import filtered
from catalogue.search.narrowing import strictly
from catalogue.search.questions import plan_for
from catalogue.search.site import shelf
from catalogue.search.ways import Bound

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A question that is asked again: the products it had found; where that is not known, since when."""

    asked: Asked
    currency: str
    since: datetime
    known: Collection[int] | None = None


@dataclass(frozen=True)
class Counted:
    """What holds all of it now, and how much of that is new."""

    now: int
    new: int


def counted(questions: Mapping[int, Kept]) -> dict[int, Counted]:
    """The counts of each question; nothing where the engine does not answer."""
    place = shelf()
    if place is None:
        return _from_database(questions)
    try:
        engine = place.current()
        return {key: _from_engine(engine, kept) for key, kept in questions.items()} if engine else {}
    except EngineDown as error:
        logger.warning("Saved searches are shown without counts: %s", error)
        return {}


def _from_engine(engine: Engine, kept: Kept) -> Counted:
    plan = plan_for(kept.asked, kept.currency, engine)
    # What is counted is what the mail tells of: a word that nothing passes is not given up here.
    plan = strictly(engine, plan)
    if kept.known is None:
        later = ("listed", Bound("listed", low=kept.since.timestamp()))
        now, new = (engine.ask(each, rows=1).total for each in (plan, plan.filtered(later)))
        return Counted(now, new)
    known, found = set(map(str, kept.known)), engine.ask(plan, rows=DEEPEST)
    return Counted(found.total, sum(one not in known for one in found.ids))


def _from_database(questions: Mapping[int, Kept]) -> dict[int, Counted]:
    """All of them in one question to the database."""
    counts: dict[str, Count] = {}
    lexicon = current_lexicon()
    for key, kept in questions.items():
        answers = Q(pk__in=filtered(kept.asked, kept.currency, lexicon).order_by().values("pk"))
        new = Q(listed_at__gt=kept.since) if kept.known is None else ~Q(pk__in=kept.known)
        counts[f"now_{key}"] = Count("pk", filter=answers)
        counts[f"new_{key}"] = Count("pk", filter=answers & new)
    told = Product.objects.order_by().aggregate(**counts) if counts else {}
    return {key: Counted(told[f"now_{key}"], told[f"new_{key}"]) for key in questions}
