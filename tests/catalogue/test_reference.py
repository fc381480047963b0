"""The reference files of the catalogue hold together, with each other and with the nomenclature."""

import csv
import json
import keyword
import re
from pathlib import Path

import pytest

import catalogue
from catalogue.states import CertificateKind
from moussem import regions

pytestmark = pytest.mark.unit

REFERENCE = Path(catalogue.__file__).parent / "reference"
CATALOGUE = json.loads((REFERENCE / "families.json").read_text(encoding="utf-8"))
FAMILIES = {family["code"]: family for family in CATALOGUE["families"]}
DRAWINGS = {file.stem for file in (REFERENCE.parent / "static/catalogue/drawings").glob("*.svg")}
ALLERGENS = """
gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin
molluscs
"""
UNITS = {"g", "kg", "L", "unit", "pair", "bunch", "tin", "m2"}
TYPES = {"text", "integer", "float", "boolean", "option", "multi_option", "date"}


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def every_name():
    for thing in [*CATALOGUE["departments"], *FAMILIES.values()]:
        yield thing["code"], thing["name"]
    for code, family in FAMILIES.items():
        yield f"{code} story", family["story"]
        for field in [*family["attributes"], *family["lab_fields"]]:
            yield f"{code} {field['code']}", field["name"]
            for option in field.get("options", []):
                yield f"{code} {field['code']} {option['code']}", option["name"]


def test_every_text_is_there_in_three_languages():
    wrong = [
        place for place, name in every_name() if set(name) != {"en", "fr", "ar"} or not all(name.values())
    ]

    assert wrong == []


def test_arabic_is_written_in_arabic():
    bare = {name["ar"] for _, name in every_name() if not re.search(r"[\u0621-\u064a]", name["ar"])}

    assert bare == set()


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_family_uses_known_words_only(family):
    assert family["department"] in {department["code"] for department in CATALOGUE["departments"]}
    assert family["drawing"] in DRAWINGS
    assert set(family["units"]) <= UNITS and family["units"]
    assert set(family["allergens"]) <= set(ALLERGENS.split())
    assert {attribute["type"] for attribute in family["attributes"]} <= TYPES


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_codes_of_a_family_are_unique_and_usable(family):
    attributes = [attribute["code"] for attribute in family["attributes"]]
    fields = [field["code"] for field in family["lab_fields"]]
    options = [[option["code"] for option in attribute["options"]] for attribute in family["attributes"]]

    assert [codes for codes in (attributes, fields, *options) if len(set(codes)) != len(codes)] == []
    # An attribute's code becomes a Python name in Oscar.
    assert [code for code in attributes if not code.isidentifier() or keyword.iskeyword(code)] == []


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_closed_questions_and_only_they_have_options(family):
    closed = {a["code"]: a["type"] in ("option", "multi_option") for a in family["attributes"]}

    assert {a["code"]: bool(a["options"]) for a in family["attributes"]} == closed


def test_suggested_codes_are_subheadings_of_the_nomenclature():
    known = rows(Path(regions.__path__[0]) / "reference" / "hs2022_full.csv")
    subheadings = {row["hs"] for row in known if row["level"] == "6"}

    unknown = {code for family in FAMILIES.values() for code in family["hs6"]} - subheadings
    assert unknown == set()
    assert [family["code"] for family in FAMILIES.values() if not family["hs6"]] == []


def test_standards_are_quoted_to_the_letter_and_all_used():
    limits = {(r["standard"], r["parameter"], r["unit"]) for r in rows(REFERENCE / "lab_standards.csv")}
    quoted = {
        (field["standard"], field["parameter"], field["unit"])
        for family in FAMILIES.values()
        for field in family["lab_fields"]
        if field["standard"]
    }

    assert quoted == limits


def test_every_demonstration_product_has_a_family():
    mapped = rows(REFERENCE / "demo_families.csv")

    assert (len(mapped), len({row["product"] for row in mapped})) == (68, 68)
    assert {row["family"] for row in mapped} - set(FAMILIES) == set()


def test_every_kind_of_certificate_has_a_name_in_each_language():
    kinds = {row["type"] for row in rows(REFERENCE / "certifications.csv")}

    assert kinds == set(CertificateKind.values)
