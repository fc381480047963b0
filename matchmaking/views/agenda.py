"""A meeting: for the moment, the request that it came from."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from matchmaking.meetings.queries import meeting_for
from matchmaking.views.pages import PartyPage


class MeetingPage(PartyPage, View):
    """Leads a party to the request of its meeting."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        meeting = meeting_for(self.party, self.kwargs["pk"])
        if meeting is None:
            raise Http404
        return redirect("matchmaking:request", self.edition.slug, meeting.request_id)
