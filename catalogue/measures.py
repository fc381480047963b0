"""Units of laboratories in the reader's language. Mere symbols are the same everywhere, and not listed."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from moussem.core.numbers import Measure
from moussem.core.templatetags.figures import unit_text

MEASURES: dict[str, Any] = {
    "% mass": pgettext_lazy("unit of measure", "% mass"),
    "% vol": pgettext_lazy("unit of measure", "% vol"),
    "% fatty acids": pgettext_lazy("unit of measure", "% of the fatty acids"),
    "% GC area": pgettext_lazy("unit of measure", "% of the area in gas chromatography"),
    "absorbance": pgettext_lazy("unit of measure", "absorbance"),
    "CFU/g": pgettext_lazy("unit of measure", "CFU/g"),
    "CFU/mL": pgettext_lazy("unit of measure", "CFU/mL"),
    "MPN/100 g": pgettext_lazy("unit of measure", "MPN/100 g"),
    "E1% 1cm 257 nm, dry basis": pgettext_lazy("unit of measure", "E1% 1cm 257 nm, dry basis"),
    "E1% 1cm 330 nm, dry basis": pgettext_lazy("unit of measure", "E1% 1cm 330 nm, dry basis"),
    "E1% 1cm 440 nm, dry basis": pgettext_lazy("unit of measure", "E1% 1cm 440 nm, dry basis"),
    "grade 1–5": pgettext_lazy("unit of measure", "grade 1–5"),
    "meq O2/kg": pgettext_lazy("unit of measure", "meq O₂/kg"),
    "Schade units": pgettext_lazy("unit of measure", "Schade units"),
    "µg STX eq/kg": pgettext_lazy("unit of measure", "µg STX eq/kg"),
    "µg/cm²/week": pgettext_lazy("unit of measure", "µg/cm²/week"),
}
# Scales that are not counted in anything: the name of the value says it already.
BARE = {"pH"}
# Digits of a number that is kept, and how many of them after the point.
DIGITS: dict[str, tuple[int, int | None]] = {"integer": (9, 0), "float": (14, None)}
# The ends of the scales that have them; nothing that is measured here goes below zero.
SCALES = {"pH": (0, 14), "aw": (0, 1), "‰": (0, 1000), "grade 1–5": (1, 5)}


def measure_of(kind: str, unit: str) -> Measure | None:
    """Which numbers a question of this kind, asked in this unit, takes; None where it takes none."""
    if kind not in DIGITS:
        return None
    digits, decimals = DIGITS[kind]
    return Measure(*possible_values(unit), digits=digits, decimals=decimals)


def range_in_words(least: Decimal | str, most: Decimal | str) -> str:
    """That a value lies outside of its scale."""
    told = _("Write a value from %(least)s to %(most)s: no other is possible here.")
    return told % {"least": least, "most": most}


def possible_values(unit: str) -> tuple[Decimal, Decimal | None]:
    """The least and the most that a value in this unit can be."""
    least, most = SCALES.get(unit, (0, 100 if unit.split(" ")[0] == "%" else None))
    return Decimal(least), None if most is None else Decimal(most)


def standard_label(standard: str) -> str:
    """A standard as people write it: ISO3632 is the code of ISO 3632."""
    return re.sub(r"(?<=[A-Z])(?=[0-9])", "\N{NO-BREAK SPACE}", standard)


# The space beside a number, not after a comma: "1cm 440 nm" torn apart reads as two measures.
WITHIN = re.compile(r"(?<=[0-9]) (?=[!-~])|(?<=[!-+\--~]) (?=[0-9])")


def measure_label(unit: str) -> str:
    """The unit as the reader knows it; one that is not listed here, as the family has it."""
    if unit in BARE:
        return ""
    return WITHIN.sub("\N{NO-BREAK SPACE}", str(MEASURES[unit]) if unit in MEASURES else unit_text(unit, 1))
