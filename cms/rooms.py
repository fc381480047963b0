"""The addresses of the editors' rooms: Wagtail's own, within what is one's own, on the clock of the house."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import HEADER, NONE, SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.urls import urlpatterns as stock
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.closed import shut
from cms.confining import confined
from cms.gate import gated


def on_the_clock_of_the_house(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view where times are typed and shown as in Casablanca, wherever the person has set the own clock."""

    @wraps(view)
    def timed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(settings.TIME_ZONE):
            return view(request, *args, **kwargs)

    return timed


def framing_itself(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that shows, in a frame of its own, how readers will see a page; nobody else frames either."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer._csp_update = {"frame-src": [SELF]}
        name = request.resolver_match.view_name if request.resolver_match else ""
        if "preview" in name:
            answer._csp_replace = {"frame-ancestors": [SELF]}
            answer["X-Frame-Options"] = "SAMEORIGIN"
            # A page that is shown as readers get it comes with their policy already.
            if policy := answer.get(HEADER):
                answer[HEADER] = policy.replace(f"frame-ancestors {NONE}", f"frame-ancestors {SELF}")
        return answer

    return framed


urlpatterns = stock
# The last one is asked first.
for guard in (gated, confined, shut, framing_itself, on_the_clock_of_the_house):
    urlpatterns = decorate_urlpatterns(urlpatterns, guard)
