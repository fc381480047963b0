from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_document
from wagtail.views import serve

from catalogue.views.home import home
from cms.queries import home_in, page_elsewhere
from cms.uploads.papers import KINDS


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The home page as its editor wrote it, or the marketplace's own where nobody did."""
    return serve(request, "") if home_in(request) else home(request)


@require_safe
def read(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the editors in the language asked for, or else in one it exists in, with a notice."""
    try:
        return serve(request, path)
    except Http404:
        page = page_elsewhere(request, path)
        if page is None:
            raise
        return page.serve(request)


@require_safe
def document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A document, to be kept by its reader: never opened in our name, whatever its content is."""
    answer = serve_document(request, number, name)
    if answer.has_header("Content-Disposition"):
        if answer["Content-Type"].partition(";")[0] not in KINDS.values():
            answer["Content-Type"] = "application/octet-stream"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
