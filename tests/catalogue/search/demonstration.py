"""The offers of the demonstration, in an embedded engine, as buyers ask for them."""

import json
from functools import cache

from catalogue.demonstration import REFERENCE
from catalogue.search.document import Offer, document_of
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.narrowing import narrowed
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import reference_lexicon


@cache
def offers():
    """The titles in English by their ids, and an engine that holds all of them."""
    told = json.loads((REFERENCE / "demo_catalogue.json").read_text(encoding="utf-8"))["products"]
    engine, lexicon = EmbeddedEngine(), reference_lexicon()
    made = (
        Offer(
            id=one["id"],
            titles=tuple(one["title"].values()),
            descriptions=tuple((one.get("description") or {}).values()),
            hs6=one.get("hs6") or "",
        )
        for one in told
    )
    engine.write(document_of(offer, lexicon) for offer in made)
    engine.settle()
    return engine, {one["id"]: one["title"]["en"] for one in told}


def answer_to(text):
    """The titles of the answer in their order, and the names of the words that were given up."""
    engine, titles = offers()
    lexicon = reference_lexicon()
    told = narrowed(engine, plan_of(read(text, lexicon), lexicon))
    return [titles[one] for one in engine.ask(told.plan, rows=len(titles)).ids], told.relaxed
