from functools import cached_property
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from fairs.editions.views import OrganiserPage
from fairs.report.actions import ask_for_paper
from fairs.report.papers import drawn
from fairs.report.queries import RESULTS_WITHIN, Report, is_large, report_of, report_papers_of
from fairs.report.ranking import measures_of, ranking_of
from fairs.report.sentences import said_of
from fairs.report.states import PaperKind
from fairs.report.tables import headlines_of, most_of, steps_of, tables_of
from fairs.report.tasks import draw_report
from moussem.core.storage import opened_or_404
from moussem.organisations.views.standing import Press

CONTENT_TYPES = {
    PaperKind.PDF: "application/pdf",
    PaperKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_SHOWN = 5


class ReportPage(OrganiserPage):
    """What an edition came to."""

    section = "report"

    @cached_property
    def report(self) -> Report:
        """The report as it stands."""
        return report_of(self.edition)

    @property
    def said(self) -> str:
        """Since when the figures stand, in a sentence."""
        return said_of(self.edition, self.report)


class OnScreen(ReportPage, TemplateView):
    """The report on the page."""

    template_name = "fairs/report/report.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        steps, tables = steps_of(self.report), tables_of(self.edition, self.report)[1:]
        dimensions, measure = tables[:-1], self.request.GET.get("measure", "")
        return super().get_context_data(
            said=self.said,
            headlines=headlines_of(self.report),
            steps=steps,
            most=most_of(steps),
            results_within=RESULTS_WITHIN.days,
            is_large=is_large(self.edition),
            tables=[(table, ranking_of(table, measure)) for table in tables],
            measures=measures_of(dimensions),
            measure=measure,
            **context,
        )


class AsFile(ReportPage, View):
    """The report as a file, at once; of a large edition the queue draws it."""

    kind: PaperKind

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_large(self.edition):
            return redirect("fairs:report_papers", self.edition.slug)
        content = drawn(self.kind, self.edition, self.report, tables_of(self.edition, self.report))
        headers = {
            "Content-Disposition": f'attachment; filename="{self.edition.slug}.{self.kind}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(content, content_type=CONTENT_TYPES[self.kind], headers=headers)


class AsSpreadsheet(AsFile):
    """The report as XLSX."""

    kind = PaperKind.XLSX


class OnPaper(AsFile):
    """The report as PDF."""

    kind = PaperKind.PDF


class Papers(OrganiserPage, TemplateView):
    """The files that were asked for, and how far each is."""

    template_name = "fairs/report/papers.html"
    section = "report"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        papers = list(report_papers_of(self.edition)[:MOST_SHOWN])
        working = [one for one in papers if one.is_working]
        finished = [one for one in papers if not one.is_working]
        return super().get_context_data(working=working, finished=finished, **context)


class AskForPaper(OrganiserPage, Press):
    """The button that has a file drawn."""

    def press(self) -> str:
        kind = self.request.POST.get("kind", "")
        if kind not in PaperKind.values:
            raise Http404
        language = (get_language() or "en")[:2]
        paper = ask_for_paper(self.edition, actor=self.request.user, kind=kind, language=language)
        draw_report.enqueue(paper.pk)
        return _("The file is being drawn. It appears below as soon as it is ready.")

    def back(self) -> str:
        return reverse("fairs:report_papers", args=[self.edition.slug])


class Paper(OrganiserPage, View):
    """A file that was drawn."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = get_object_or_404(report_papers_of(self.edition).exclude(file=""), pk=self.kwargs["pk"])
        return FileResponse(
            opened_or_404(paper.file),
            as_attachment=True,
            filename=f"{self.edition.slug}.{paper.kind}",
            content_type=CONTENT_TYPES[paper.kind],
            headers={"Cache-Control": "private, no-store"},
        )
