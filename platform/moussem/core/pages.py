"""The page of last resort: a refusal that no form or view has shown becomes a sentence and a way back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from moussem.core.errors import Refusal

HOME = "/"


def way_back(request: HttpRequest) -> str:
    """The page of ours that the person came from, else the home page."""
    came_from = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if ours and came_from != request.build_absolute_uri() else HOME


def asked_page(request: HttpRequest) -> str | None:
    """The page of ours that a form says it was sent from; None for a word, or for an address elsewhere."""
    there = request.POST.get("next", "")
    ours = there.startswith("/") and url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if ours else None


def sayable(refusal: Refusal) -> str:
    """The sentence of a refusal for the page it happened on; what keeps an object unknown goes its way."""
    if refusal.status == 404:
        raise refusal
    return refusal.message


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked: it sent JSON, or accepts JSON and no page."""
    return request.content_type == "application/json" or (
        request.accepts("application/json") and not request.accepts("text/html")
    )


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as its reader can take it: JSON for a program, a page for a person."""
    if wants_json(request):
        return JsonResponse(refusal.as_dict(), status=refusal.status)
    if refusal.status == 404:
        return page_not_found(request, refusal)
    context = {"refusal": refusal, "way_back": way_back(request)}
    return render(request, "refusal.html", context, status=refusal.status)


def form_address_page(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A page for whoever opens the address that a form is sent to: an old link, or a reload."""
    page = render(request, "405.html", {"way_back": way_back(request)}, status=405)
    page["Allow"] = answer["Allow"]
    return page


def back_to_the_form(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An answer that asks to sign in first, made to lead to the form again: its address takes no visit."""
    sign_in = resolve_url(settings.LOGIN_URL)
    there = urlsplit(answer.get("Location", ""))
    # A sign-up or a confirmed address leads to the same page, but means no return to itself.
    if there.path != sign_in or parse_qs(there.query).get(REDIRECT_FIELD_NAME) != [request.get_full_path()]:
        return answer
    said = _(
        "Nothing was done: sign in first, then send the form once more. Should it come back empty, it has to "
        "be filled in again."
    )
    messages.warning(request, said)
    if (form := way_back(request)) != HOME:
        page = urlsplit(form)._replace(scheme="", netloc="", fragment="").geturl()
        answer["Location"] = f"{sign_in}?{urlencode({REDIRECT_FIELD_NAME: page})}"
    elif not _can_be_visited(request):
        answer["Location"] = sign_in
    return answer


def _can_be_visited(request: HttpRequest) -> bool:
    """Whether the address shows a page: where a form is only sent to, a link would find nothing."""
    view = getattr(request.resolver_match.func, "view_class", None) if request.resolver_match else None
    return view is None or (hasattr(view, "get") and "get" in view.http_method_names)


class RefusalMiddleware:
    """Answers for every view that lets a refusal through, and for addresses that name nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No text of ours holds a NUL, and PostgreSQL refuses to look for one.
        if "\0" in request.path_info:
            return page_not_found(request, Http404())
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content and not wants_json(request):
            return form_address_page(request, answer)
        return back_to_the_form(request, answer) if request.method == "POST" else answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        """A page for a refusal; anything else is a fault and goes its way."""
        return refusal_page(request, exception) if isinstance(exception, Refusal) else None
