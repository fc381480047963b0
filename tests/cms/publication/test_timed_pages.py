"""What a publisher has given a minute is taken away by nobody who may not publish."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms.models import ArticlePage
from tests.factories.pages import article, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration
WAYS = {
    "desk": "/editors/pages/{}/delete/",
    "list": "/editors/bulk/wagtailcore/page/delete/?id={}",
    "program": "/editors/api/main/pages/{}/action/delete/",
    "minute": "/editors/pages/{}/revisions/{}/unschedule/",
}
WAYS_TO_MOVE = {
    "desk": "/editors/pages/{}/move/{}/confirm/",
    "list": "/editors/bulk/wagtailcore/page/move/?id={}",
    "program": "/editors/api/main/pages/{}/action/move/",
}
TOLD = {
    "desk": lambda there: {},
    "list": lambda there: {"chooser": there.pk},
    "program": lambda there: {"destination_page_id": there.pk, "position": "last-child"},
}


def timed(**fields):
    """A page that waits for its minute, as a publisher approved it."""
    page = article("Timed", slug="timed", live=False, go_live_at=timezone.now() + timedelta(days=1), **fields)
    page.get_latest_revision().publish()
    return page


def is_kept(page):
    kept = ArticlePage.objects.filter(pk=page.pk).first()
    return kept is not None and kept.scheduled_revision is not None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("role", "kept"),
    [("Authors", True), ("Editors", True), ("Translators", True), ("Publishers", False)],
)
def test_page_that_waits_for_its_minute_is_taken_away_by_publishers_only(house, role, kept, way):
    person = member_of(role)
    page = timed(owner=person)

    browser_of(person).post(WAYS[way].format(page.pk, page.get_latest_revision().pk))

    assert is_kept(page) is kept


@pytest.mark.parametrize("way", ["desk", "list", "program"])
@pytest.mark.parametrize("role", ["Authors", "Publishers"])
def test_page_that_somebody_locked_is_taken_away_by_nobody_else(house, role, way):
    person, keeper = member_of(role), member_of("Publishers")
    page = article("Locked", live=False, owner=person, locked=True, locked_by=keeper)

    browser_of(person).post(WAYS[way].format(page.pk, page.latest_revision_id))
    assert ArticlePage.objects.filter(pk=page.pk).exists()

    browser_of(keeper).post(WAYS[way].format(page.pk, page.latest_revision_id))
    assert not ArticlePage.objects.filter(pk=page.pk).exists()


def test_page_in_review_is_taken_away_by_its_author_no_more(house):
    author = member_of("Authors")
    page = article("Read", live=False, owner=author)
    page.get_workflow().start(page, author)

    browser_of(author).post(WAYS["desk"].format(page.pk))

    assert ArticlePage.objects.filter(pk=page.pk).exists()


def test_correspondent_takes_away_no_page_with_a_timed_one_below(house):
    region = region_page()
    page = timed(below=region)
    Page.objects.filter(pk=region.pk).update(live=False)
    browser_of(correspondent_of(region.region)).post(WAYS["desk"].format(page.pk))

    assert is_kept(page) is True


def test_editor_still_deletes_a_draft_that_nobody_approved(house):
    page = article("Draft", live=False)
    browser_of(member_of("Editors")).post(WAYS["desk"].format(page.pk))

    assert ArticlePage.objects.filter(pk=page.pk).exists() is False


@pytest.mark.parametrize("way", WAYS_TO_MOVE)
@pytest.mark.parametrize("is_timed", [True, False])
@pytest.mark.parametrize(
    ("role", "may"), [("Authors", False), ("Editors", False), ("Translators", False), ("Publishers", True)]
)
def test_page_that_is_out_or_planned_is_moved_by_publishers_only(house, role, may, is_timed, way):
    person = member_of(role)
    page = timed(owner=person) if is_timed else article("Out", slug="timed", owner=person)
    there = region_page()
    before = page.url_path

    browser_of(person).post(WAYS_TO_MOVE[way].format(page.pk, there.pk), TOLD[way](there))

    after = ArticlePage.objects.get(pk=page.pk)
    assert (after.get_parent().pk == there.pk, after.url_path == before) == (may, not may)


def test_author_still_moves_a_draft_of_the_own(house):
    person = member_of("Authors")
    page, there = article("Draft", live=False, owner=person), region_page()

    browser_of(person).post(WAYS_TO_MOVE["desk"].format(page.pk, there.pk))

    assert ArticlePage.objects.get(pk=page.pk).get_parent().pk == there.pk


def test_correspondent_who_publishes_in_one_region_plans_nothing_for_another(house):
    region, other = region_page(), region_page("MA-02")
    person = correspondent_of(region.region)
    person.groups.add(Group.objects.get(name="Authors"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=person.groups.first(), page=region, permission=publish)
    page = timed(below=region, owner=person)

    browser_of(person).post(WAYS_TO_MOVE["desk"].format(page.pk, other.pk))

    assert ArticlePage.objects.get(pk=page.pk).get_parent().pk == region.pk
