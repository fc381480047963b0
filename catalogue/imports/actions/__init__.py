"""A seller's list: received, its columns chosen, its trial and its import asked for."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from catalogue.imports.actions.reading import content_of, open_head
from catalogue.imports.cells import bare_text
from catalogue.imports.errors import (
    ListAtWork,
    ListChangedSinceShown,
    ListHasProblems,
    ListNotChecked,
    PricesMoveFar,
)
from catalogue.imports.headers import guess_columns
from catalogue.imports.models import ProductList
from catalogue.imports.queries import question_names
from catalogue.imports.sheets import MOST_BYTES, Sheet
from catalogue.imports.states import ImportState
from catalogue.models import Family
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.organisations.models import Organisation

CSV_ENCODINGS = {"utf-8-sig": "utf-8"}
ASKED = ("asked_at", "heard_at", "rows_read", "rows_total", "failure")


@transaction.atomic
def receive_list(
    organisation: Organisation, upload: Any, *, family: Family | None, actor: Any
) -> ProductList:
    """The list kept, with what its columns seem to mean; refused when its first rows cannot be read."""
    require(may_keep(actor, organisation), NotYours)
    name = bare_text(upload.name)[:120]
    content = upload.read(MOST_BYTES + 1)
    sheet, samples = open_head(content, name)
    received = ProductList(
        organisation=organisation,
        sent_by=actor,
        name=name,
        family=family,
        encoding=CSV_ENCODINGS.get(sheet.encoding, sheet.encoding),
        columns=_guess(sheet, samples, family),
    )
    ending = "xlsx" if not sheet.encoding else "csv"
    received.file.save(f"{uuid.uuid4().hex}.{ending}", ContentFile(content), save=False)
    received.save()
    record("list.received", organisation, actor=actor, name=name)
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
    """The list to be tried out as its sender says; another encoding is guessed anew."""
    require(may_keep(actor, product_list.organisation), NotYours)
    product_list = lock(product_list)
    _stop_if_silent(product_list, actor)
    require(not product_list.is_at_work, ListAtWork)
    if encoding != product_list.encoding or len(columns) != len(product_list.columns):
        sheet, samples = open_head(content_of(product_list), product_list.name, encoding)
        columns = _guess(sheet, samples, family)
    product_list.family, product_list.encoding = family, encoding
    product_list.columns = list(columns)
    _ask(product_list, ImportState.CHECKING, actor, "family", "encoding", "columns")
    return product_list


@transaction.atomic
def ask_to_write(
    product_list: ProductList, *, actor: Any, confirmed: str = "", shown: str | None = None
) -> ProductList:
    """The list to be imported; asked twice, it is imported once.

    ``shown`` is the mark of the changes that its page showed; another page may have tried it out since.
    Prices that move far are confirmed first: ``confirmed`` names the trial that showed them.
    """
    require(may_keep(actor, product_list.organisation), NotYours)
    product_list = lock(product_list)
    if product_list.state == ImportState.WRITING:
        return product_list
    require(product_list.state == ImportState.CHECKED, ListNotChecked)
    require(shown is None or shown == product_list.digest, ListChangedSinceShown)
    count = product_list.counts["problems"]
    require(not count, ListHasProblems, count=count)
    require(confirmed == product_list.trial or not product_list.counts.get("jumps"), PricesMoveFar)
    _ask(product_list, ImportState.WRITING, actor)
    return product_list


def headers_of(product_list: ProductList) -> tuple[tuple[str, ...], list[list[str]], Sheet]:
    """The headers of a list, its first rows, and how it was decoded."""
    sheet, samples = open_head(content_of(product_list), product_list.name, product_list.encoding)
    return sheet.headers, samples, sheet


def _guess(sheet: Sheet, samples: list[list[str]], family: Family | None) -> list[str]:
    language = (get_language() or "en").split("-")[0]
    return guess_columns(sheet.headers, samples, question_names(family), language)


def _ask(product_list: ProductList, state: ImportState, actor: Any, *also: str) -> None:
    product_list.asked_at, product_list.heard_at = timezone.now(), None
    product_list.rows_read = product_list.rows_total = 0
    product_list.failure = ""
    move(product_list, state, actor=actor, also=(*ASKED, *also))


def _stop_if_silent(product_list: ProductList, actor: Any) -> None:
    """A worker that died has left nothing but this state."""
    if product_list.is_silent:
        product_list.failure = "stopped"
        move(product_list, ImportState.FAILED, actor=actor, also=("failure",), why="silent")
