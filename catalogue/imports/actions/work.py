"""The long work on a list, done by a task: tried out row by row, then written whole or not at all.

What it has come to is kept in the row of the list, where the page reads it. Nothing is locked while the rows
are read; the writing is one transaction, so that a worker that dies leaves the catalogue as it was.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogue.imports.actions.reading import batches_of, rows_of
from catalogue.imports.actions.writing import write_drafts
from catalogue.imports.changes import changes_of, ladder_of
from catalogue.imports.differences import shown_of, told_of
from catalogue.imports.models import ProductList
from catalogue.imports.rows import Draft
from catalogue.imports.sheets import Unreadable
from catalogue.imports.states import ImportState
from catalogue.models import Product
from catalogue.pricing import jump_between
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.moves import move

# A list with more than these has one mistake in every row; its first ones say which.
MOST_PROBLEMS = 5_000
# Of prices that move far so many are shown; all of them are counted.
MOST_JUMPS = 100
# Of changes so many are shown, side by side.
MOST_CHANGES = 1_000
COUNTED = ("rows", "new", "changed", "same", "wrong", "problems", "jumps")


@dataclass
class Tally:
    """What a list would do, and the first cells that keep it from being done."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    problems: list[tuple[Any, ...]] = field(default_factory=list)
    jumps: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    # Over all that every row would do, however many rows there are: the lists above hold the first of it.
    whole: Any = field(default_factory=hashlib.sha256)

    def add(self, drafts: Sequence[Draft], known: Mapping[str, Product]) -> None:
        """What these rows would do to the products as they are now."""
        for draft in drafts:
            self.counts["rows"] += 1
            effect, told = _effect(draft, known), list(_told(draft, known))
            self.counts[effect] += 1
            self.whole.update(json.dumps([draft.row, draft.code, effect, told], default=str).encode())
            jumps = list(_jumps_of(draft, known.get(draft.code)))
            self.counts["jumps"] += len(jumps)
            self.jumps += jumps[: MOST_JUMPS - len(self.jumps)]
            if draft.code in known:
                shown = [(draft.row, draft.code, *shown_of(one)) for one in told]
                self.changes += shown[: MOST_CHANGES - len(self.changes)]
            self.counts["problems"] += len(draft.problems)
            room = MOST_PROBLEMS - len(self.problems)
            self.problems += [astuple(problem) for problem in draft.problems[:room]]

    @property
    def digest(self) -> str:
        """A word for all that the list would do, another one as soon as a single change differs."""
        facts = json.dumps([self.counts, self.jumps], default=str).encode()
        whole = self.whole.copy()
        whole.update(facts)
        return str(whole.hexdigest())

    def is_as_shown(self, product_list: ProductList) -> bool:
        """Whether a person has confirmed all this: a colleague may have changed a product since."""
        return product_list.digest == self.digest


def do_asked(pk: int, asked_at: datetime, *, actor: Any) -> None:
    """Do what was asked of a list at that moment; nothing when it was done, or was asked anew since."""
    product_list = _claim(pk, asked_at)
    if product_list is None:
        return
    require(may_keep(actor, product_list.organisation), NotYours)
    try:
        tally = _tried(product_list)
        # What was not shown is, before anything is written.
        is_wanted = product_list.state == ImportState.WRITING and not tally.problems
        if not is_wanted or not tally.is_as_shown(product_list):
            _keep_tally(product_list, tally, actor=actor)
        elif not _write(product_list, actor=actor):
            _keep_tally(product_list, _tried(product_list), actor=actor)
    except Unreadable as refused:
        give_up(pk, asked_at, refused.why, actor=actor)


@transaction.atomic
def give_up(pk: int, asked_at: datetime, why: str, *, actor: Any) -> None:
    """Say that the work on a list ended before its end; nothing of it is kept."""
    product_list = _still_asked(pk, asked_at)
    if product_list is not None:
        product_list.failure = why
        move(product_list, ImportState.FAILED, actor=actor, also=("failure",), why=why)


@transaction.atomic
def _claim(pk: int, asked_at: datetime) -> ProductList | None:
    """The list for the first worker that comes; the bell may ring twice."""
    kept = _still_asked(pk, asked_at)
    if kept is None or not kept.is_queued:
        return None
    kept.heard_at = timezone.now()
    kept.save(update_fields=["heard_at"])
    return kept


def _tried(product_list: ProductList) -> Tally:
    """What the list would do now; each batch gives a sign of life."""
    product_list.rows_read = 0
    product_list.rows_total = sum(1 for _row in rows_of(product_list))
    tally = Tally()
    for drafts, known in batches_of(product_list):
        _tell(product_list)
        tally.add(drafts, known)
        product_list.rows_read += len(drafts)
    _tell(product_list)
    return tally


def _effect(draft: Draft, known: Mapping[str, Product]) -> str:
    if draft.problems:
        return "wrong"
    if draft.code not in known:
        return "new"
    return "changed" if changes_of(draft, known[draft.code]) else "same"


def _told(draft: Draft, known: Mapping[str, Product]) -> Iterator[tuple[Any, ...]]:
    """All that a row would write, and over what: of a new product over nothing."""
    if draft.problems:
        return
    product = known.get(draft.code)
    if product is not None:
        yield from told_of(changes_of(draft, product), product)
        return
    new = changes_of(draft, None)
    yield "new", draft.family, [new.details, new.texts, new.ladders, new.answers]


def _jumps_of(draft: Draft, product: Product | None) -> Iterator[tuple[Any, ...]]:
    """What a row moves by more than half of a listed product, prices or minimum order: perhaps a slip."""
    if draft.problems or product is None or not product.is_public:
        return
    changes = changes_of(draft, product)
    moq = changes.details.get("moq", product.moq)
    if abs(moq - product.moq) > product.moq / 2:
        # Without a currency: it is no price.
        yield (draft.row, draft.code, "", "", f"{product.moq:f}", f"{moq:f}")
    for currency, steps in changes.ladders.items():
        if jump := jump_between(ladder_of(product, currency), steps):
            tier, now = jump
            told = (f"{one:f}" for one in (tier.min_quantity, tier.unit_price, now))
            yield (draft.row, draft.code, currency, *told)


@transaction.atomic
def _keep_tally(product_list: ProductList, tally: Tally, *, actor: Any) -> None:
    kept = _still_asked(product_list.pk, product_list.asked_at)
    if kept is not None:
        kept.counts, kept.problems = tally.counts, tally.problems
        kept.jumps, kept.changes, kept.digest = tally.jumps, tally.changes, tally.digest
        also = ("counts", "problems", "jumps", "changes", "digest")
        move(kept, ImportState.CHECKED, actor=actor, also=also)


@transaction.atomic
def _write(product_list: ProductList, *, actor: Any) -> bool:
    """Whether the list was written: not when something changed between the last look and the lock."""
    # Two lists of one seller are written one after the other.
    organisation = lock(product_list.organisation)
    kept = _still_asked(product_list.pk, product_list.asked_at)
    if kept is None:
        return True
    # What a colleague is typing into a product comes before or after the list, never between.
    for _product in lock_all(Product.objects.of(organisation).exclude(seller_code="").only("pk")).iterator():
        pass
    written, tally = {"new": 0, "changed": 0}, Tally()
    for drafts, known in batches_of(kept):
        tally.add(drafts, known)
        if tally.problems:
            break
        counts = write_drafts(organisation, drafts, known, product_list=kept, actor=actor)
        for name, count in counts.items():
            written[name] += count
    # Nothing changes any more under the locks: what is written over is what was shown, or nothing is.
    if not tally.is_as_shown(kept):
        transaction.set_rollback(True)
        return False
    kept.imported_at = timezone.now()
    kept.counts = {**tally.counts, **written}
    move(kept, ImportState.IMPORTED, actor=actor, also=("imported_at", "counts"), **written)
    return True


def _still_asked(pk: int, asked_at: datetime | None) -> ProductList | None:
    """The list under a lock, where the work asked for at that moment still waits for its end."""
    kept = lock(ProductList(pk=pk))
    return kept if kept.is_at_work and kept.asked_at == asked_at else None


def _tell(product_list: ProductList) -> None:
    """A sign of life with the rows read so far, seen at once by who waits."""
    ProductList.objects.filter(pk=product_list.pk, asked_at=product_list.asked_at).update(
        heard_at=timezone.now(), rows_total=product_list.rows_total, rows_read=product_list.rows_read
    )
