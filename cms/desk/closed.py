"""Rooms of Wagtail that our own house has already: one sign-in, one desk for people and sites.

Wagtail's sign-in knows no second step and counts no failures, and its desks would give rights away.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import path, re_path
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from cms.staff.roles import ENTER
from moussem.core.pages import wants_json

SIGN_IN = "account_login"
HOUSE = "wagtailadmin_home"
# Of what the package for translations answers to, the rooms that ours lead to. The others write, publish and
# replace for whoever may edit: a translation is written beside its source, and never becomes an alias again.
PACKAGE = "wagtail_localize"
OPEN = ("submit_page_translation", "update_translations", "preview_translation")
# What its forms ask of the page of a translation.
CLOSED_BUTTONS = ("localize-restart-translation", "localize-convert-to-alias")


def sign_in(request: HttpRequest) -> HttpResponse:
    """Our own sign-in, whatever was sent here, and then the page of the house that was asked for."""
    there = request.GET.get("next", "")
    ours = there.startswith("/") and url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(f"{resolve_url(SIGN_IN)}?{urlencode({'next': there if ours else resolve_url(HOUSE)})}")


def closed(request: HttpRequest, **told: Any) -> HttpResponse:
    """A room that is not used."""
    raise Http404


def shut(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the editors' rooms, unless it is one of the package for translations that is not used."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        room, _colon, name = match.view_name.partition(":") if match else ("", "", "")
        if room == PACKAGE and name not in OPEN:
            raise Http404
        if any(button in request.POST for button in CLOSED_BUTTONS):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the editors' rooms, for who works there; somebody else who is signed in is told so.

    Wagtail would send them to the sign-in, which sends whoever is signed in back.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm(ENTER):
            there = request.get_full_path() if request.method == "GET" else resolve_url(HOUSE)
            context = {"sign_in": f"{resolve_url(SIGN_IN)}?{urlencode({'next': there})}"}
            return render(request, "cms/editors/not_yours.html", context, status=403)
        return view(request, *args, **kwargs)

    return guarded


@never_cache
def here(request: HttpRequest) -> HttpResponse:
    """Says that somebody is signed in; to the page they write in, with the token of their forms now."""
    if not request.user.is_authenticated:
        return redirect(f"{resolve_url(SIGN_IN)}?{urlencode({'next': request.path})}")
    if wants_json(request):
        return JsonResponse({"token": get_token(request)})
    return render(request, "cms/editors/here.html")


closed_urlpatterns = [
    path("here/", for_editors(here), name="house_here"),
    path("login/", sign_in),
    # The name is the one that Wagtail asks for where a page or a document is for some people only.
    path("sign-in/", sign_in, name="wagtailcore_login"),
    re_path(r"^password_reset/", closed),
    path("failwhale/", closed),
    re_path(r"^embeds/", closed),
]
