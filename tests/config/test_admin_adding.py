"""Every page of the administration that adds a row takes an empty form, and rubbish, without breaking."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DESKS = sorted(model._meta.label_lower for model in admin.site._registry)
RUBBISH = [
    "5",
    "-1",
    "true",
    "[[1]]",
    "x" * 300,
    "9" * 40,
    "NaN",
    "1e999",
    "ش" * 300,
    "\0",
    "2020-01-01",
    "on",
    "/a/",
]


@pytest.fixture
def officer(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    return client


def page_of(label):
    return reverse(f"admin:{label.replace('.', '_')}_add")


def fields_of(officer, label):
    """The names that the form of a page sends; none where nobody may add."""
    page = officer.get(page_of(label))
    if page.status_code != 200:
        return []
    shown = page.context["adminform"].form
    return [shown.add_prefix(name) for name in shown.fields]


def statuses(officer, label, bodies):
    """The answers that fail; what others add is undone."""
    found = []
    for body in bodies:
        with transaction.atomic():
            if (answer := officer.post(page_of(label), body)).status_code >= 500:
                found.append((str(body)[:60], answer.status_code))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("label", DESKS)
def test_empty_form_breaks_no_page_that_adds(officer, label):
    assert statuses(officer, label, [{}, {"_save": "1"}, {"_continue": "1"}]) == []


@pytest.mark.parametrize("label", DESKS)
def test_rubbish_breaks_no_page_that_adds(officer, label):
    fields = fields_of(officer, label)

    assert statuses(officer, label, [dict.fromkeys(fields, said) for said in RUBBISH]) == []
