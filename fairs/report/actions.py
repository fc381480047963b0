"""A report freezes in two steps: what is of the days as they end, what came of them weeks later.

For a large edition its files are drawn by the queue, a step after the other.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from fairs.editions.models import Edition
from fairs.editions.rules import may_organise
from fairs.report.models import FrozenReport, ReportPaper
from fairs.report.papers import drawn
from fairs.report.queries import facts_of, figures_of, report_of, results_to_freeze, to_freeze
from fairs.report.tables import tables_of
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.rounds import try_each


@transaction.atomic
def freeze_report(edition: Edition) -> FrozenReport:
    """Keep who applied, exhibited and came to a closed edition; frozen twice, the first figures stay.

    Orders are counted on, until `freeze_results`.
    """
    edition = lock(edition)
    known = FrozenReport.objects.filter(edition=edition).first()
    if known:
        return known
    frozen = FrozenReport.objects.create(edition=edition, facts=facts_of(edition))
    record("report_frozen", edition, actor=None)
    return frozen


@transaction.atomic
def freeze_results(frozen: FrozenReport) -> FrozenReport:
    """Keep the orders of an edition as they are, once none counts any more; safe to run twice."""
    frozen = lock(frozen)
    if frozen.results_frozen_at is None:
        frozen.figures, frozen.facts = figures_of(frozen.edition, frozen.facts), {}
        frozen.results_frozen_at = timezone.now()
        frozen.save(update_fields=["figures", "facts", "results_frozen_at"])
        record("results_frozen", frozen.edition, actor=None)
    return frozen


def freeze_what_closed(now: datetime | None = None) -> int:
    """Freeze whatever closed since, and the results whose time is over; how many."""
    closed = sum(1 for _one in try_each(to_freeze(), freeze_report))
    return closed + sum(1 for _one in try_each(results_to_freeze(now or timezone.now()), freeze_results))


@transaction.atomic
def ask_for_paper(edition: Edition, *, actor: Any, kind: str, language: str) -> ReportPaper:
    """The report as a file, to be drawn; while one of this kind and language is at work, that one."""
    require(may_organise(actor, edition), NotYours)
    edition = lock(edition)
    last = edition.report_papers.filter(kind=kind, language=language).first()
    if last is not None and last.is_working:
        return last
    paper = ReportPaper.objects.create(edition=edition, kind=kind, language=language, asked_by=actor)
    record("report_asked_for", edition, actor=actor, kind=kind)
    return paper


def draw_paper(pk: int) -> ReportPaper:
    """The file of a report that was asked for; called again, it is drawn once."""
    paper = ReportPaper.objects.select_related("edition__series__organiser").get(pk=pk)
    if paper.is_done:
        return paper
    try:
        content = _drawn(paper)
    except Exception:
        ReportPaper.objects.filter(pk=pk).update(stopped=True)
        raise
    paper.file.save(f"{uuid4().hex}.{paper.kind}", ContentFile(content), save=False)
    paper.done, paper.stopped = paper.steps, False
    paper.save(update_fields=["file", "done", "stopped"])
    return paper


def _drawn(paper: ReportPaper) -> bytes:
    edition = paper.edition
    # Nobody looks while it is drawn: its hours are those of the fair.
    with override(paper.language), timezone.override(ZoneInfo(edition.time_zone)):
        report = report_of(edition)
        _step(paper)
        tables = tables_of(edition, report)
        _step(paper)
        content = drawn(paper.kind, edition, report, tables)
        _step(paper)
    return content


def _step(paper: ReportPaper) -> None:
    """One step further, for the page that tells how far it is."""
    paper.done += 1
    paper.save(update_fields=["done"])
