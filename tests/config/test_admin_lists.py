"""Every list of the administration opens, is searched, and takes what nobody would type."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LISTS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.fixture
def officer(client):
    """A client signed in as a superuser."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def list_of(label):
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


@pytest.mark.parametrize("label", LISTS)
@pytest.mark.parametrize(("query", "status"), [("?q=a", 200), ("?q=%00", 400)])
def test_list_of_the_administration_is_searched(officer, label, query, status):
    answer = officer.get(list_of(label) + query, follow=True)

    assert answer.status_code == status


@pytest.mark.parametrize("label", LISTS)
def test_action_on_a_row_that_cannot_be_changes_nothing(officer, label):
    for chosen in ("a\0b", "x", "9" * 40):
        data = {"action": "delete_selected", "_selected_action": chosen}

        assert officer.post(list_of(label), data).status_code in (200, 302, 403, 404)
