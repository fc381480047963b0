import pytest
from django.core.management import call_command
from django.utils.translation import override

from catalogue.actions.reference import load_catalogue_reference, load_families, load_protected_names
from catalogue.models import (
    AttributeOption,
    Category,
    CertificateType,
    Concept,
    ConceptVersion,
    Family,
    LabField,
    LabLimit,
    ProductAttribute,
    ProtectedName,
)
from moussem.regions.actions import load_reference

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CAPERS = {
    "departments": [{"code": "pantry", "name": {"en": "Pantry", "fr": "Épicerie", "ar": "مؤونة"}}],
    "families": [
        {
            "code": "capers-of-taounate",
            "department": "pantry",
            "drawing": "olives-capers",
            "name": {"en": "Capers of Taounate", "fr": "Câpres de Taounate", "ar": "كبار تاونات"},
            "story": {"en": "Picked by hand.", "fr": "Cueillies à la main.", "ar": "تقطف باليد."},
            "units": ["kg"],
            "hs6": ["200190"],
            "allergens": ["sulphites"],
            "attributes": [
                {
                    "code": "calibre",
                    "name": {"en": "Calibre", "fr": "Calibre", "ar": "العيار"},
                    "type": "option",
                    "unit": "",
                    "required": True,
                    "options": [
                        {"code": "fine", "name": {"en": "Fine", "fr": "Fines", "ar": "رفيعة"}},
                        {"code": "capote", "name": {"en": "Capote", "fr": "Capote", "ar": "كابوت"}},
                    ],
                }
            ],
            "lab_fields": [
                {
                    "code": "salt",
                    "name": {"en": "Salt", "fr": "Sel", "ar": "ملح"},
                    "unit": "%",
                    "standard": "",
                    "parameter": "",
                }
            ],
        }
    ],
}
TABLES = (
    Category,
    Family,
    ProductAttribute,
    AttributeOption,
    LabField,
    CertificateType,
    ProtectedName,
    Concept,
    ConceptVersion,
)


def every_row():
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def test_reference_fills_every_table_and_says_so(capsys):
    load_reference()

    call_command("load_families")

    assert (Category.objects.count(), Family.objects.count()) == (8, 51)
    assert (CertificateType.objects.count(), ProtectedName.objects.count(), LabLimit.objects.count()) == (
        34,
        37,
        27,
    )
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_reference_twice_changes_nothing():
    load_reference()
    load_catalogue_reference()
    before = every_row()

    load_catalogue_reference()

    assert every_row() == before


def test_saffron_asks_what_its_family_file_says():
    load_reference()
    load_families()

    saffron = Family.objects.get(slug="saffron")

    assert saffron.department.slug == "spices-herbs"
    assert [code.pk for code in saffron.hs_codes.all()] == ["091020"]
    assert [one.code for one in saffron.attributes.all()] == ["form", "style_removed", "altitude_m", "drying"]
    form = saffron.attributes.get(code="form")
    assert [option.option_fr for option in form.option_group.options.all()] == [
        "Filaments entiers",
        "Filaments coupés",
        "Poudre",
    ]
    assert [field.code for field in saffron.lab_fields.all()] == [
        "crocin",
        "picrocrocin",
        "safranal",
        "moisture",
    ]


def test_protected_name_knows_the_provinces_it_allows():
    load_reference()
    load_catalogue_reference()

    taliouine = ProtectedName.objects.get(name="Safran de Taliouine")

    assert sorted(taliouine.provinces.values_list("pk", flat=True)) == ["MA-OUA", "MA-TAR"]


def test_a_new_family_needs_no_code():
    load_families(CAPERS)

    family = Family.objects.get(slug="capers-of-taounate")

    assert family.label == "Capers of Taounate"
    assert [option.label for option in family.attributes.get().option_group.options.all()] == [
        "Fine",
        "Capote",
    ]


def test_protected_names_are_read_in_arabic_and_else_as_they_are_registered():
    load_protected_names()
    name = ProtectedName.objects.get(name="Safran de Taliouine")

    told = []
    for language in ("en", "fr", "ar"):
        with override(language):
            told.append(name.label)

    assert told == ["Safran de Taliouine", "Safran de Taliouine", "زعفران تاليوين"]
    assert ProtectedName.objects.filter(name_ar="").count() == 0
