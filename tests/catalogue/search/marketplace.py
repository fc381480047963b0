"""The offers of the demonstration as the site indexes them: with their families, departments and facts."""

import csv
import json
from functools import cache

from catalogue.demonstration import REFERENCE
from catalogue.queries.certificates import FAIR, ORGANIC
from catalogue.search.document import Offer, document_of
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.narrowing import narrowed
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import reference_lexicon


@cache
def reference():
    """The departments and families of the site."""
    return json.loads((REFERENCE / "families.json").read_text(encoding="utf-8"))


@cache
def family_of():
    """The code of the family of each product of the demonstration."""
    with (REFERENCE / "demo_families.csv").open(encoding="utf-8", newline="") as file:
        return {row["product"]: row["family"] for row in csv.DictReader(file)}


@cache
def engine():
    """The titles in English by their ids, and an engine that holds all of them."""
    told = json.loads((REFERENCE / "demo_catalogue.json").read_text(encoding="utf-8"))
    sellers = {one["id"]: one for one in told["cooperatives"]}
    made, lexicon = EmbeddedEngine(), reference_lexicon()
    made.write(document_of(_offer(one, sellers[one["coop"]]), lexicon) for one in told["products"])
    made.settle()
    return made, {one["id"]: one["title"]["en"] for one in told["products"]}


def _offer(one, seller):
    families = {each["code"]: each for each in reference()["families"]}
    family = families[family_of()[one["id"]]]
    department = next(each for each in reference()["departments"] if each["code"] == family["department"])
    held = set(one["valid_certificates"])
    marks = {
        "organic": not held.isdisjoint(ORGANIC),
        "fair-trade": not held.isdisjoint(FAIR),
        "women-led": seller["women_led"],
        "in-stock": True,
    }
    return Offer(
        id=one["id"],
        titles=tuple(one["title"].values()),
        descriptions=tuple((one.get("description") or {}).values()),
        names=(seller["name"], seller["name_ar"], *department["name"].values()),
        kinds=tuple(family["name"].values()),
        hs6=one.get("hs6") or "",
        rules=(("FOB", "Casablanca"),),
        facts={"marks": tuple(mark for mark, holds in marks.items() if holds)},
        decided=frozenset({"certificates", *marks}),
    )


def answer_to(text):
    """The titles of the answer in their order, and the names of the words that were given up."""
    made, titles = engine()
    lexicon = reference_lexicon()
    told = narrowed(made, plan_of(read(text, lexicon), lexicon))
    return [titles[one] for one in made.ask(told.plan, rows=len(titles)).ids], told.relaxed


def titled(product):
    """The title of a product in English."""
    return engine()[1][product]
