"""Agendas on paper and all meetings in a spreadsheet: networks and batteries fail."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, get_language_bidi
from django.views.generic import View

from fairs.report.papers import spreadsheet
from matchmaking.parties.queries import delegates_at
from matchmaking.timetables.papers import agendas, paper, tables_of
from matchmaking.views.pages import PartyPage
from matchmaking.views.timetable import TimetablePage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


class Agendas(TimetablePage, View):
    """The agenda of each person on a sheet of its own, in their language."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sheets = agendas(self.edition)
        if not sheets:
            raise Http404
        return _file(paper(self.edition, sheets), f"{self.edition.slug}-agendas.pdf", "application/pdf")


class Agenda(TimetablePage, View):
    """The agenda of one person."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        delegate = get_object_or_404(delegates_at(self.edition), pk=self.kwargs["pk"])
        sheets = agendas(self.edition, delegate=delegate.pk)
        if not sheets:
            raise Http404
        return _file(paper(self.edition, sheets), f"{self.edition.slug}-agenda.pdf", "application/pdf")


class OwnAgenda(PartyPage, View):
    """The same sheet for the person themselves, in the language that they read."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sheets = agendas(self.edition, delegate=self.delegate.pk, language=get_language())
        if not sheets:
            raise Http404
        return _file(paper(self.edition, sheets), f"{self.edition.slug}-agenda.pdf", "application/pdf")


class Spreadsheet(TimetablePage, View):
    """All meetings, by their time and by person, as XLSX."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        drawn = spreadsheet(tables_of(self.edition), right_to_left=get_language_bidi())
        return _file(drawn, f"{self.edition.slug}-meetings.xlsx", XLSX)
