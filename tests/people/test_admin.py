import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_admin_has_no_sign_in_of_its_own():
    """It would ask for no second step, and let passwords be guessed without a limit."""
    staff = UserFactory(is_staff=True, is_superuser=True)
    browser = Client()

    asked = browser.get("/admin/login/", {"next": "/admin/"})
    tried = browser.post("/admin/login/", {"username": staff.email, "password": PASSWORD, "next": "/admin/"})

    assert asked["Location"].startswith(reverse("account_login"))
    assert tried["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in browser.session


def test_staff_comes_to_the_admin_by_the_site_s_sign_in(client):
    staff = UserFactory(is_staff=True, is_superuser=True)

    sent = client.post(
        f"{reverse('account_login')}?next=/admin/", {"login": staff.email, "password": PASSWORD}
    )

    assert sent["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
