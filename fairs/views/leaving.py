"""Somebody does not come after all, once their page has said what they give up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from fairs.guests.views import Cancel
from fairs.sessions.agenda import line_of
from fairs.sessions.beside import told_beside
from fairs.sessions.queries import attendances_of


class NotComing(Cancel, TemplateView):
    """Asks before a registration is cancelled: seats and meetings go to others at once."""

    http_method_names = ["get", "head", "post"]
    template_name = "fairs/guests/cancel.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.guest.is_cancelled:
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        kept = [line_of(one) for one in attendances_of(self.request.user, self.edition)]
        beside = told_beside(self.request, self.edition, kept)
        return super().get_context_data(
            sessions=len(kept),
            meetings=sum(line.is_busy for one in beside for line in one.lines),
            **context,
        )
