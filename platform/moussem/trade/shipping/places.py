"""Named places: which country they lie in, and how Arabic writes them for those who read it.

The document keeps the place as agreed, its country in English beside it, as Incoterms are written.
"""

import csv
from functools import cache
from pathlib import Path

from moussem.core.text import reading_order
from moussem.regions.actions import REFERENCE
from moussem.regions.models import Country

PORTS_AND_TOWNS = Path(__file__).parent / "reference" / "places.csv"
MARKETS = REFERENCE / "markets.csv"
# Longer than any town with its terminal.
MOST_LETTERS, MOST_WORDS = 60, 8


def arabic_of(place: str) -> str:
    """How Arabic writes a port or a town; empty for one that is not known, which then stays as agreed."""
    if whole := _known().get(reading_order(place), ""):
        return whole
    town, _comma, country = place.rpartition(", ")
    arabic = [_known().get(reading_order(town), ""), _countries().get(reading_order(country), "")]
    return "، ".join(arabic) if all(arabic) else ""


def country_of_place(place: str) -> str:
    """The code of the country a known port or town lies in; empty for one that is not known."""
    return _lying().get(reading_order(place), "")


def is_place(place: str) -> bool:
    """Whether words can be the name of a place: letters, and few of them."""
    return (
        any(char.isalpha() for char in place)
        and len(place) <= MOST_LETTERS
        and len(place.split()) <= MOST_WORDS
    )


def place_in(place: str, country: Country) -> str:
    """A place with its country: ``Lyon, France``; written once when the buyer has written it too."""
    town, _comma, told = place.rpartition(",")
    names = {reading_order(name) for name in (country.name_en, country.name_fr, country.name_ar)}
    bare = town.strip() if town.strip() and reading_order(told) in names else place.strip()
    return bare if reading_order(bare) in names else f"{bare}, {country.name_en}"


@cache
def _countries() -> dict[str, str]:
    return _rows(MARKETS, "name_en", "name_ar")


@cache
def _lying() -> dict[str, str]:
    return _rows(PORTS_AND_TOWNS, "latin", "country")


@cache
def _known() -> dict[str, str]:
    provinces = _rows(REFERENCE / "provinces.csv", "name_fr", "name_ar")
    return {**provinces, **_rows(PORTS_AND_TOWNS, "latin", "ar")}


def _rows(file: Path, name: str, value: str) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {reading_order(row[name]): row[value] for row in csv.DictReader(lines) if row[value]}
