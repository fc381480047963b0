from io import StringIO

import pytest
from django.core.management import call_command

from moussem.regions.actions import load_reference
from moussem.regions.models import Country, HsCode, Province, Region, TradeAgreement

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TABLES = (Region, Province, TradeAgreement, Country, HsCode)
COUNTS = {"Region": 12, "Province": 75, "TradeAgreement": 10, "Country": 127, "HsCode": 6938}


def every_row():
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def test_load_fills_every_table_and_says_so():
    said = []

    assert load_reference(progress=said.append) == COUNTS
    assert len(said) == 5
    assert [model.objects.count() for model in TABLES] == list(COUNTS.values())


def test_load_twice_changes_nothing():
    load_reference()
    before = every_row()

    load_reference()

    assert every_row() == before


def test_load_puts_an_altered_row_back():
    load_reference()
    Region.objects.filter(pk="MA-09").update(name_fr="Ailleurs")

    load_reference()

    assert Region.objects.get(pk="MA-09").name_fr == "Souss-Massa"


def test_leading_zeros_are_kept_down_the_nomenclature():
    load_reference()

    saffron = HsCode.objects.get(pk="091020")
    assert (saffron.dotted, saffron.parent_id, saffron.parent.parent_id) == ("0910.20", "0910", "09")
    assert (saffron.parent.dotted, saffron.parent.parent.parent) == ("0910", None)


def test_provinces_are_in_their_true_region():
    load_reference()

    regions = dict(Province.objects.values_list("pk", "region_id"))
    assert (regions["MA-NOU"], regions["MA-CHT"]) == ("MA-06", "MA-09")


def test_province_flags_come_from_the_file():
    load_reference()

    flags = ("quake_2023", "saffron", "argan", "kind")
    assert Province.objects.values_list(*flags).get(pk="MA-TAR") == (True, True, True, "province")
    assert Province.objects.values_list(*flags).get(pk="MA-TNG") == (False, False, False, "prefecture")


def test_country_keeps_its_lists_and_unknowns():
    load_reference()

    morocco, japan = Country.objects.get(pk="MA"), Country.objects.get(pk="JP")
    assert (morocco.languages, morocco.time_zones) == (["ar", "zgh", "fr"], ["Africa/Casablanca"])
    assert (japan.afcfta_gti_2022_23, japan.afcfta_deposit_date, japan.afcfta_status) == (None, None, "")


def test_command_prints_what_is_in_place():
    out = StringIO()

    call_command("load_reference", stdout=out)

    assert "7162 reference rows in place." in out.getvalue()
