"""All badges of an edition on paper, four to a sheet, a hundred to a file."""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from fairs.badges.actions.issuing import code_of
from fairs.badges.errors import NothingToPrint
from fairs.badges.models import Badge, PrintedPaper, PrintRun
from fairs.badges.paper import draw_sheets, faces_of
from fairs.badges.queries import left_to_draw
from fairs.badges.states import BadgeState
from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import may_organise, refuse_once_put_away
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record

A_FILE = 100


@transaction.atomic
def ask_for_print(edition: Edition, *, actor: Any, language: str) -> PrintRun:
    """A printing of every valid badge; while one is at work, that one."""
    edition = hold_own_edition(edition, actor, refuse_once_put_away)
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
        while badges := list(left_to_draw(run)[:A_FILE]):
            pdf = draw_sheets(faces_of([(badge, code_of(badge)) for badge in badges], run.language))
            keep_paper(run, badges, pdf)
    except Exception:
        PrintRun.objects.filter(pk=pk).update(stopped=True)
        raise
    # Badges that were revoked meanwhile are not there to be drawn.
    PrintRun.objects.filter(pk=pk).update(done=run.total)
    run.refresh_from_db()
    return run


@transaction.atomic
def keep_paper(run: PrintRun, badges: list[Badge], pdf: bytes) -> None:
    """One more paper of a printing; nothing where one of its badges is on another paper by now."""
    run = lock(run)
    serials = [badge.serial for badge in badges]
    # Somebody who pressed twice has two workers.
    drawn = {serial for kept in run.papers.values_list("serials", flat=True) for serial in kept}
    if not drawn.isdisjoint(serials):
        return
    paper = PrintedPaper(run=run, first=badges[0].number, last=badges[-1].number, badges=len(badges))
    paper.serials = serials
    paper.file.save(f"{uuid4().hex}.pdf", ContentFile(pdf))
    run.done = min(run.total, run.done + len(badges))
    run.save(update_fields=["done"])
