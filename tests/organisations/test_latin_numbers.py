"""Numbers that were kept in Arabic digits are those that people compare today."""

from importlib import import_module

import pytest
from django.apps import apps

from moussem.organisations.models import Organisation
from tests.factories.organisations import OrganisationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_upgrade_writes_addresses_and_numbers_in_latin_digits_and_leaves_names():
    upgrade = import_module("moussem.organisations.migrations.0007_numbers_in_latin_digits")
    told = {"address": "١٢ زنقة\n٨٠٠٠٠", "registration_number": "٤٥/a", "tax_number": "۷"}
    kept = OrganisationFactory(name_ar="تعاونية ٣", **told)

    for _time in range(2):
        upgrade.write_in_latin(apps, None)

    found = Organisation.objects.get(pk=kept.pk)
    assert (found.name_ar, found.address) == ("تعاونية ٣", "12 زنقة\n80000")
    assert (found.registration_number, found.tax_number) == ("45/a", "7")
