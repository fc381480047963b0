"""Units of laboratories in the reader's language. Mere symbols are the same everywhere, and not listed."""

from typing import Any

from django.utils.translation import pgettext_lazy

from moussem.core.templatetags.figures import unit_text

MEASURES: dict[str, Any] = {
    "% mass": pgettext_lazy("unit of measure", "% mass"),
    "% vol": pgettext_lazy("unit of measure", "% vol"),
    "% fatty acids": pgettext_lazy("unit of measure", "% of the fatty acids"),
    "% GC area": pgettext_lazy("unit of measure", "% of the area in gas chromatography"),
    "absorbance": pgettext_lazy("unit of measure", "absorbance"),
    "aw": pgettext_lazy("unit of measure", "aw (water activity)"),
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


def measure_label(unit: str) -> str:
    """The unit as the reader knows it; one that is not listed here, as the family has it."""
    return str(MEASURES[unit]) if unit in MEASURES else unit_text(unit, 1)
