"""What runs the site is for superusers: no role of the house opens it, whatever number is in the address."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Site, Task, Workflow

from cms.staff.roles import ROLES
from tests.factories.pages import home, region_page
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, correspondent_of, member_of
from tests.isolation.watching import state_of_the_database

pytestmark = pytest.mark.integration

# The rooms of who runs the site, with what the numbers in their addresses are of.
SUPERUSERS = {
    "wagtailadmin_collections": lambda: Collection.objects.exclude(depth=1),
    "wagtailadmin_workflows": lambda: Workflow.objects,
    "wagtaillocales": lambda: Locale.objects,
    "wagtailredirects": lambda: Redirect.objects,
    "wagtailsites": lambda: Site.objects,
    "wagtailusers_groups": lambda: Group.objects,
    "wagtailusers_users": lambda: get_user_model().objects,
}
# The rooms of the roles, each within what is its own: tests/cms/desk/test_confining.py walks them.
ROLES_ROOMS = {
    "edition_chooser",
    "hs_chooser",
    "product_chooser",
    "wagtail_localize",
    "wagtailadmin_api",
    "wagtailadmin_editing_sessions",
    "wagtailadmin_pages",
    "wagtailadmin_reports",
    "wagtaildocs",
    "wagtaildocs_chooser",
    "wagtailembeds",
    "wagtailforms",
    "wagtailimages",
    "wagtailimages_chooser",
    "wagtailsnippetchoosers_cms_menulink",
    "wagtailsnippets",
    "wagtailsnippets_cms_menulink",
}


def rooms():
    """The rooms of the house, each with its addresses; those of programs have a room in their room."""
    found = (one for one in get_resolver("cms.desk.urls").url_patterns if isinstance(one, URLResolver))
    named = {
        one.namespace or getattr(one.url_patterns[0], "namespace", ""): one.url_patterns for one in found
    }
    # Without a name: a forgotten password, which is for whoever knocks.
    return {name: patterns for name, patterns in named.items() if name}


def addresses():
    """Every address of the rooms of superusers, of something that is there."""
    for room, things in SUPERUSERS.items():
        number = things().order_by("pk").first().pk
        words = {
            "app_label": "wagtailcore",
            "model_name": "groupapprovaltask",
            "page_pk": home("en").pk,
            "task_id": Task.objects.order_by("pk").first().pk,
        }
        for one in rooms()[room]:
            named = words["task_id"] if one.name.endswith("_task") else number
            told = {word: words.get(word, named) for word in one.pattern.regex.groupindex}
            yield reverse(f"{room}:{one.name}", kwargs=told)


def reached(browser, address):
    """Whether reading an address, or sending to it, leads anywhere but back or nowhere."""
    answers = browser.get(address), browser.post(address, {"name": "Ours now"})
    back = [one.status_code == 302 and one["Location"] == "/editors/" for one in answers]
    nothing = [one.status_code in (403, 404, 405) for one in answers]
    return not all(map(any, zip(back, nothing, strict=True)))


@pytest.fixture
def site(house):
    """A site with one of everything that superusers keep."""
    UserFactory()
    Redirect.objects.create(old_path="/old", redirect_link="/en/")
    return region_page()


def test_every_room_is_of_superusers_or_of_the_roles():
    assert set(rooms()) == set(SUPERUSERS) | ROLES_ROOMS


@pytest.mark.parametrize("role", ["Correspondents", *(role.name for role in ROLES)])
def test_no_role_opens_what_runs_the_site(site, role):
    person = correspondent_of(site.region) if role == "Correspondents" else member_of(role)
    browser, asked = browser_of(person), list(addresses())
    before = state_of_the_database()

    assert [address for address in asked if reached(browser, address)] == []
    assert state_of_the_database() == before


def test_superuser_opens_what_runs_the_site(site):
    """Else an answer of nothing would prove nothing."""
    browser = browser_of(UserFactory(is_superuser=True))
    shown = {address: browser.get(address).status_code for address in addresses()}

    # Some only take what is sent.
    assert {address: code for address, code in shown.items() if code not in (200, 405)} == {}
    assert len(shown) > 50
