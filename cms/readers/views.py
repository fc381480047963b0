from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from catalogue.views.home import home
from cms.answers.models import FormPage
from cms.answers.views import send
from cms.files.papers import KINDS
from cms.menus.held import home_now
from cms.pages.languages import CODES
from cms.pages.readable import HOME_DEPTH
from cms.pages.rules import is_carried, may_open
from cms.publication.shown import shown
from cms.readers.moves import answer_elsewhere, led_to_own, moved_to
from cms.readers.queries import over_at, over_elsewhere, page_at, page_elsewhere


@require_safe
def document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A document, to be kept by its reader: never opened in our name, whatever its content is."""
    asked = get_object_or_404(get_document_model(), pk=number)
    is_public = is_carried(asked, shown(Page.objects))
    if not is_public and not may_open(request.user, asked):
        raise Http404
    answer = serve_document(request, number, name)
    # It is taken away with its page: nobody keeps it without asking again.
    patch_cache_control(answer, no_cache=True, **({} if is_public else {"private": True}))
    if answer.has_header("Content-Disposition"):
        if answer["Content-Type"].partition(";")[0] not in KINDS.values():
            answer["Content-Type"] = "application/octet-stream"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


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
    return _led_on(request, path)


def _led_on(request: HttpRequest, path: str) -> HttpResponse:
    """What is answered where no page of this language stands: its own past first, then other languages."""
    here = get_language() or ""
    # A page comes before a redirect that was left at its address, and a redirect before another language.
    if moved := moved_to(request, [here]):
        return moved
    # What is over here is over, whatever another language still has.
    if over := over_at(request, path):
        return _over(request, over)
    if page := page_elsewhere(request, path):
        return answer_elsewhere(page, request)
    if moved := moved_to(request, [code for code in CODES if code != here]):
        return moved
    # What was read here in another language has ended in this one too.
    if over := over_elsewhere(request, path):
        return led_to_own(over, request) or _over(request, over)
    raise Http404


def _over(request: HttpRequest, over: Page) -> HttpResponse:
    """That a page ended, and where to read on."""
    # Its title is that of a page which readers do not see; what stands above it they do.
    sections = over.get_ancestors().filter(depth__gt=HOME_DEPTH).values("translation_key")
    kin = shown(Page.objects).filter(translation_key__in=sections, locale__language_code=get_language())
    above = kin.order_by("depth").last()
    answer = render(request, "cms/gone.html", {"ended": over.expire_at, "above": above}, status=410)
    # A browser keeps this answer for good, and the page may be brought back.
    patch_cache_control(answer, no_cache=True)
    return answer


def _stands_at(request: HttpRequest, path: str) -> bool:
    """Whether a page of this language stands at a path; the way to it is kept where Wagtail keeps its own."""
    found = page_at(path)
    if found is not None:
        request.found = found  # type: ignore[attr-defined]
        request._wagtail_route_for_request = RouteResult(found.page)  # type: ignore[attr-defined]
    return found is not None


def _is_here(request: HttpRequest, path: str) -> bool:
    """Whether a page answers in the language asked for; without a home page, another one's would answer."""
    found = Page.route_for_request(request, path)
    return found is not None and found.page.locale.language_code == get_language()
