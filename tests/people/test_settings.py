import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.core.models import LogEntry
from moussem.people.middleware import PreferencesMiddleware
from tests.factories.people import UserFactory
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WANTED = {"first_name": "Zahra", "last_name": "Ait", "language": "ar", "time_zone": "Asia/Tokyo"}


def test_language_chosen_in_the_settings_is_the_one_served():
    user, client = UserFactory(language="en"), Client()
    client.force_login(user)

    answer = send(client, reverse("people:settings"), WANTED)

    assert answer.url == "/ar/settings/"
    page = client.get(answer.url).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert client.get("/settings/").url == "/ar/settings/"
    client.post(reverse("account_logout"))
    assert client.get("/settings/").url == "/ar/settings/"
    user.refresh_from_db()
    assert {name: getattr(user, name) for name in WANTED} == WANTED
    assert LogEntry.objects.get().facts == {"changed": list(WANTED)}


def test_preference_wins_over_the_browser_and_the_address_over_both(client):
    client.force_login(UserFactory(language="fr"))
    browser = {"accept-language": "ar"}

    assert client.get("/settings/", headers=browser).url == "/fr/settings/"
    assert 'lang="en"' in client.get("/en/settings/", headers=browser).content.decode()


def test_hours_are_those_of_the_person(rf):
    def page(request):
        return HttpResponse(timezone.get_current_timezone_name())

    request = rf.get("/en/")
    request.user = UserFactory(time_zone="Asia/Tokyo")

    assert PreferencesMiddleware(page)(request).content == b"Asia/Tokyo"
    assert timezone.get_current_timezone_name() == "Africa/Casablanca"


@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"first_name": "x" * 151}]
)
def test_wrong_setting_is_refused_and_nothing_changes(client, wrong):
    user = UserFactory()
    client.force_login(user)

    answer = send(client, reverse("people:settings"), WANTED | wrong)

    assert list(answer.context["form"].errors) == list(wrong)
    again = type(user).objects.get(pk=user.pk)
    assert (again.language, again.time_zone, again.first_name) == ("en", "Africa/Casablanca", "Amina")
    assert LogEntry.objects.count() == 0


def test_settings_are_for_people_signed_in(client):
    for name in ("people:settings", "people:security"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_security_page_says_what_is_on(client):
    user = UserFactory()
    client.force_login(user)

    page = client.get(reverse("people:security")).content.decode()

    assert user.email in page
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "account_change_password", "account_email"):
        assert reverse(name) in page


def test_pages_of_a_person_stay_out_of_caches(client):
    client.force_login(UserFactory())

    assert client.get(reverse("people:settings"))["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get(reverse("basket:summary"))["Cache-Control"]


def test_sign_out_empties_the_cache_of_the_browser(client):
    client.force_login(UserFactory())

    assert client.post(reverse("account_logout"), secure=True)["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get(reverse("home"), secure=True)
