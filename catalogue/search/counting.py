"""How many products answer each of several questions, now and since a moment each."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from catalogue.models import Product
from catalogue.search.asked import Asked
from catalogue.search.engine import Engine, EngineDown
from catalogue.search.makeshift import filtered
from catalogue.search.narrowing import narrowed
from catalogue.search.ranking import plan_of
from catalogue.search.results import newer_than, reading_of_question
from catalogue.search.site import shelf
from catalogue.search.words_now import current_lexicon

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Counted:
    """What the list would show now, and how much of it was listed since."""

    now: int
    new: int


def counted(questions: Mapping[int, tuple[Asked, str, datetime]]) -> dict[int, Counted]:
    """The counts of each question in its currency; nothing where the engine does not answer."""
    place = shelf()
    if place is None:
        return _from_database(questions)
    try:
        engine = place.current()
        return {key: _from_engine(engine, *told) for key, told in questions.items()} if engine else {}
    except EngineDown as error:
        logger.warning("Saved searches are shown without counts: %s", error)
        return {}


def _from_engine(engine: Engine, asked: Asked, currency: str, since: datetime) -> Counted:
    plan = asked.plan(plan_of(reading_of_question(asked), current_lexicon()), currency)
    now = engine.ask(narrowed(engine, plan).plan, rows=1).total
    return Counted(now, engine.ask(newer_than(plan, since), rows=1).total)


def _from_database(questions: Mapping[int, tuple[Asked, str, datetime]]) -> dict[int, Counted]:
    """All of them in one question to the database."""
    counts: dict[str, Count] = {}
    for key, (asked, currency, since) in questions.items():
        answers = Q(pk__in=filtered(asked, currency).order_by().values("pk"))
        counts[f"now_{key}"] = Count("pk", filter=answers)
        counts[f"new_{key}"] = Count("pk", filter=answers & Q(listed_at__gt=since))
    told = Product.objects.order_by().aggregate(**counts) if counts else {}
    return {key: Counted(told[f"now_{key}"], told[f"new_{key}"]) for key in questions}
