"""Atom feeds: of the news and of each subject, of a section such as the market notes, of a region."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage, Subject
from cms.pages.plain import SectionPage
from cms.pages.queries import articles_in
from cms.pages.regions import RegionPage
from cms.publication.shown import shown
from cms.syndication.sharing import KIND_OF_FILE, shared_picture, subjects_of, with_what_is_shared
from moussem.core.sites import site_url

NEWEST = 20
AUTHORITY = urlsplit(settings.SITE_URL).hostname
# Kinds of pages whose feed is that of the articles, and those whose feed is what stands below them.
OF_ARTICLES, OF_PAGES_BELOW = (HomePage, NewsIndexPage), (SectionPage, RegionPage)


class SteadyAtom(Atom1Feed):
    """Atom that says of a feed without entries when its page was published, and never that it is of now."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["published"]


class PagesFeed(Feed):
    """The newest pages of one list, in one language."""

    feed_type = SteadyAtom

    def __init__(self, request: HttpRequest, page: Page, subject: Subject | None) -> None:
        self.site, self.page, self.subject = site_url(request), page, subject
        self.feed_url = self.feed_guid = f"{self.site}{request.path}"
        self.link = f"{self.site}{page.get_url()}"
        self.title = _("%(title)s · Moussem") % {
            "title": f"{page.title} · {subject.label}" if subject else page.title
        }
        self.subtitle = getattr(page, "intro", "") or getattr(page, "lead", "") or None
        self.author_name = _("Moussem")
        self.author_link = self.site

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"published": self.page.last_published_at}

    def items(self) -> list[Page]:
        return newest_below(self.page, self.subject)

    def item_title(self, item: Page) -> str:
        # Django writes HTML here by default, and Atom would show its marks.
        return item.title

    def item_description(self, item: Any) -> str:
        return escape(item.intro)

    def item_link(self, item: Page) -> str:
        return f"{self.site}{item.get_url()}"

    def item_guid(self, item: Page) -> str:
        # What stays when a page moves, so that no reader is shown it as new.
        return f"tag:{AUTHORITY},2026:{item.translation_key}/{item.locale.language_code}"

    def item_pubdate(self, item: Page) -> datetime:
        return item.first_published_at

    def item_updateddate(self, item: Page) -> datetime:
        return item.last_published_at

    def item_categories(self, item: Page) -> list[str]:
        return subjects_of(item)

    def item_enclosure_url(self, item: Page) -> str | None:
        picture = shared_picture(item)
        return f"{self.site}{picture.path}" if picture else None

    def item_enclosure_length(self, item: Page) -> int:
        picture = shared_picture(item)
        return picture.size if picture else 0

    item_enclosure_mime_type = KIND_OF_FILE


def newest_below(page: Page, subject: Subject | None = None) -> list[Page]:
    """The published pages that a feed tells of, newest first."""
    if isinstance(page, OF_ARTICLES):
        # Pictures come with their renditions instead.
        articles = articles_in(page.locale.language_code).select_related(None)
        newest = list((articles.filter(subject=subject) if subject else articles)[:NEWEST])
    else:
        below = shown(page.get_children()).order_by("-first_published_at", "-pk")
        newest = list(below.specific()[:NEWEST])
    with_what_is_shared(newest)
    return newest


def has_feed(page: Page) -> bool:
    """Whether a page has a feed of its own."""
    return isinstance(page, OF_ARTICLES + OF_PAGES_BELOW)


def address_of_feed(page: Page, subject: Subject | None = None) -> str:
    """The path of a page's feed."""
    language = page.locale.language_code
    # Pages are routed below their home page, and its address is the language that stands before all.
    path = page.get_url().removeprefix(f"{get_script_prefix()}{language}/")
    told = {"path": path, "subject": subject.value} if subject else {"path": path}
    with override(language):
        return reverse("page_feed", kwargs=told)


def feed_page(request: HttpRequest, path: str) -> Page | None:
    """The published page of this language at this path, if it has a feed."""
    found = Page.route_for_request(request, path)
    page = found.page if found else None
    here = page is not None and page.locale.language_code == get_language()
    return page if here and has_feed(page) else None
