"""Every list of the administration opens with each choice of each of its filters."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FILTERED = sorted(model._meta.label_lower for model, desk in admin.site._registry.items() if desk.list_filter)


@pytest.mark.parametrize("label", FILTERED)
def test_every_choice_of_every_filter_of_a_list_opens(client, label):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    # Rows that some filters offer as choices.
    CertificateFactory(products=[ProductFactory()])
    address = reverse(f"admin:{label.replace('.', '_')}_changelist")

    found = client.get(address).context["cl"]
    choices = [choice["query_string"] for spec in found.filter_specs for choice in spec.choices(found)]

    assert {choice: client.get(address + choice).status_code for choice in choices} == dict.fromkeys(
        choices, 200
    )
