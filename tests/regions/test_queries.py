import pytest

from moussem.regions.actions import load_reference
from moussem.regions.models import Country, Province
from moussem.regions.queries import (
    all_countries,
    all_regions,
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


def test_only_six_digit_codes_are_offered():
    assert {len(code) for code in codes(hs_subheadings())} == {6}
    assert hs_subheadings().count() == 5612
