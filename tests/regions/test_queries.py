import pytest

from moussem.regions.actions import load_reference
from moussem.regions.models import Country, Province
from moussem.regions.queries import (
    all_countries,
    all_regions,
    hs_codes_matching,
    hs_subheadings,
    markets,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def reference(db):
    load_reference()


def codes(queryset):
    return list(queryset.values_list("pk", flat=True))


def test_provinces_of_a_region_are_all_of_it_and_nothing_else():
    assert set(codes(Province.objects.filter(region="MA-12"))) == {"MA-OUD", "MA-AOU"}


def test_quake_provinces_are_six():
    assert set(codes(Province.objects.filter(quake_2023=True))) == {
        "MA-HAO",
        "MA-CHI",
        "MA-TAR",
        "MA-OUA",
        "MA-AZI",
        "MA-MAR",
    }


def test_regions_are_twelve_in_their_order():
    assert codes(all_regions()) == [f"MA-{number:02}" for number in range(1, 13)]


def test_markets_leave_out_morocco():
    assert set(codes(all_countries())) - set(codes(markets())) == {"MA"}


def test_agreements_of_a_country_are_those_it_is_party_to():
    assert set(Country.objects.get(pk="AE").agreements) == {"AE-FTA-2003", "GAFTA-1998"}


@pytest.mark.parametrize("text", ["0910.20", "091020", "0910 20", "safran", "saffron", "الزعفران"])
def test_saffron_is_found_by_code_or_by_name(text):
    assert "091020" in codes(hs_codes_matching(text))


def test_terroir_comes_before_the_rest_of_the_nomenclature():
    found = list(hs_codes_matching("oil"))

    marked = [bool(code.category) for code in found]
    assert marked == sorted(marked, reverse=True)
    assert any(marked) and not all(marked)


def test_every_word_must_be_found():
    assert codes(hs_codes_matching("saffron locomotive")) == []


@pytest.mark.parametrize("text", ["", "   ", "\0", "...", "%%%", "_%'\"\\"])
def test_meaningless_text_finds_nothing_and_does_not_fail(text):
    assert codes(hs_codes_matching(text)) == []


def test_only_six_digit_codes_are_offered():
    assert {len(code) for code in codes(hs_codes_matching("09"))} == {6}
    assert hs_subheadings().count() == 5612
