"""A seller's list: received, tried out, and written whole or not at all."""

import uuid
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from catalogue.imports.actions.writing import write_drafts
from catalogue.imports.cells import bare_text
from catalogue.imports.changes import changes_of, lacks_of
from catalogue.imports.errors import ListHasProblems, ListNotChecked, ListRefused
from catalogue.imports.headers import guess_columns
from catalogue.imports.models import ProductList
from catalogue.imports.queries import known_products, question_names, vocabulary
from catalogue.imports.reasons import REFUSALS
from catalogue.imports.rows import Draft, Problem, read_row
from catalogue.imports.sheets import MOST_BYTES, Row, Sheet, Unreadable, open_sheet
from catalogue.imports.states import ImportState
from catalogue.models import Family
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.organisations.models import Organisation

SAMPLES = 5
CSV_ENCODINGS = {"utf-8-sig": "utf-8"}


@transaction.atomic
def receive_list(
    organisation: Organisation, upload: Any, *, family: Family | None, actor: Any
) -> ProductList:
    """The list kept, with what its columns seem to mean; refused when it cannot be read to its end."""
    require(may_keep(actor, organisation), NotYours)
    name = bare_text(upload.name)[:120]
    content = upload.read(MOST_BYTES + 1)
    sheet, rows = _read(content, name)
    received = ProductList(
        organisation=organisation,
        sent_by=actor,
        name=name,
        family=family,
        encoding=CSV_ENCODINGS.get(sheet.encoding, sheet.encoding),
        columns=_guessed(sheet, rows, family),
    )
    ending = "xlsx" if not sheet.encoding else "csv"
    received.file.save(f"{uuid.uuid4().hex}.{ending}", ContentFile(content), save=False)
    received.save()
    record("list.received", organisation, actor=actor, name=name, rows=len(rows))
    return received


@transaction.atomic
def choose_columns(
    product_list: ProductList,
    columns: Sequence[str],
    *,
    family: Family | None,
    encoding: str,
    actor: Any,
) -> ProductList:
    """The list read as its sender says, and tried out; another encoding is guessed anew."""
    require(may_keep(actor, product_list.organisation), NotYours)
    product_list = lock(product_list)
    if product_list.state == ImportState.CHECKED:
        move(product_list, ImportState.RECEIVED, actor=actor)
    sheet, rows = _read(_content(product_list), product_list.name, encoding)
    if encoding != product_list.encoding or len(columns) != len(sheet.headers):
        columns = _guessed(sheet, rows, family)
    product_list.family, product_list.encoding = family, encoding
    product_list.columns = list(columns)
    product_list.save(update_fields=["family", "encoding", "columns"])
    return check_list(product_list, actor=actor)


@transaction.atomic
def check_list(product_list: ProductList, *, actor: Any) -> ProductList:
    """The list tried out: what it would add and change, and every cell that cannot be taken."""
    require(may_keep(actor, product_list.organisation), NotYours)
    product_list = lock(product_list)
    drafts, problems = _drafts(product_list)
    wrong = {problem.row for problem in problems}
    good = [draft for draft in drafts if draft.row not in wrong]
    known = known_products(product_list.organisation, [draft.code for draft in good])
    changed = sum(1 for one in good if one.code in known and changes_of(one, known[one.code]))
    product_list.counts = {
        "rows": len(drafts),
        "new": sum(1 for draft in good if draft.code not in known),
        "changed": changed,
        "same": sum(1 for draft in good if draft.code in known) - changed,
        "wrong": len(wrong),
        "problems": len(problems),
    }
    product_list.problems = [astuple(problem) for problem in problems]
    product_list.save(update_fields=["counts", "problems"])
    if product_list.state == ImportState.RECEIVED:
        move(product_list, ImportState.CHECKED, actor=actor)
    return product_list


@transaction.atomic
def write_list(product_list: ProductList, *, actor: Any) -> ProductList:
    """The list imported whole; new products are drafts. Sent again, it changes nothing."""
    require(may_keep(actor, product_list.organisation), NotYours)
    # Two lists of one seller are written one after the other.
    lock(product_list.organisation)
    product_list = lock(product_list)
    require(product_list.state == ImportState.CHECKED, ListNotChecked)
    drafts, problems = _drafts(product_list)
    require(not problems, ListHasProblems, count=len(problems))
    written = write_drafts(product_list.organisation, drafts, actor=actor)
    product_list.imported_at = timezone.now()
    product_list.counts = {**product_list.counts, **written}
    also = ("imported_at", "counts")
    move(product_list, ImportState.IMPORTED, actor=actor, also=also, **written)
    return product_list


def headers_of(product_list: ProductList) -> tuple[tuple[str, ...], list[list[str]], Sheet]:
    """The headers of a list, its first rows, and how it was decoded."""
    sheet, rows = _read(_content(product_list), product_list.name, product_list.encoding)
    return sheet.headers, _samples(rows), sheet


def _drafts(product_list: ProductList) -> tuple[list[Draft], list[Problem]]:
    _sheet, rows = _read(_content(product_list), product_list.name, product_list.encoding)
    words = vocabulary()
    family = product_list.family.slug if product_list.family else ""
    drafts = [read_row(row, product_list.columns, words, family) for row in rows]
    known = known_products(product_list.organisation, [draft.code for draft in drafts if draft.code])
    named = "family" in product_list.columns
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for draft in drafts:
        problems += draft.problems
        if draft.code and first.setdefault(draft.code, draft.row) != draft.row:
            problems.append(Problem(draft.row, "code", draft.code, "twice"))
        product = known.get(draft.code)
        # A list without families speaks of known products whatever their family.
        if product is not None and product.product_class and not named:
            draft.family = product.product_class.slug
        problems += lacks_of(draft, product)
    return drafts, problems


def _read(content: bytes, name: str, encoding: str = "") -> tuple[Sheet, list[Row]]:
    try:
        sheet = open_sheet(content, name, encoding)
        return sheet, list(sheet.rows)
    except Unreadable as refused:
        raise ListRefused(name=name, reason=REFUSALS[refused.why]) from refused


def _content(product_list: ProductList) -> bytes:
    with product_list.file.open("rb") as file:
        return bytes(file.read())


def _guessed(sheet: Sheet, rows: list[Row], family: Family | None) -> list[str]:
    return guess_columns(sheet.headers, _samples(rows), question_names(family))


def _samples(rows: list[Row]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows[:SAMPLES]]
