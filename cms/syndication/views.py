from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from cms.menus.held import last_change
from cms.pages.news import Subject
from cms.publication.shown import last_end
from cms.syndication.feeds import OF_ARTICLES, PagesFeed, feed_page
from cms.syndication.sitemap import mark_of


def _changed_at(request: HttpRequest, **asked: Any) -> datetime | None:
    """When something of what readers see was last published, taken away or over."""
    # Asked once a request: the mark comes after the moment.
    request.last_change, request.last_end = change, end = last_change(), last_end()
    return max(filter(None, (change.at, end))) if change else None


def _mark(request: HttpRequest, **asked: Any) -> str | None:
    """The word of that change, which no other has, and what has been over since without one."""
    return mark_of(request.last_change, request.last_end) or None


@require_safe
@condition(etag_func=_mark, last_modified_func=_changed_at)
def feed(request: HttpRequest, path: str, subject: str = "") -> HttpResponse:
    """The newest pages of a list as Atom, in the language asked for and no other."""
    page = feed_page(request, path)
    if page is None or (subject and not (isinstance(page, OF_ARTICLES) and subject in Subject)):
        raise Http404
    answer = PagesFeed(request, page, Subject(subject) if subject else None)(request)
    # That of the newest entry: it does not move when one is taken away.
    del answer["Last-Modified"]
    return answer
