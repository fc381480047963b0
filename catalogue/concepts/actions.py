"""What changes the words that searches know. Every state of a concept is kept and can be brought back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from catalogue.concepts.checks import problems_of
from catalogue.concepts.errors import ConceptChangedMeanwhile, ConceptRefused, ConceptsNotTaken
from catalogue.concepts.models import Concept, ConceptVersion
from catalogue.concepts.sheets import Row, read_sheets
from catalogue.concepts.states import Source
from catalogue.concepts.words_now import forget, lock_concepts, stamp_change
from catalogue.search.rereading import read_anew
from catalogue.search.tables import Content, reference_files
from moussem.core.errors import require
from moussem.core.log import record, record_each
from moussem.core.models import LastRun
from moussem.people.models import User

AT_ONCE = 300
CHANGING = ["kind", "parents", "hs6", "aliases", "source", "version", "changed_by", "changed_at"]
MOST_TOLD = 30


@dataclass
class Loaded:
    """The codes that a load wrote anew, changed, found as they were, and left to their editors."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def add_concept(code: str, content: Content, *, actor: User, note: str = "") -> Concept:
    """A concept that an editor adds."""
    _begin_with_files()
    stamp = lock_concepts()
    contents = contents_now()
    _require_sound(code, {**contents, code: content})
    # Codes are unique: a second concept of one code would be a change of the first.
    known = Concept.objects.filter(code=code).first()
    require(known is None, ConceptChangedMeanwhile, code=code, version=known.version if known else 0)
    concept = Concept(code=code, version=0)
    _write(concept, content, stamp, actor, note)
    record("concept_added", concept, actor=actor, note=note)
    return concept


@transaction.atomic
def change_concept(
    concept: Concept, content: Content, *, actor: User, seen_version: int, note: str = ""
) -> Concept:
    """The concept as an editor who saw ``seen_version`` wants it; nothing is kept of a change to the same."""
    return _change(concept, content, actor, seen_version, note, "concept_changed")


@transaction.atomic
def bring_back(version: ConceptVersion, *, actor: User, seen_version: int, note: str = "") -> Concept:
    """The concept as it was in an earlier version, which becomes its newest."""
    return _change(version.concept, version.content, actor, seen_version, note, "concept_brought_back")


def load_reference_concepts(*, force: bool = False) -> Loaded:
    """The files beside the code, loaded; what editors or other files changed is kept unless ``force``."""
    return load_concepts(reference_files(), source=Source.REFERENCE, force=force)


@transaction.atomic
def load_concepts(paths: Sequence[Path], *, source: Source = Source.FILE, force: bool = False) -> Loaded:
    """The concepts of files, all or none; concepts that the files do not name stay as they are."""
    sheet = read_sheets(paths)
    if source != Source.REFERENCE:
        _begin_with_files()
    stamp = lock_concepts()
    known = {concept.code: concept for concept in Concept.objects.all()}
    kept = {code for code, concept in known.items() if concept.source > source and not force}
    rows = [row for row in sheet.rows if row.code not in kept]
    contents = {code: concept.content for code, concept in known.items()}
    contents.update((row.code, row.content) for row in rows)
    for row in rows:
        for problem in problems_of(row.code, contents):
            sheet.complain(row.place, problem)
    require(not sheet.problems, ConceptsNotTaken, reasons="\n".join(sheet.problems[:MOST_TOLD]))
    left = [row for row in sheet.rows if row.code in kept]
    differ = [row.code for row in left if row.content != known[row.code].content]
    loaded = Loaded(kept=differ, same=[row.code for row in left if row.code not in differ])
    _write_rows(rows, known, source, stamp, loaded)
    return loaded


def contents_now() -> dict[str, Content]:
    """What every concept says, by code."""
    return {concept.code: concept.content for concept in Concept.objects.all()}


def _begin_with_files() -> None:
    """An empty table means the words of the files: the first concept of its own must not replace them."""
    if not Concept.objects.exists():
        load_reference_concepts()


def _require_sound(code: str, contents: dict[str, Content]) -> None:
    problems = list(problems_of(code, contents))
    require(not problems, ConceptRefused, reason=" ".join(problems))


def _change(
    concept: Concept, content: Content, actor: User, seen_version: int, note: str, verb: str
) -> Concept:
    stamp = lock_concepts()
    concept = Concept.objects.get(pk=concept.pk)
    seen = {"code": concept.code, "version": concept.version}
    require(concept.version == seen_version, ConceptChangedMeanwhile, **seen)
    _require_sound(concept.code, {**contents_now(), concept.code: content})
    if concept.content != content:
        before = concept.version
        _write(concept, content, stamp, actor, note)
        record(verb, concept, actor=actor, before=before, version=concept.version, note=note)
    return concept


def _write(concept: Concept, content: Content, stamp: LastRun, actor: User, note: str) -> None:
    _fill(concept, content, Source.EDITOR, actor)
    concept.save()
    _version(concept, note).save(force_insert=True)
    _announce(stamp)


def _write_rows(
    rows: list[Row], known: dict[str, Concept], source: Source, stamp: LastRun, loaded: Loaded
) -> None:
    new, changed, taken_over = [], [], []
    for row in rows:
        concept = known.get(row.code)
        if concept is not None and concept.content == row.content:
            loaded.same.append(row.code)
            # Forced: what an editor wrote is what the file says, and later files may change it again.
            if concept.source > source:
                concept.source = source
                taken_over.append(concept)
            continue
        (changed if concept else new).append(concept or Concept(code=row.code, version=0))
        _fill((changed if concept else new)[-1], row.content, source, None)
    loaded.new, loaded.changed = [each.code for each in new], [each.code for each in changed]
    Concept.objects.bulk_create(new, batch_size=AT_ONCE)
    Concept.objects.bulk_update(changed, CHANGING, batch_size=AT_ONCE)
    Concept.objects.bulk_update(taken_over, ["source"], batch_size=AT_ONCE)
    told = [*new, *changed]
    if told:
        ConceptVersion.objects.bulk_create([_version(each) for each in told], batch_size=AT_ONCE)
        # New rows are not logged one by one, as no reference rows are; what is written over is.
        record_each("concept_loaded", ((each, {"version": each.version}) for each in changed), actor=None)
        _announce(stamp)


def _fill(concept: Concept, content: Content, source: Source, actor: User | None) -> None:
    for name, value in content.items():
        setattr(concept, name, value)
    concept.source, concept.changed_by, concept.changed_at = source, actor, timezone.now()
    concept.version += 1


def _version(concept: Concept, note: str = "") -> ConceptVersion:
    return ConceptVersion(
        concept=concept,
        number=concept.version,
        content=concept.content,
        changed_by=concept.changed_by,
        changed_at=concept.changed_at,
        note=note,
    )


def _announce(stamp: LastRun) -> None:
    stamp_change(stamp)
    # At once for the rest of this transaction, and after it for threads that looked too early.
    forget()
    transaction.on_commit(forget)
    transaction.on_commit(read_anew.enqueue)
