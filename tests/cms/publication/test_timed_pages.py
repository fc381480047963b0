"""What a publisher has given a minute is taken away by nobody who may not publish."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

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
