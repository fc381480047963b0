"""The page of what changed in a programme keeps to one zone."""

import pytest
from django.urls import reverse

from fairs.sessions.models import Release
from tests.factories.people import UserFactory
from tests.factories.sessions import BEFORE, SessionFactory, release

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_changes_are_told_by_the_clocks_of_the_fair_alone(client):
    one = SessionFactory()
    release(one.edition)
    Release.objects.update(at=BEFORE, number=2)
    client.force_login(UserFactory(time_zone="Asia/Tokyo"))

    shown = client.get(reverse("fairs:programme_changes", args=[one.edition.slug])).content.decode()

    # Noon in Greenwich is noon in Casablanca, and nine in the evening in Tokyo.
    assert [word in shown for word in ("12:00", "Monday 6 May, 10:00", "21:00", "Tokyo")] == [
        True,
        True,
        False,
        False,
    ]
    assert "Moroccan time (" in shown
