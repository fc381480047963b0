"""What of Oscar's dashboard is open to staff: pages to look at, and notes on orders; the rest is not found.

Orders move through the actions of their room only, products are kept at the listing desk, people in the
admin, and offers, vouchers, ranges, flat pages and Oscar's mails are not used. Their addresses stay known,
so that Oscar's own code can name them. Our templates draw the open pages, under our content security policy.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern

from moussem.core.log import record

View = Callable[..., HttpResponse]

READ = {
    "index",
    "order-list",
    "order-detail",
    "order-detail-note",
    "catalogue-product-list",
    "catalogue-product",
}
# What may be sent to a page: these values of one field.
WRITE = {
    "order-detail": ("order_action", {"save_note", "delete_note"}),
    "order-detail-note": ("order_action", {"save_note", "delete_note"}),
}
SAFE = ("GET", "HEAD", "OPTIONS")


def gated(patterns: Iterable[Any]) -> list[Any]:
    """The same addresses, each open as far as this module says."""
    patterns = list(patterns)
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _gate(pattern.callback, pattern.name or "")
        else:
            gated(pattern.url_patterns)
    return patterns


def _gate(view: View, name: str) -> View:
    @wraps(view)
    def open_to_staff(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Oscar's tables for spreadsheets pass on formulas that buyers may have typed.
        if name not in READ or request.GET.get("response_format") == "csv":
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not (request.user.is_active and request.user.is_staff):
            raise PermissionDenied
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        if not _may_send(request, name):
            return HttpResponseNotAllowed(SAFE)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            record("dashboard.sent", request.user, actor=request.user, page=name, address=request.path)
        return response

    return open_to_staff


def _may_send(request: HttpRequest, name: str) -> bool:
    field, values = WRITE.get(name, ("", set()))
    return request.POST.get(field) in values and "line_action" not in request.POST
