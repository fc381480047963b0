from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from catalogue.views.home import home
from cms.languages import answer_elsewhere, moved_to
from cms.queries import home_in, page_elsewhere


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The home page as its editor wrote it, or the marketplace's own where nobody did."""
    return serve(request, "") if home_in(request) else home(request)


@require_safe
def read(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the editors in the language asked for, or else in one it exists in, with a notice."""
    if _is_here(request, path):
        return serve(request, path)
    # A page comes before a redirect that was left at its address, and a redirect before another language.
    moved = moved_to(request)
    if moved is not None:
        return moved
    page = page_elsewhere(request, path)
    if page is None:
        raise Http404
    return answer_elsewhere(page, request)


def _is_here(request: HttpRequest, path: str) -> bool:
    """Whether a page answers in the language asked for; without a home page, another one's would answer."""
    found = Page.route_for_request(request, path)
    return found is not None and found.page.locale.language_code == get_language()
