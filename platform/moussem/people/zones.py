"""Time zones as a person chooses them: a continent, then a town."""

import zoneinfo
from functools import cache

# Names such as Etc/GMT+5 or US/Pacific are no towns.
CONTINENTS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone that is named after a town, under its continent."""
    listed: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        continent, _slash, town = name.partition("/")
        if continent in CONTINENTS:
            listed.setdefault(continent, []).append((name, town.replace("_", " ")))
    return list(listed.items())
