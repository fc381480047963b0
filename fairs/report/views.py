from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from fairs.editions.views import OrganiserPage
from fairs.report.papers import paper, spreadsheet
from fairs.report.queries import RESULTS_WITHIN, Report, report_of
from fairs.report.tables import steps_of, tables_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        when = date_format(timezone.localtime(self.report.counted_at), "DATETIME_FORMAT")
        if self.report.frozen_at:
            return _("The edition is closed; the figures stand as they were on %(when)s.") % {"when": when}
        return _("Counted on %(when)s; the figures move until the edition closes.") % {"when": when}


class OnScreen(ReportPage, TemplateView):
    """The report on the page."""

    template_name = "fairs/report/report.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        steps = steps_of(self.report)
        most = max([count for _name, count in steps], default=0) or 1
        return super().get_context_data(
            said=self.said,
            steps=steps,
            most=most,
            results_within=RESULTS_WITHIN.days,
            tables=tables_of(self.edition, self.report),
            **context,
        )


class AsSpreadsheet(ReportPage, View):
    """The report as XLSX."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tables = tables_of(self.edition, self.report)
        return _file(spreadsheet(tables, right_to_left=get_language_bidi()), self.edition.slug, "xlsx", XLSX)


class OnPaper(ReportPage, View):
    """The report as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tables = tables_of(self.edition, self.report)
        title = _("Report: %(edition)s") % {"edition": self.edition.label}
        drawn = paper(title, self.said, steps_of(self.report), tables, (get_language() or "en")[:2])
        return _file(drawn, self.edition.slug, "pdf", "application/pdf")


def _file(content: bytes, slug: str, extension: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{slug}.{extension}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
