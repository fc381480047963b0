"""Time zones as a person chooses them: a part of the world, then a town, each zone once."""

import zoneinfo
from collections import defaultdict
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moussem.core.text import reading_order

# Names such as Etc/GMT+5 or US/Pacific are no towns. The order begins near Morocco; where the browser tells
# its zone, the script puts the reader's own part first.
CONTINENTS = {
    "Africa": _("Africa"),
    "Europe": _("Europe"),
    "Asia": _("Asia"),
    "America": _("America"),
    "Atlantic": _("Atlantic"),
    "Indian": _("Indian Ocean"),
    "Australia": _("Australia"),
    "Pacific": _("Pacific"),
    "Arctic": _("Arctic"),
    "Antarctica": _("Antarctica"),
}

# Towns that Babel does not name in every language yet.
TOWNS = {"America/Coyhaique": pgettext_lazy("town", "Coyhaique")}


def listed_zone(name: str) -> str:
    """The name under which a zone is listed: Asia/Calcutta is Asia/Kolkata."""
    return get_global("zone_aliases").get(name, name)


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone that is named after a town, once, under its part of the world, in the reader's language."""
    return _choices_in((get_language() or "en").split("-")[0])


@lru_cache(maxsize=8)
def _choices_in(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    towns = Locale(language).time_zones
    listed: dict[str, list[tuple[str, str]]] = {continent: [] for continent in CONTINENTS}
    for name, names in _names_of_zones().items():
        # Translations stand under whichever of its names the zone had when they were made.
        named = next((towns[one]["city"] for one in names if "city" in towns.get(one, {})), None)
        town = named or (str(TOWNS[name]) if name in TOWNS else None)
        listed[name.partition("/")[0]].append((name, town or name.rpartition("/")[2].replace("_", " ")))
    return [
        (str(CONTINENTS[continent]), sorted(zones, key=lambda zone: reading_order(zone[1])))
        for continent, zones in listed.items()
        if zones
    ]


@cache
def _names_of_zones() -> dict[str, list[str]]:
    """The listed zones with all their names, the listed one first."""
    names: dict[str, list[str]] = defaultdict(list)
    for name in sorted(zoneinfo.available_timezones()):
        if listed_zone(name).partition("/")[0] in CONTINENTS:
            names[listed_zone(name)].append(name)
    return {listed: sorted(also, key=lambda one: one != listed) for listed, also in names.items()}
