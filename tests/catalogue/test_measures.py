import json
import re

import pytest
from django.utils.translation import override

from catalogue.actions.reference import REFERENCE
from catalogue.measures import MEASURES, measure_label, possible_values
from moussem.core.templatetags.figures import UNITS

pytestmark = pytest.mark.unit

# Symbols that every reader of a laboratory's paper knows.
SYMBOLS = re.compile(r"|%|‰|pH|aw|°Brix|[mµk]?g(/(k?g|c?m²|100 mL|L))?|mL/100 g|mS/cm|kg/cm²|g/cm²")


def units_of_families():
    families = json.loads((REFERENCE / "families.json").read_text("utf-8"))["families"]
    fields = [field for family in families for key in ("lab_fields", "attributes") for field in family[key]]
    return {field.get("unit") or "" for field in fields}


def test_every_unit_of_the_families_is_translated_or_a_symbol():
    words = {unit for unit in units_of_families() if not SYMBOLS.fullmatch(unit)}

    assert words - set(MEASURES) - set(UNITS) == set()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_unit_with_words_is_read_in_the_readers_language(language):
    with override(language):
        told = {unit: measure_label(unit) for unit in MEASURES}

    assert told["% mass"] == {"fr": "% en masse", "ar": "% من الكتلة"}[language]
    assert [unit for unit in told if "dry basis" in told[unit] or told[unit] == "mass"] == []


def test_an_unknown_unit_is_shown_as_the_family_has_it():
    assert measure_label("spoons/kg") == "spoons/kg"


def test_a_scale_without_a_unit_is_not_named_twice():
    assert measure_label("pH") == ""


@pytest.mark.parametrize(
    ("unit", "ends"),
    [
        ("pH", (0, 14)),
        ("%", (0, 100)),
        ("% mass", (0, 100)),
        ("‰", (0, 1000)),
        ("aw", (0, 1)),
        ("mg/kg", (0, None)),
        ("E1% 1cm 440 nm, dry basis", (0, None)),
        ("", (0, None)),
    ],
)
def test_a_value_stays_on_the_scale_of_its_unit(unit, ends):
    assert possible_values(unit) == ends


def test_signs_of_a_unit_are_not_parted_at_the_end_of_a_line():
    with override("en"):
        told = measure_label("E1% 1cm 440 nm, dry basis").split(" ")

    assert told == ["E1%\N{NO-BREAK SPACE}1cm\N{NO-BREAK SPACE}440\N{NO-BREAK SPACE}nm,", "dry", "basis"]
