"""A door is called in the language of whoever reads of it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from fairs.badges.actions import change_door, keep_scans, open_door
from fairs.badges.errors import DoorNameTaken
from fairs.badges.models import Door, Scan
from fairs.badges.words import sentence_of
from moussem.core.models import LogEntry
from tests.factories.badges import badge_of, door_of, keeper_of, running, sending, told
from tests.factories.fairs import who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

EAST = {"name_en": "East door", "name_fr": "Porte est", "name_ar": "الباب الشرقي"}


@pytest.fixture
def edition():
    return running()


def entered_twice(edition):
    door, badge, keeper = door_of(edition, **EAST), badge_of(edition), keeper_of(edition)
    for _time in range(2):
        keep_scans(edition, sending(told(door, badge.number)), actor=keeper)
    return door, badge, keeper


@pytest.mark.parametrize(
    ("language", "name"), [("en", "East door"), ("fr", "Porte est"), ("ar", "الباب الشرقي")]
)
def test_answer_names_the_door_in_the_language_of_its_reader(edition, language, name):
    entered_twice(edition)
    scan = Scan.objects.get(outcome="refused")

    with override(language):
        said = sentence_of(scan.code, scan.about, edition.time_zone)

    assert f"\u2068{name}\u2069" in said


def test_scan_of_before_keeps_the_one_name_it_had():
    assert "\u2068Hall 1\u2069" in sentence_of("inside", {"since": 0, "door": "Hall 1"}, "UTC")


def test_device_keeps_doors_and_passages_in_its_own_language(client, edition):
    _door, badge, keeper = entered_twice(edition)
    keeper.language = "ar"
    keeper.save()
    client.force_login(keeper)

    with override("ar"):
        bundle = client.get(reverse("fairs:door_bundle", args=[edition.slug])).json()

    assert [one["name"] for one in bundle["doors"]] == [EAST["name_ar"]]
    assert [passage[2] for passage in bundle["passages"][str(badge.serial)]] == [EAST["name_ar"]]


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_two_doors_have_another_name_in_every_language(edition, code, refused):
    runs = {"actor": who_runs(edition)}
    open_door(edition, **EAST, **runs)
    west = {"name_en": "West door", "name_fr": "Porte ouest", "name_ar": "الباب الغربي"}
    other = open_door(edition, **west, **runs)
    same = {**west, f"name_{code}": EAST[f"name_{code}"].upper()}

    refused(DoorNameTaken, change_door, other, **same, **runs)
    refused(DoorNameTaken, open_door, edition, **same, **runs)


def test_door_that_was_closed_opens_again_under_any_of_its_names(edition):
    runs = {"actor": who_runs(edition)}
    closed = door_of(edition, **EAST, left_at=edition.created_at)

    opened = open_door(edition, **{**EAST, "name_en": "Eastern door"}, **runs)

    assert (opened, opened.left_at, Door.objects.count()) == (closed, None, 1)
    assert LogEntry.objects.get(verb="door_opened").facts["door"] == {
        "en": "Eastern door",
        "fr": EAST["name_fr"],
        "ar": EAST["name_ar"],
    }
