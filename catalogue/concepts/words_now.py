"""The lexicon as the concepts in the database make it now, held in the process (`core/in_step.py`)."""

from catalogue.concepts.models import Concept
from catalogue.search.lexicon import Lexicon
from catalogue.search.tables import lexicon_of, reference_lexicon
from moussem.core.in_step import InStep, stamp
from moussem.core.locks import lock_all
from moussem.core.models import LastRun

STAMP = "lexicon"


def _built() -> Lexicon | None:
    rows = [concept.row for concept in Concept.objects.only("code", "kind", "parents", "hs6", "aliases")]
    return lexicon_of(rows) if rows else None


# No lexicon: that of the files.
held: InStep[Lexicon | None] = InStep(STAMP, _built, every="LEXICON_LOOKED_AT_EVERY")


def current_lexicon() -> Lexicon:
    """The lexicon of the concepts as they are, or that of the files while there are none."""
    return held.now() or reference_lexicon()


def forget() -> None:
    """Look again at the next question: something was changed here."""
    held.forget()


def hold_files() -> None:
    """Begin with the lexicon of the files, as an empty table would, without asking the database."""
    held.hold(None)


def lock_concepts() -> LastRun:
    """The one row whose lock every writer of concepts holds until its transaction ends.

    A circle of kinds may be closed by two people who each change another concept: only one may write.
    """
    LastRun.objects.bulk_create([LastRun(name=STAMP)], ignore_conflicts=True)
    return lock_all(LastRun.objects.filter(pk=STAMP)).get()


def stamp_change(row: LastRun) -> None:
    """Let every process know, in the transaction of the change, that the lexicon is another one."""
    stamp(row.name)
