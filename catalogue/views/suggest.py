"""Suggestions while somebody types: JSON for programs, a piece of page for the search box."""

from dataclasses import dataclass
from itertools import groupby
from time import time
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.search.beginnings import LONGEST
from catalogue.search.remembered import suggestions
from catalogue.search.suggesting import Shown
from catalogue.templatetags.storefront import drawing_at
from moussem.core.reading import answers_any_words
from moussem.core.text import one_line

FRESH = 10
# The fastest typist stays far below; a program that reads the catalogue letter by letter does not.
WINDOW, MOST_IN_A_WINDOW = 10, 120
HEADINGS = {
    "family": gettext_lazy("Families"),
    "cooperative": gettext_lazy("Cooperatives"),
    "place": gettext_lazy("Places"),
    "product": gettext_lazy("Products"),
}


@dataclass(frozen=True)
class Option:
    """A suggestion as the page shows it."""

    kind: str
    label: str
    language: str
    note: str
    href: str
    # The word for it in another language that begins as typed.
    matched: str
    count: int
    drawing: str


@answers_any_words
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What a visitor may mean who has typed ``q`` so far; the same for everybody."""
    if _asks_too_much(request):
        return HttpResponse(status=429, headers={"Retry-After": str(WINDOW), "Cache-Control": "no-store"})
    asked = request.GET.get("q", "")[: 4 * LONGEST]
    typed = one_line(asked)[:LONGEST]
    # A space at the end says that the last word is a whole one.
    whole = " " * (bool(typed) and asked[-1:].isspace())
    options = [_option(one) for one in suggestions(typed + whole, (get_language() or "en")[:2])]
    if _wants_a_piece_of_page(request):
        answer = render(request, "catalogue/parts/suggestions.html", _list_of(options))
    else:
        answer = JsonResponse({"q": typed, "suggestions": [vars(option) for option in options]})
    patch_cache_control(answer, public=True, max_age=FRESH)
    patch_vary_headers(answer, ["Accept", "HX-Request"])
    return answer


def _wants_a_piece_of_page(request: HttpRequest) -> bool:
    best = request.get_preferred_type(["application/json", "text/html"])
    return bool(request.htmx) or best == "text/html"


def _option(one: Shown) -> Option:
    drawing = drawing_at(one.drawing) if one.drawing else ""
    return Option(one.kind, one.name, one.language, one.note, _address(one), one.matched, one.count, drawing)


def _address(one: Shown) -> str:
    match one.kind:
        case "family":
            return reverse("catalogue:family", kwargs={"slug": one.key})
        case "cooperative":
            return reverse("organisations:page", kwargs={"slug": one.key})
        case "product":
            slug, key = one.key
            return reverse("catalogue:detail", kwargs={"product_slug": slug, "pk": key})
    if len(one.key) == len("MA-01"):
        return reverse("catalogue:region", kwargs={"code": one.key})
    # A province has no page of its own.
    return f"{reverse('catalogue:index')}?{urlencode({'province': one.key})}"


def _list_of(options: list[Option]) -> dict[str, object]:
    """The options by kind under their headings, and how many there are, in words."""
    numbered = enumerate(options)
    groups = [
        (kind, HEADINGS[kind], list(alike))
        for kind, alike in groupby(numbered, key=lambda pair: pair[1].kind)
    ]
    count = len(options)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count}
    return {"groups": groups, "said": said if options else _("No suggestion")}


def _asks_too_much(request: HttpRequest) -> bool:
    visitor = get_adapter(request).get_client_ip(request)
    key = f"suggest:{visitor}:{int(time()) // WINDOW}"
    if cache.add(key, 1, 2 * WINDOW):
        return False
    try:
        return cache.incr(key) > MOST_IN_A_WINDOW
    except ValueError:
        # It ran out between the two.
        return False
