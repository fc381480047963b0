"""Which desks the administration has besides ours."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import reverse

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
