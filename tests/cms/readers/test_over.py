"""No link of ours leads to a page that is over, though the clock has not come to take it down."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from cms.menus.held import forget, links_now, stamp_change
from cms.menus.models import Menu, MenuLink
from tests.factories.pages import article

pytestmark = pytest.mark.integration


@pytest.fixture
def over(house):
    """A page that was over a minute ago, still marked as live."""
    page = article("Over", slug="over")
    english = Locale.objects.get(language_code="en")
    MenuLink.objects.create(menu=Menu.FOOTER, locale=english, page=page)
    Redirect.objects.create(old_path="/en/news/before", redirect_page=page)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    stamp_change()
    yield page
    forget()


def test_menu_leads_to_nothing_that_is_over(over):
    assert [link.label for link in links_now(Menu.FOOTER, "en")] == ["Contact"]


def test_redirect_leads_to_nothing_that_is_over(client, over):
    assert client.get("/en/news/before/").status_code == 404
