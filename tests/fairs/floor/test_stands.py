"""A seller finds every fair at which it stands, and its desk there."""

import pytest
from django.urls import reverse

from fairs.floor.actions import allot_booth
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
    assert ("Booth <bdi>B2</bdi>" in shown, "You applied to no fair yet" in shown) == (True, False)
