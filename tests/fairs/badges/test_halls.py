"""Doors of halls: who is in which hall, and what is counted at each door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.badges.actions import keep_scans
from fairs.badges.models import Door
from fairs.badges.presence import counts_at_doors
from fairs.badges.queries import conflicts_of, entries_by_hour, inside_by_role
from fairs.models import Hall
from tests.factories.badges import badge_of, door_of, keeper_of, named, running, sending, told
from tests.factories.fairs import who_runs
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def hall_of(edition, name, position=0):
    names = {f"name_{language}": name for language in ("en", "fr", "ar")}
    return Hall.objects.create(edition=edition, position=position, width=100, height=100, **names)


@pytest.fixture
def scene(time_machine_at_noon):
    edition = running()
    halls = [hall_of(edition, name, place) for place, name in enumerate(("Hall A", "Hall B"))]
    doors = [door_of(edition, f"Door of {hall.name_en}", hall=hall) for hall in halls]
    return edition, doors, keeper_of(edition)


def outcomes(edition, keeper, *scans, **more):
    kept = keep_scans(edition, sending(*scans, **more), actor=keeper)
    return [(kept[one["key"]].outcome, kept[one["key"]].code) for one in scans]


def walked(edition, keeper, badge, doors, minutes):
    """What a badge is told at one door after the other, so many minutes apart."""
    said = []
    for walks, door in enumerate(doors):
        now = timezone.now() + walks * timedelta(minutes=minutes)
        kept = keep_scans(edition, sending(told(door, badge.number)), actor=keeper, now=now)
        said += [(one.outcome, one.code) for one in kept.values()]
    return said


def counted(edition):
    """By the name of the place: inside, entered, left."""
    return {
        str(place.hall.label if place.hall else "all"): (place.inside, place.entered, place.left)
        for place in counts_at_doors(edition)
        if place.hall or not place.doors
    }


def test_another_hall_is_no_second_entry_and_the_same_hall_is(scene):
    edition, (first, second), keeper = scene
    badge = badge_of(edition)

    said = walked(edition, keeper, badge, (first, second, second, first), minutes=5)

    assert said == [("in", "in"), ("again", "hall"), ("refused", "inside"), ("again", "hall")]
    badge.refresh_from_db()
    assert badge.inside_by == first
    assert (inside_by_role(edition)["press"], conflicts_of(edition).count()) == (1, 0)


def test_badge_that_is_in_two_halls_sooner_than_a_walk_is_let_in_and_shown_to_the_organiser(client, scene):
    edition, (first, second), keeper = scene
    badge = badge_of(edition)

    said = walked(edition, keeper, badge, (first, second, first), minutes=1)

    assert said == [("in", "in"), ("again", "quick"), ("again", "quick")]
    client.force_login(who_runs(edition))
    page = client.get(reverse("fairs:badges", args=[edition.slug]))
    assert [(one.badge, one.door) for one in page.context["conflicts"]] == [(badge, first), (badge, second)]
    assert (
        f"by \u2068{second.label}\u2069 without leaving: sooner than anybody walks" in page.content.decode()
    )
    assert sum(hour.entries for hour in entries_by_hour(edition)) == 1
    assert counted(edition) == {"all": (1, 1, 0), "Hall A": (1, 2, 1), "Hall B": (0, 1, 1)}


def test_each_hall_and_door_counts_who_is_inside_entered_and_left(scene):
    edition, (first, second), keeper = scene
    stays, moves, leaves = (badge_of(edition, name) for name in ("Salma", "Omar", "Itto"))
    for badge in (stays, moves, leaves):
        outcomes(edition, keeper, told(first, badge.number))
    outcomes(edition, keeper, told(second, moves.number))
    outcomes(edition, keeper, told(first, leaves.number, "out"))

    assert counted(edition) == {"all": (2, 3, 1), "Hall A": (1, 3, 2), "Hall B": (1, 1, 0)}
    doors = {
        one.door: (one.inside, one.entered, one.left)
        for place in counts_at_doors(edition)
        for one in place.doors
    }
    assert doors == {first: (1, 3, 1), second: (1, 1, 0)}
    assert sum(hour.entries for hour in entries_by_hour(edition)) == 3


def test_whoever_leaves_a_hall_stays_in_the_edition_by_its_main_entrance(scene):
    edition, (first, _second), keeper = scene
    main, badge = door_of(edition, "Main entrance"), badge_of(edition)

    said = [
        outcomes(edition, keeper, told(door, badge.number, way))[0][1]
        for door, way in ((main, "in"), (first, "in"), (first, "out"), (main, "in"), (main, "out"))
    ]

    assert said == ["in", "hall", "out", "inside", "out"]
    badge.refresh_from_db()
    assert (badge.inside_since, badge.inside_by) == (None, None)


def test_walk_that_devices_without_a_network_tell_late_is_no_conflict(scene):
    edition, (first, second), keeper = scene
    badge = badge_of(edition)
    badge.issued_at = timezone.now() - timedelta(days=1)
    badge.save(update_fields=["issued_at"])
    earlier = [timezone.now() - timedelta(minutes=minutes) for minutes in (40, 30)]

    outcomes(edition, keeper, told(second, badge.number, at=earlier[1], shown="in"), device="b")
    outcomes(edition, keeper, told(first, badge.number, at=earlier[0], shown="in"), device="a")

    assert conflicts_of(edition).count() == 0
    assert counted(edition)["all"] == (1, 1, 0)


def test_organiser_says_into_which_hall_a_door_leads(client, scene):
    edition, (first, _second), _keeper = scene
    other = hall_of(running(), "Elsewhere")
    client.force_login(who_runs(edition))
    typed = {**named("East door"), "hall": first.hall_id, "early_minutes": "90"}
    there = reverse("fairs:open_door", args=[edition.slug])

    client.post(there, typed)
    refused = client.post(there, {**typed, **named("West door"), "hall": other.pk})

    assert Door.objects.get(name_en="East door").hall == first.hall
    assert refused.context["form"].errors == {"hall": ["Choose a hall of this edition."]}

    page = reverse("fairs:change_door", args=[edition.slug, Door.objects.get(name_en="East door").pk])
    assert send(client, page, {"early_minutes": "30"}).status_code == 302
    kept = Door.objects.get(name_en="East door")
    assert (kept.hall, kept.early_minutes) == (first.hall, 30)


@pytest.mark.parametrize("doors", [1, 3])
def test_doors_take_as_many_queries_for_three_as_for_one(client, doors, django_assert_num_queries):
    edition = running()
    for number in range(doors):
        door_of(edition, f"Door {number}", hall=hall_of(edition, f"Hall {number}", number))
    client.force_login(who_runs(edition))

    with django_assert_num_queries(12):
        client.get(reverse("fairs:doors", args=[edition.slug]))
