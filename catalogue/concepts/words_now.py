"""The lexicon as the concepts in the database make it now, held in the process.

A look at one small row says whether anything changed, at most every few seconds
(`settings.LEXICON_LOOKED_AT_EVERY`); in between no question costs a query. The row's word is new at every
change and never used twice: a change that was rolled back cannot be taken for another.
"""

import threading
import time
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from catalogue.concepts.models import Concept
from catalogue.search.lexicon import Lexicon
from catalogue.search.tables import lexicon_of, reference_lexicon
from moussem.core.locks import lock_all
from moussem.core.models import LastRun

STAMP = "lexicon"


@dataclass(frozen=True)
class Held:
    """A lexicon, the stamp it was built under, and when that was looked at; no lexicon: that of the files."""

    lexicon: Lexicon | None
    stamp: str
    turn: int
    looked_at: float = field(default_factory=time.monotonic)


class _Keeper:
    """What this process holds; ``turn`` counts the changes it knows of."""

    def __init__(self) -> None:
        self.held: Held | None = None
        self.turn = 0
        self.building = threading.Lock()


_keeper = _Keeper()


def current_lexicon() -> Lexicon:
    """The lexicon of the concepts as they are, or that of the files while there are none."""
    held = _keeper.held
    if held is None or held.turn != _keeper.turn:
        with _keeper.building:
            held = _keeper.held
            if held is None or held.turn != _keeper.turn:
                held = _look()
    # One looks; the others answer from what they have meanwhile.
    elif _is_old(held) and _keeper.building.acquire(blocking=False):
        try:
            held = _look()
        finally:
            _keeper.building.release()
    return held.lexicon or reference_lexicon()


def forget() -> None:
    """Look again at the next question: something was changed here."""
    _keeper.turn += 1


def hold_files() -> None:
    """Begin with the lexicon of the files, as an empty table would, without asking the database."""
    _keeper.held = Held(None, "", _keeper.turn)


def lock_concepts() -> LastRun:
    """The one row whose lock every writer of concepts holds until its transaction ends.

    A circle of kinds may be closed by two people who each change another concept: only one may write.
    """
    LastRun.objects.bulk_create([LastRun(name=STAMP)], ignore_conflicts=True)
    return lock_all(LastRun.objects.filter(pk=STAMP)).get()


def stamp_change(row: LastRun) -> None:
    """Let every process know, in the transaction of the change, that the lexicon is another one."""
    row.at, row.fingerprint = timezone.now(), uuid4().hex
    row.save(update_fields=["at", "fingerprint"])


def _is_old(held: Held) -> bool:
    return time.monotonic() - held.looked_at >= settings.LEXICON_LOOKED_AT_EVERY


def _look() -> Held:
    held, turn = _keeper.held, _keeper.turn
    # Before the concepts are read: what changes in between is seen at the next look, never missed.
    stamp = LastRun.objects.filter(pk=STAMP).values_list("fingerprint", flat=True).first() or ""
    if held is not None and held.stamp == stamp:
        found = Held(held.lexicon, stamp, turn)
    else:
        found = Held(_built(), stamp, turn)
    _keeper.held = found
    return found


def _built() -> Lexicon | None:
    rows = [concept.row for concept in Concept.objects.only("code", "kind", "parents", "hs6", "aliases")]
    return lexicon_of(rows) if rows else None
