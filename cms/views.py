from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_http_methods, require_safe
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from catalogue.views.home import home
from cms.asking.models import FormPage
from cms.asking.views import send
from cms.feeds import OF_ARTICLES, PagesFeed, feed_page
from cms.languages import answer_elsewhere, moved_to
from cms.menus_now import home_now, last_change
from cms.pages.news import Subject
from cms.queries import is_over, page_at, page_elsewhere
from cms.uploads.papers import KINDS


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The home page as its editor wrote it, or the marketplace's own where nobody did."""
    # Where the editors have none, the marketplace's own page does not pay for their house.
    is_ours = home_now(get_language() or "") and _stands_at(request, "")
    return serve(request, "") if is_ours else home(request)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the editors in the language asked for, or else in one it exists in, with a notice."""
    if request.method == "POST":
        found = Page.route_for_request(request, path)
        # Nothing is sent to a page but what its form asks for.
        if found is None:
            raise Http404
        takes = isinstance(found.page, FormPage)
        return send(request, found.page) if takes else HttpResponseNotAllowed(["GET", "HEAD"])
    if _stands_at(request, path) or _is_here(request, path):
        return serve(request, path)
    # A page comes before a redirect that was left at its address, and a redirect before another language.
    moved = moved_to(request)
    if moved is not None:
        return moved
    # What is over here is over, whatever another language still has.
    if is_over(request, path):
        return render(request, "cms/gone.html", status=410)
    page = page_elsewhere(request, path)
    if page is not None:
        return answer_elsewhere(page, request)
    raise Http404


def _stands_at(request: HttpRequest, path: str) -> bool:
    """Whether a page of this language stands at a path; the way to it is kept where Wagtail keeps its own."""
    page = page_at(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return page is not None


def _is_here(request: HttpRequest, path: str) -> bool:
    """Whether a page answers in the language asked for; without a home page, another one's would answer."""
    found = Page.route_for_request(request, path)
    return found is not None and found.page.locale.language_code == get_language()


def _changed_at(request: HttpRequest, **asked: Any) -> datetime | None:
    """When something of what readers see was last published or taken away."""
    # Asked once a request: the mark comes after the moment.
    request.last_change = change = last_change()
    return change.at if change else None


def _mark(request: HttpRequest, **asked: Any) -> str | None:
    """The word of that change, which no other has."""
    return f'"{request.last_change.fingerprint}"' if request.last_change else None


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


@require_safe
def document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A document, to be kept by its reader: never opened in our name, whatever its content is."""
    answer = serve_document(request, number, name)
    if answer.has_header("Content-Disposition"):
        if answer["Content-Type"].partition(";")[0] not in KINDS.values():
            answer["Content-Type"] = "application/octet-stream"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
