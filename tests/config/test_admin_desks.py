"""Which desks the administration has besides ours."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse
from django.utils.functional import Promise

from moussem.config.apps import NEEDED, OURS
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_no_desk_is_open_that_nobody_needs():
    others = {
        model._meta.label_lower
        for model, desk in admin.site._registry.items()
        if type(desk).__module__.partition(".")[0] not in OURS
    }

    assert others == NEEDED


# Written alike in every language.
ALIKE = {"IBAN", "BIC"}


def names_shown(desk, request):
    """The fields of the database that a desk and what stands beside its rows show."""
    for part in (desk, *desk.get_inline_instances(request)):
        shown = {*flatten_fieldsets(part.get_fieldsets(request)), *getattr(part, "list_display", ())}
        own = {field.name: field for field in part.model._meta.get_fields() if hasattr(field, "verbose_name")}
        yield from (own[name] for name in shown & own.keys())


def test_every_field_that_officers_see_has_a_name_in_their_language(rf):
    request = rf.get("/admin/")
    request.user = UserFactory(is_staff=True, is_superuser=True)
    ours = [desk for desk in admin.site._registry.values() if type(desk).__module__.split(".")[0] in OURS]

    unnamed = {
        str(field)
        for desk in ours
        for field in names_shown(desk, request)
        if not isinstance(field.verbose_name, Promise) and field.verbose_name not in ALIKE
    }

    assert unnamed == set()


def test_lost_second_step_is_taken_away_and_its_secret_is_never_shown(client):
    lost = Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    pages = [
        reverse("admin:mfa_authenticator_changelist"),
        reverse("admin:mfa_authenticator_change", args=[lost.pk]),
    ]
    shown = [client.get(page) for page in pages]
    added = client.get(reverse("admin:mfa_authenticator_add"))
    client.post(
        reverse("admin:mfa_authenticator_delete", args=[lost.pk]),
        {"post": "yes", "reason": "Telephone lost."},
    )

    assert [answer.status_code for answer in (*shown, added)] == [200, 200, 403]
    assert ["JBSWY3DPEHPK3PXP" in answer.content.decode() for answer in shown] == [False, False]
    assert Authenticator.objects.count() == 0
