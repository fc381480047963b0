"""Rooms of Wagtail that our own house has already: one sign-in, one account, one desk for people and sites.

Wagtail's sign-in knows no second step and counts no failures, and its desks would give rights away.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import path, re_path
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

SIGN_IN = "account_login"
HOUSE = "wagtailadmin_home"


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


closed_urlpatterns = [
    path("login/", sign_in),
    # The name is the one that Wagtail asks for where a page or a document is for some people only.
    path("sign-in/", sign_in, name="wagtailcore_login"),
    re_path(r"^password_reset/", closed),
    path("account/", closed),
    path("failwhale/", closed),
    re_path(r"^embeds/", closed),
]
