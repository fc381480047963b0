from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from moussem.core.templatetags.times import clock_of, place_of, with_zone, zone_of_page

pytestmark = pytest.mark.unit

NIGHT = datetime(2026, 11, 25, 20, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "sentence"),
    [
        ("Africa/Casablanca", SUMMER, "Times are in Casablanca time (UTC+1), unless another place is named."),
        ("Africa/Casablanca", NIGHT, "Times are in Casablanca time (UTC+0), unless another place is named."),
        (
            "America/St_Johns",
            NIGHT,
            "Times are in St. John’s time (UTC-3:30), unless another place is named.",
        ),
        ("Europe/London", NIGHT, "Times are in London time (UTC+0), unless another place is named."),
    ],
)
def test_page_says_once_by_which_clocks_its_hours_are_told(zone, at, sentence):
    with timezone.override(zone), time_machine.travel(at, tick=False), override("en"):
        assert zone_of_page() == sentence


def test_moment_read_away_from_the_site_bears_its_zone():
    with timezone.override("Asia/Kolkata"), override("en"):
        assert with_zone(NIGHT) == "26 November 2026, 02:00 (UTC+5:30)"


@pytest.mark.parametrize(
    ("language", "zone", "clock"),
    [
        ("en", "Africa/Casablanca", "Moroccan time"),
        ("fr", "Africa/Casablanca", "heure du Maroc"),
        ("ar", "Africa/Casablanca", "بالتوقيت المغربي"),
        ("en", "Asia/Tokyo", "Tokyo time"),
        ("fr", "Asia/Tokyo", "heure de Tokyo"),
    ],
)
def test_clock_is_named_for_the_brackets_behind_an_hour(language, zone, clock):
    with override(language):
        assert clock_of(zone) == clock


@pytest.mark.parametrize(
    ("language", "place"), [("en", "Casablanca"), ("fr", "Casablanca"), ("ar", "الدار البيضاء")]
)
def test_place_of_a_zone_is_named_in_the_readers_language(language, place):
    with override(language):
        assert place_of("Africa/Casablanca") == place
