"""What an editor sets for the editors' rooms and what not; where the links of their home lead."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.pages import article, region_page
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration
ROLES = ["Authors", "Editors", "Translators", "Publishers", "Correspondents"]
ACCOUNT = "/editors/account/"
# Somebody who follows it is signed out.
SIGN_OUT = reverse("wagtailadmin_logout")


def person_of(role, **told):
    if role == "Correspondents":
        person = correspondent_of(region_page().region)
        for name, value in told.items():
            setattr(person, name, value)
        person.save()
        return person
    return member_of(role, **told)


def links_of(text):
    """Where a page of the house leads on this site, its menu of scripts included."""
    found = re.findall(r'<a [^>]*href="([^"]*)"', text)
    (menu,) = re.findall(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', text, re.DOTALL)
    found += [one for one in strings_in(json.loads(menu)) if one.startswith("/")]
    pages = {unescape(one).partition("#")[0] for one in found if one.startswith("/")}
    return {one for one in pages if not one.startswith("/static/")}


def strings_in(value):
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_home_of_editors_answers(house, role):
    person = person_of(role)
    article(live=False, owner=person)
    browser = browser_of(person)

    links = links_of(browser.get(reverse("wagtailadmin_home")).text) - {SIGN_OUT}

    assert ACCOUNT in links
    answered = {link: browser.get(link, follow=True).status_code for link in links}
    assert {link: code for link, code in answered.items() if code != 200} == {}


@pytest.mark.parametrize("role", ROLES)
def test_editor_sets_letters_and_looks_there_and_nothing_of_the_account(house, role):
    person = person_of(role, language="en")
    text = browser_of(person).get(ACCOUNT).text

    fields = set(re.findall(r'<(?:input|select)[^>]* name="([a-z]+)-[a-z_]+"', text))
    assert fields == {"notifications", "theme"}


def test_letter_that_an_editor_does_not_want_is_kept_as_unwanted(house):
    person, other = member_of("Editors", language="en"), member_of("Editors")
    UserProfile.get_for_user(other)
    kept = {"notifications-approved_notifications": "on", "notifications-rejected_notifications": "on"}
    looks = {"theme-theme": "dark", "theme-density": "default", "theme-contrast": "system"}

    answer = browser_of(person).post(ACCOUNT, {**kept, **looks})

    assert (answer.status_code, answer.headers.get("Location")) == (302, ACCOUNT)
    told = UserProfile.objects.values_list(
        "user", "submitted_notifications", "approved_notifications", "theme"
    ).order_by("user")
    assert list(told) == [(person.pk, False, True, "dark"), (other.pk, True, True, "system")]


def test_who_somebody_is_is_not_changed_there(house):
    person = member_of("Editors", language="en", email="nadia@example.org")
    password = {"password-old_password": PASSWORD, "password-new_password1": "another-Word-9"}
    typed = {
        "name_email-email": "evil@example.org",
        "name_email-first_name": "X",
        "name_email-last_name": "Y",
    }
    typed |= {"locale-preferred_language": "fr", "avatar-avatar": "", **password}

    browser_of(person).post(ACCOUNT, {**typed, "theme-theme": "nothing like it"})

    person.refresh_from_db()
    assert (person.email, person.check_password(PASSWORD)) == ("nadia@example.org", True)
    assert UserProfile.get_for_user(person).theme == "system"
    assert UserProfile.get_for_user(person).preferred_language == ""


def test_who_does_not_work_in_the_house_sets_nothing_there(client, house):
    assert client.get(ACCOUNT)["Location"] == f"{reverse('account_login')}?next=/editors/account/"

    stranger = UserFactory()
    answer = browser_of(stranger).post(ACCOUNT, {"theme-theme": "dark"})

    assert answer.status_code == 403
    assert UserProfile.objects.filter(user=stranger).exists() is False
