import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupPagePermission

from cms.installation.actions import plant
from cms.models import NewsIndexPage
from cms.staff.actions import give_roles
from cms.staff.roles import ROLES
from tests.factories.pages import article, home, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration


def can(person, page):
    """What somebody may do to a page."""
    asked = page.permissions_for_user(person)
    answers = {
        "add": asked.can_add_subpage(),
        "edit": asked.can_edit(),
        "publish": asked.can_publish(),
        "lock": asked.can_lock(),
    }
    return {verb for verb, answer in answers.items() if answer}


@pytest.mark.parametrize(
    ("role", "news", "written"),
    [
        ("Authors", {"add"}, set()),
        ("Editors", {"add", "edit"}, {"edit"}),
        ("Translators", {"add", "edit"}, {"edit"}),
        ("Publishers", {"add", "edit", "publish", "lock"}, {"edit", "publish", "lock"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_role_may_what_its_table_says_in_every_language(house, role, news, written, language):
    person = member_of(role)
    page = article(language=language)

    assert can(person, NewsIndexPage.objects.get(locale__language_code=language)) == news
    assert can(person, page) == written


def test_author_edits_what_the_author_wrote(house):
    person = member_of("Authors")

    assert can(person, article(owner=person)) == {"edit"}


def test_only_a_publisher_keeps_the_menus(house):
    assert {role.name: member_of(role.name).has_perm("cms.add_menulink") for role in ROLES} == {
        "Authors": False,
        "Editors": False,
        "Translators": False,
        "Publishers": True,
    }


def test_giving_the_roles_again_changes_nothing(house):
    region_page()
    before = set(GroupPagePermission.objects.values_list("pk", flat=True))

    plant()

    assert set(GroupPagePermission.objects.values_list("pk", flat=True)) == before
    assert Collection.objects.count() == 2


def test_stock_groups_of_wagtail_keep_nothing_that_no_role_names(house):
    group = Group.objects.get(name="Editors")
    Group.objects.create(name="Moderators")
    publish = GroupPagePermission.objects.filter(permission__codename="publish_page").first().permission
    GroupPagePermission.objects.create(group=group, page=home("en").get_parent(), permission=publish)

    give_roles()

    assert sorted(group.page_permissions.values_list("permission__codename", flat=True).distinct()) == [
        "add_page",
        "change_page",
    ]
    assert not Group.objects.filter(name="Moderators").exists()


def test_region_has_correspondents_once_its_page_is_published(house):
    region_page(live=False)
    assert not Group.objects.filter(name__startswith="Correspondents").exists()

    page = region_page("MA-08")

    assert [group.name for group in Group.objects.filter(name__startswith="Correspondents")] == [
        "Correspondents of MA-08 Drâa-Tafilalet"
    ]
    assert can(correspondent_of(page.region), page) == {"add", "edit"}


def test_correspondent_writes_in_every_language_of_the_region(house):
    pages = [region_page(language=language) for language in ("en", "fr", "ar")]
    person = correspondent_of(pages[0].region)

    assert [can(person, page) for page in pages] == [{"add", "edit"}] * 3
    assert can(person, pages[0].get_parent()) == set()


def test_page_that_shows_another_region_has_other_correspondents(house):
    page, other = region_page(), region_page("MA-08")
    person = correspondent_of(page.region)

    page.region = other.region
    page.save_revision().publish()

    assert can(person, page) == set()
    assert can(correspondent_of(other.region), page) == {"add", "edit"}


@pytest.mark.parametrize(
    "address", ["users/", "sites/", "locales/", "redirects/", "workflows/list/", "collections/", "groups/"]
)
@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_settings_are_for_who_runs_the_site(house, role, address):
    answer = browser_of(member_of(role)).get(f"/editors/{address}")

    # Closed for everybody else, or led back to the first room.
    assert answer.status_code == 404 or (answer.status_code, answer["Location"]) == (302, "/editors/")
