"""All badges of an edition on paper, four to a sheet, a hundred to a file."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from fairs.badges.actions.issuing import code_of
from fairs.badges.errors import NothingToPrint
from fairs.badges.models import Badge, PrintedPaper, PrintRun
from fairs.badges.paper import draw_sheets, faces_of
from fairs.badges.states import BadgeState
from fairs.editions.models import Edition
from fairs.editions.rules import may_organise, refuse_once_put_away
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record

A_FILE = 100


@transaction.atomic
def ask_for_print(edition: Edition, *, actor: Any, language: str) -> PrintRun:
    """A printing of every valid badge; while one is at work, that one."""
    require(may_organise(actor, edition), NotYours)
    refuse_once_put_away(edition)
    edition = lock(edition)
    last = edition.print_runs.first()
    if last is not None and last.is_working:
        return last
    total = edition.badges.filter(state=BadgeState.ISSUED).count()
    require(total, NothingToPrint)
    run = PrintRun.objects.create(edition=edition, asked_by=actor, language=language, total=total)
    record("badges_printed", edition, actor=actor, badges=total)
    return run


def print_badges(pk: int, *, actor: Any) -> PrintRun:
    """The papers that a printing lacks; it may be called again after a stop."""
    run = PrintRun.objects.select_related("edition__series__organiser").get(pk=pk)
    require(may_organise(actor, run.edition), NotYours)
    try:
        for badges in _parts(run):
            pdf = draw_sheets(faces_of([(badge, code_of(badge)) for badge in badges], run.language))
            _keep(run, badges, pdf)
    except Exception:
        PrintRun.objects.filter(pk=pk).update(stopped=True)
        raise
    # Badges that were revoked meanwhile are not there to be drawn.
    PrintRun.objects.filter(pk=pk).update(done=run.total)
    run.refresh_from_db()
    return run


def _parts(run: PrintRun) -> Iterator[list[Badge]]:
    last = run.papers.order_by("-pk").first()
    badges = run.edition.badges.filter(state=BadgeState.ISSUED, issued_at__lte=run.asked_at)
    badges = badges.select_related("edition").order_by("serial")
    serial = badges.filter(number=last.last).values_list("serial", flat=True).first() if last else 0
    while part := list(badges.filter(serial__gt=serial or 0)[:A_FILE]):
        yield part
        serial = part[-1].serial


@transaction.atomic
def _keep(run: PrintRun, badges: list[Badge], pdf: bytes) -> None:
    run = lock(run)
    # Somebody who pressed twice has two workers.
    if run.papers.filter(first=badges[0].number).exists():
        return
    paper = PrintedPaper(run=run, first=badges[0].number, last=badges[-1].number, badges=len(badges))
    paper.file.save(f"{uuid4().hex}.pdf", ContentFile(pdf))
    run.done = min(run.total, run.done + len(badges))
    run.save(update_fields=["done"])
