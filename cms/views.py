from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from catalogue.views.home import home
from cms.queries import home_in, is_over, page_at, page_elsewhere


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The home page as its editor wrote it, or the marketplace's own where nobody did."""
    return serve(request, "") if home_in(request) else home(request)


@require_safe
def read(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the editors in the language asked for, or else in one it exists in, with a notice."""
    page = page_at(path)
    if page is not None:
        # Where Wagtail keeps the way it found to a page; this one was found with fewer questions.
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    try:
        return serve(request, path)
    except Http404:
        page = page_elsewhere(request, path)
        if page is None and is_over(request, path):
            return render(request, "cms/gone.html", status=410)
        if page is None:
            raise
        return page.serve(request)
