"""Named places: which country they lie in, and how Arabic writes them for those who read it.

The document keeps the place as agreed, its country in English beside it, as Incoterms are written.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from moussem.core.text import reading_order
from moussem.regions.actions import REFERENCE
from moussem.regions.models import Country

PORTS_AND_TOWNS = Path(__file__).parent / "reference" / "places.csv"
OTHER_NAMES = Path(__file__).parent / "reference" / "country_names.csv"
TOWNS_LIKE_COUNTRIES = Path(__file__).parent / "reference" / "towns_like_countries.csv"
MARKETS = REFERENCE / "markets.csv"
HOME = "MA"
# Longer than any town with its terminal.
MOST_LETTERS, MOST_WORDS = 60, 8
WORD = re.compile(r"[^\s,،;()/]+")
# "Port of Spain", "Saint Maurice" and "New Mexico" end with a country's name, and lie elsewhere.
JOINING = {"of", "the", "de", "du", "des", "la", "le", "new", "nouveau", "nouvelle", "saint", "st", "san"}
# "Frankfurt in Germany": the word between a town and its country belongs to neither.
WITHIN = {"in", "في"}
# "Lyon en France" says so too, but Roissy-en-France is the name of a town.
WITHIN_OR_NAME = {"en"}
# "Saint Denis" and "New Hamburg" are not what the words after them name.
OTHERS = JOINING - {"of", "the", "de", "du", "des", "la", "le"}
# A street is called after a town that lies elsewhere.
STREETS = {
    *("rue", "avenue", "av", "boulevard", "bd", "quai", "route", "chemin", "allee", "impasse", "cours"),
    *(
        "street",
        "st",
        "road",
        "rd",
        "lane",
        "drive",
        "strasse",
        "weg",
        "via",
        "viale",
        "calle",
        "rua",
        "شارع",
    ),
}
PARTED = re.compile(r"[,،;()]")
AROUND = " ,،;-–—"
APART = re.compile(r"[,،;()/|]|\s[-–—]+\s")
LONGEST_NAME = 5
# What stands around the name of a town without being a part of it.
KINDS = {"port", "of", "de", "airport", "aeroport", "terminal", "ميناء", "مطار"}


def arabic_of(place: str) -> str:
    """How Arabic writes a port or a town; empty for one that is not known, which then stays as agreed."""
    if whole := _known().get(reading_order(place), ""):
        return whole
    town, _comma, country = place.rpartition(", ")
    arabic = [_known().get(reading_order(town), ""), _countries().get(reading_order(country), "")]
    return "، ".join(arabic) if all(arabic) else ""


def countries_of_place(place: str) -> frozenset[str]:
    """The codes of the countries where a known port or town bears this name; none for an unknown one."""
    name = reading_order(place)
    bare = " ".join(word for word in name.split() if word not in KINDS)
    return _lying().get(name) or _lying().get(bare) or frozenset()


def country_named(words: str) -> str:
    """The code of the country that words name in English, French or Arabic; empty when they name none."""
    return _country_names().get(reading_order(words), "")


def lies_elsewhere(place: str, country: Country) -> bool:
    """Whether a part of a place names another country, or a town that this country does not have.

    Parts are what commas, brackets and dashes set apart: "Paris, Hamburg" names two towns, of which one lies
    elsewhere. Within a part a town of the country speaks for all of it.
    """
    return any(_part_elsewhere(reading_order(part).split(), country.code) for part in APART.split(place))


def _part_elsewhere(words: list[str], country: str) -> bool:
    if len(words) > 1 and not STREETS.isdisjoint(words):
        return False
    towns = [_lying()[name] for name in towns_in(words)]
    if any(country in codes for codes in towns) or country in _like_countries().get(" ".join(words), []):
        return False
    return bool(towns) or _country_at_end(words) not in ("", country)


def towns_in(words: list[str]) -> Iterator[str]:
    """Each known town among words, as lists sort them, the longest names first."""
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + LONGEST_NAME), start, -1):
            name = " ".join(words[start:end])
            if name in _lying() and not (start and words[start - 1] in OTHERS):
                yield name
                start = end - 1
                break
        start += 1


def is_same_town(one: str, other: str) -> bool:
    """Whether two names are of one town: Tanger and Tangier, Tanger and Tanger Med."""
    arabic = _known().get(one, one), _known().get(other, other)
    return f" {one} " in f" {other} " or f" {other} " in f" {one} " or arabic[0] == arabic[1]


def _country_at_end(words: list[str]) -> str:
    for start in range(len(words)):
        joined = start and words[start - 1] in JOINING
        if not joined and (code := country_named(" ".join(words[start:]))):
            return code
    return ""


def has_town_like_a_country(words: str, country: Country) -> bool:
    """Whether the name of a country is that of a town here too: Lebanon in the United States."""
    return country.code in _like_countries().get(reading_order(words), [])


def town_and_country(place: str) -> tuple[str, str]:
    """A place without the country written at its end, and the code of that country: ``Lyon (France)``."""
    words = list(WORD.finditer(place))
    for before, word in pairwise(words):
        between = place[before.end() : word.start()]
        joining = reading_order(before.group()) if between.isspace() else ""
        code = "" if joining in JOINING else country_named(place[word.start() :])
        outer = place[: before.start()].strip(AROUND)
        within = bool(outer) and (
            joining in WITHIN or (joining in WITHIN_OR_NAME and code in countries_of_place(outer))
        )
        if code and (within or joining not in WITHIN_OR_NAME):
            return outer if within else place[: before.end()].strip(AROUND), code
    return place.strip(), ""


def _without_parts(place: str, country: str) -> str:
    """A place without the parts after the first that only name its country: ``Lyon, France, terminal 2``."""
    first, *others = (part.strip() for part in PARTED.split(place))
    if not any(country_named(part) == country for part in others):
        return place
    return ", ".join([first, *(part for part in others if part and country_named(part) != country)])


def is_place(place: str) -> bool:
    """Whether words can be the name of a place: at least two letters that differ, and not too many words."""
    letters = {char for char in place.casefold() if char.isalpha()}
    return len(letters) > 1 and len(place) <= MOST_LETTERS and len(place.split()) <= MOST_WORDS


def is_whole_country(place: str) -> bool:
    """Whether words name a country and no town of it: ``France``, but not ``Luxembourg``."""
    code = country_named(place)
    return bool(code) and code not in countries_of_place(place)


def place_in(place: str, country: Country) -> str:
    """A place with its country: ``Lyon, France``; written once when the buyer has written it too."""
    town, told = town_and_country(place)
    bare = town if told == country.code else _without_parts(place.strip(), country.code)
    return bare if country_named(bare) == country.code else f"{bare}, {country.name_en}"


@cache
def morocco() -> Country:
    """The country that goods leave from, by its names; read from the file, as prices need no database."""
    with MARKETS.open(encoding="utf-8", newline="") as lines:
        (row,) = (row for row in csv.DictReader(lines) if row["iso2"] == HOME)
    return Country(code=HOME, **{name: row[name] for name in ("name_en", "name_fr", "name_ar")})


@cache
def _country_names() -> dict[str, str]:
    names = _rows(OTHER_NAMES, "name", "country")
    for column in ("name_en", "name_fr", "name_ar"):
        names |= _rows(MARKETS, column, "iso2")
    return names


@cache
def _like_countries() -> dict[str, list[str]]:
    rows = _rows(TOWNS_LIKE_COUNTRIES, "name", "countries")
    return {name: codes.split() for name, codes in rows.items()}


@cache
def _countries() -> dict[str, str]:
    return _rows(MARKETS, "name_en", "name_ar")


@cache
def _lying() -> dict[str, frozenset[str]]:
    lying = {
        name: frozenset(codes.split())
        for column in ("latin", "ar")
        for name, codes in _rows(PORTS_AND_TOWNS, column, "countries").items()
    }
    here = _rows(REFERENCE / "provinces.csv", "name_fr", "name_ar")
    return {reading_order(name): frozenset({HOME}) for pair in here.items() for name in pair} | lying


@cache
def _known() -> dict[str, str]:
    provinces = _rows(REFERENCE / "provinces.csv", "name_fr", "name_ar")
    return {**provinces, **_rows(PORTS_AND_TOWNS, "latin", "ar")}


def _rows(file: Path, name: str, value: str) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {reading_order(row[name]): row[value] for row in csv.DictReader(lines) if row[value]}
