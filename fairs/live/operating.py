"""The pages of those who run live rooms: an organiser's view, and figures for operators."""

import hmac
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from fairs.editions.views import HoursOfTheFair, OrganiserPage
from fairs.live.keeping import PROCESS, figures_here
from fairs.live.measures import exposition
from fairs.live.safety.queries import open_reports_of
from fairs.live.watching import DRAWN, HIGH, delivery_within, people_at, processes_at, rooms_watched

FORMAT = "text/plain; version=0.0.4; charset=utf-8"
# By these a proxy says for whom it asks: whoever comes through one is not on this machine.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


def may_read_figures(request: HttpRequest) -> bool:
    """Whoever knows the token; without one, only who asks on this very machine."""
    if token := settings.METRICS_TOKEN:
        told = request.headers.get("Authorization", "").encode("utf-8", "replace")
        return hmac.compare_digest(told, f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of every process in Prometheus's text format; strangers are turned away."""
    if not may_read_figures(request):
        return HttpResponseForbidden("For operators: docs/operations.md says how.\n", FORMAT)
    # What the others told is up to ten seconds old.
    figures = {**processes_at(timezone.now()), PROCESS: figures_here()}
    return HttpResponse(exposition(figures), content_type=FORMAT)


class LiveRooms(OrganiserPage, HoursOfTheFair, TemplateView):
    """The live rooms of an edition at this moment; the page renews itself."""

    template_name = "fairs/live/watch.html"
    section = "live"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        now = timezone.now()
        processes = processes_at(now)
        rooms = rooms_watched(self.edition, processes, now)
        within = delivery_within(processes)
        quiet = [one for one in rooms if one.is_quiet]
        return super().get_context_data(
            now=now,
            rooms=rooms,
            loud=[one for one in rooms if not one.is_quiet],
            quiet=quiet,
            most=max((one.people for one in rooms), default=0) or 1,
            reports=open_reports_of(self.edition).count(),
            width=3 * DRAWN,
            height=HIGH,
            people=people_at(self.edition, now),
            said=sum(one.said for one in rooms),
            slow=sum(one.slow for one in rooms),
            open=sum(1 for one in rooms if one.room.is_open),
            within=None if within is None else round(within * 1000),
            **context,
        )
