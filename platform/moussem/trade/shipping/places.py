"""Named places in Arabic letters, for those who read them so; the document keeps the place as agreed."""

import csv
from functools import cache
from pathlib import Path

from moussem.core.text import reading_order
from moussem.regions.actions import REFERENCE

PORTS_AND_TOWNS = Path(__file__).parent / "reference" / "places.csv"


def arabic_of(place: str) -> str:
    """How Arabic writes a port or a town; empty for one that is not known, which then stays as agreed."""
    return _known().get(reading_order(place), "")


@cache
def _known() -> dict[str, str]:
    provinces = _rows(REFERENCE / "provinces.csv", "name_fr", "name_ar")
    return {**provinces, **_rows(PORTS_AND_TOWNS, "latin", "ar")}


def _rows(file: Path, latin: str, arabic: str) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {reading_order(row[latin]): row[arabic] for row in csv.DictReader(lines) if row[arabic]}
