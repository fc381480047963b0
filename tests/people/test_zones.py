import zoneinfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from moussem.people.zones import listed_zone, zone_choices
from tests.factories.people import UserFactory
from tests.sent_forms import send

pytestmark = pytest.mark.integration


def offered(language):
    """The listed zones with their towns, in a language."""
    with override(language):
        return [zone for _continent, zones in zone_choices() for zone in zones]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_town_is_offered_twice(language):
    names, towns = zip(*offered(language), strict=True)

    assert (len(set(names)), len(set(towns))) == (len(names), len(towns))
    assert {"Asia/Kolkata", "Europe/Kyiv"} <= set(names)
    assert {"Asia/Calcutta", "Europe/Kiev"} & set(names) == set()


def test_towns_are_named_in_the_readers_language():
    names = ("Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "America/Argentina/Buenos_Aires")

    assert [dict(offered("en"))[name] for name in names] == ["Casablanca", "Cairo", "Kolkata", "Buenos Aires"]
    assert [dict(offered("fr"))[name] for name in names[:2]] == ["Casablanca", "Le Caire"]
    assert [dict(offered("ar"))[name] for name in names[:3]] == ["الدار البيضاء", "القاهرة", "كالكتا"]


def test_every_zone_of_a_town_is_listed_under_one_of_its_names():
    names = {name for name, _town in offered("en")}
    towns = {name for name in zoneinfo.available_timezones() if name.startswith(("Africa/", "Asia/"))}

    assert {listed_zone(name) for name in towns} - names == set()


@pytest.mark.django_db
def test_zone_kept_under_an_older_name_is_still_the_chosen_one(client):
    user = UserFactory(time_zone="Asia/Calcutta")
    client.force_login(user)
    address, typed = reverse("people:settings"), {"language": "en", "first_name": "Z", "last_name": "A"}

    assert 'value="Asia/Kolkata" selected' in client.get(address).content.decode()
    send(client, address, typed, time_zone="Asia/Calcutta")

    user.refresh_from_db()
    assert user.time_zone == "Asia/Kolkata"


def test_parts_of_the_world_begin_near_morocco():
    with override("en"):
        assert [part for part, _zones in zone_choices()][:3] == ["Africa", "Europe", "Asia"]
