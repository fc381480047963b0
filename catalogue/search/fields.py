"""The fields that both engines have, and how both forgive. No Django in here."""

import re
from collections.abc import Iterable, Mapping
from math import log10
from typing import Any
from zlib import crc32

CODES = (
    "named",
    "concepts",
    "signature",
    "plain",
    "only",
    "hs",
    "marks",
    "certificates",
    "protected",
    "places",
    "region",
    "province",
    "family",
    "department",
    "months",
    "languages",
    "incoterms",
    "seller",
    "moq_band",
    "lead_band",
)
# A first order of 5 kg is no answer to 100 pieces, but to 10 l: of what is poured, both are written.
MEASURES = {"kg": "moq_bulk", "l": "moq_bulk", "piece": "moq_count", "pair": "moq_count", "m2": "moq_area"}
PRICES = ("price_eur", "price_usd", "price_mad")
MEASURED = ("moq", *sorted(set(MEASURES.values())), "lead_days", *PRICES, "listed", "size")
# Orders besides relevance: the field, and whether the largest comes first. Equals have an order of their own,
# so that no page repeats what another showed: their keys are a small part of the number.
SORTS = {
    "new": ("order_listed", True),
    "moq": ("order_moq", False),
    "lead_time": ("order_lead_days", False),
    **{price: (f"order_{price}", False) for price in PRICES},
}
ORDERED = {field.removeprefix("order_"): field for field, _falling in SORTS.values()}
# Prices are too many to be counted one by one: they are counted in steps, so many while one grows tenfold.
STEPS = {price: f"step_{price}" for price in PRICES}
STEPS_IN_TEN = 100
NUMBERS = (*MEASURED, *ORDERED.values(), *STEPS.values())
# An index of another shape is built anew: the number is raised when the meaning of a field changes.
MEANING = 13


# The types of codes and of numbers: a moment in seconds does not fit a float of four bytes.
CODE, NUMBER = "keyword", "double"


def shape_of(
    codes: tuple[str, ...], numbers: tuple[str, ...], kinds: tuple[str, str] = (CODE, NUMBER)
) -> str:
    """The name of the shape that an index of these fields, of these types, has."""
    return f"{MEANING}.{crc32(repr((codes, numbers, kinds)).encode()):08x}"


SHAPE = shape_of(CODES, NUMBERS)
# An offer stands in every band that it fits: a first order of 8 kg in "up to 10", "up to 100", "up to 1000".
MOQ_BANDS = (10, 100, 1000)
LEAD_BANDS = (7, 14, 30)
# So many different values of a facet are counted, those that occur most: more than there are families,
# provinces or certificates, and more than prices have steps.
MOST_VALUES = 2000
# What a word with a typing error is worth beside the word itself.
FORGIVEN = 0.5
# The share of the words that must stand in an offer that no concept found.
MOST = 0.6
TWO_ERRORS_FROM = 8
ONE_ERROR_FROM = 4
# A longer word, or one of another script, costs an engine seconds to forgive and is no word of the trade.
NO_ERROR_FROM = 20
OURS = re.compile(r"[a-z\u0620-\u064a]+")


def step_of(price: float) -> float:
    """The step that a price lies in."""
    return float(round(log10(price) * STEPS_IN_TEN))


def counting_of(facet: str) -> dict[str, Any]:
    """What either engine is asked for the counts of a facet."""
    asked = {"terms": {"field": STEPS.get(facet, facet), "size": MOST_VALUES}}
    if facet not in STEPS:
        return asked
    ends = {"low": {"min": {"field": facet}}, "high": {"max": {"field": facet}}}
    return {**asked, "aggs": ends}


def counts_in(facet: str, buckets: Iterable[Mapping[str, Any]]) -> dict[Any, int]:
    """The counts of a facet as either engine tells them; of a step of prices its lowest and highest."""
    if facet not in STEPS:
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    counts: dict[Any, int] = {}
    for bucket in buckets:
        low, high, held = bucket["low"]["value"], bucket["high"]["value"], bucket["doc_count"]
        counts |= {low: held} if low == high else {low: held - 1, high: 1}
    return counts


def errors_in(stem: str) -> int:
    """How many typing errors are forgiven in a word of this length; numbers and short words must be right."""
    if not ONE_ERROR_FROM <= len(stem) < NO_ERROR_FROM or not OURS.fullmatch(stem):
        return 0
    return 2 if len(stem) >= TWO_ERRORS_FROM else 1
