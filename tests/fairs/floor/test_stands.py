"""A seller finds every fair at which it stands, and its desk there."""

import re

import pytest
from django.urls import reverse

from fairs.floor.actions import add_person, allot_booth
from fairs.floor.queries import stands_of
from tests.factories.floor import booth, exhibitor, fair

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_fair_without_an_application_stands_in_the_list_with_booth_and_desk(client):
    scene = fair()
    one = exhibitor(scene.edition)
    allot_booth(booth(scene, "B2"), one, actor=scene.organiser)
    client.force_login(one.owner)

    shown = client.get(reverse("fairs:applications")).content.decode()

    assert [(each.edition, each.booth_number) for each in stands_of(one.organisation)] == [
        (scene.edition, "B2")
    ]
    assert reverse("fairs:booth_desk", args=[scene.edition.slug]) in shown
    assert ("Your booth B2" in shown, "You applied to no fair yet" in shown) == (True, False)


def test_what_a_desk_takes_away_is_asked_about_first(client):
    scene = fair()
    one = exhibitor(scene.edition)
    add_person(one, actor=one.owner, name="Amina", languages=["ar"])
    client.force_login(one.owner)

    shown = client.get(reverse("fairs:booth_desk", args=[scene.edition.slug])).content.decode()

    asked = re.search(r'<details class="ask">.*?</details>', shown, re.S).group()
    before, after = asked.split("</summary>")
    assert ("<form" in before, "Take Amina off the page" in after, "<form" in after) == (False, True, True)
