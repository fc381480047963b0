"""The addresses of the editors' rooms: Wagtail's own, within what is one's own, on the clock of the house."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.urls import urlpatterns as stock
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.desk.closed import for_editors, shut
from cms.desk.guards import confined
from cms.desk.mended import mended


def on_the_clock_of_the_house(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view where times are typed and shown as in Casablanca, wherever the person has set the own clock."""

    @wraps(view)
    def timed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(settings.TIME_ZONE):
            return view(request, *args, **kwargs)

    return timed


urlpatterns = stock
# The last one is asked first.
for guard in (mended, confined, shut, on_the_clock_of_the_house, for_editors):
    urlpatterns = decorate_urlpatterns(urlpatterns, guard)
