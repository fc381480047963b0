"""What holds in the editors' house alone: longer forms, previews in a frame of ours, rooms for keepers."""

import logging
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse

from cms.desk.errors import FormTooLarge, NotAForm, SignedOut
from cms.desk.long_forms import read_long_form
from cms.desk.mended import is_of_a_form_made_by_hand
from moussem.core.pages import refusal_page, wants_json

logger = logging.getLogger(__name__)
HOUSE = "/editors/"
# Who may enter them could give rights away, or move the whole site.
KEEPERS = re.compile(r"/editors/(?:users|groups|sites|locales|collections)/")
# Where several rows are named; a list may name all of its own.
SEVERAL, ALL = re.compile(r"/chosen-multiple/$|^/editors/bulk/"), "all"
LONGEST = 18
NUMBER = re.compile(rf"[0-9]{{1,{LONGEST}}}")
PREVIEW = "SAMEORIGIN"
POLICY, NOBODY, OURS = "Content-Security-Policy", "frame-ancestors 'none'", "frame-ancestors 'self'"


class EditorsHouseMiddleware:
    """Reads the long forms of editors, and lets our own pages, and no others, frame a preview."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(HOUSE):
            return self.get_response(request)
        if request.user.is_anonymous and wants_json(request):
            return refusal_page(request, SignedOut())
        if request.method == "POST" and request.user.has_perm("wagtailadmin.access_admin"):
            try:
                read_long_form(request)
            except (TooManyFieldsSent, RequestDataTooBig):
                return refusal_page(request, FormTooLarge())
        answer: Any = self.get_response(request)
        return framed(answer)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A number of a row is a number; rooms in which rights are given are open to who keeps the site."""
        if not request.path_info.startswith(HOUSE):
            return None
        # No database counts that far.
        if any(len(request.GET.get(name, "")) > LONGEST for name in ("offset", "limit")):
            return refusal_page(request, NotAForm())
        several = request.GET.getlist("id") if SEVERAL.search(request.path_info) else []
        if not all(NUMBER.fullmatch(str(told)) for told in [*several, kwargs.get("pk", "0")] if told != ALL):
            raise Http404
        keeps = request.user.is_superuser or request.user.is_anonymous
        if KEEPERS.match(request.path_info) and not keeps:
            raise Http404
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Wagtail reads what its own forms send, and breaks at a form that somebody wrote by hand."""
        if not is_of_a_form_made_by_hand(request, exception):
            return None
        # Should it be a fault of ours after all, it is found.
        logger.warning("%s could not be read", request.path_info, exc_info=exception)
        return refusal_page(request, NotAForm())


def framed(answer: Any) -> Any:
    """An answer of the house that may frame our own pages, and be framed by them where it is a preview."""
    sources = {"frame-src": ["'self'"]}
    if answer.get("X-Frame-Options") == PREVIEW:
        sources["frame-ancestors"] = ["'self'"]
        # A preview of a page was answered as that page is, policy and all.
        if POLICY in answer:
            answer[POLICY] = answer[POLICY].replace(NOBODY, OURS)
    answer._csp_replace = {**sources, **getattr(answer, "_csp_replace", {})}
    return answer
