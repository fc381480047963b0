"""The index of the pages follows the marks: what is written is each page as it is when it is read."""

from collections.abc import Collection

from django.db import transaction

from catalogue.concepts.words_now import current_lexicon
from catalogue.search.engine import Engine, Shelf
from catalogue.search.indexing import TooLittle, next_version
from catalogue.search.site import shelf_of_writings
from catalogue.search.writings import document_of_writing
from cms.search.models import StalePage
from cms.search.queries import findable, findable_among, writings_of
from moussem.core.locks import lock_name

# One writes at a time: what is built anew misses nothing that another writes to the old index.
TURN = "cms.search"
AT_ONCE = 200


def mark_stale(*keys: int) -> None:
    """Note, in the transaction of the change, that these pages are to be written."""
    StalePage.objects.bulk_create(StalePage(page=key) for key in keys)


@transaction.atomic
def write_marked() -> int:
    """Write the pages that were marked; how many marks went. They stay while the engine is away."""
    place = shelf_of_writings()
    if place is None:
        return StalePage.objects.all().delete()[0]
    lock_name(TURN)
    # The marks are read before the pages: who marks later is written later.
    marks = list(StalePage.objects.values_list("pk", "page")[:AT_ONCE])
    engine = place.current() if marks and place.fits() else None
    if engine is None:
        return 0
    _put(engine, {page for _pk, page in marks})
    return StalePage.objects.filter(pk__in=[pk for pk, _page in marks]).delete()[0]


@transaction.atomic
def keep_index() -> int:
    """Build the index where it is missing or of another shape; else write what was left.

    Raises `TooLittle`, with nothing changed, where most pages cannot be read.
    """
    place = shelf_of_writings()
    if place is not None and not place.fits():
        lock_name(TURN)
        # Another process may have built it while this one waited.
        if not place.fits():
            return _build(place)
    return write_marked()


@transaction.atomic
def look_over() -> int:
    """Write all pages anew, whatever the index holds: words change their meaning, and marks may be lost."""
    place = shelf_of_writings()
    if place is None or not place.fits():
        return 0
    lock_name(TURN)
    engine = place.current()
    return _put(engine, None) if engine else 0


def _build(place: Shelf) -> int:
    target = place.begin()
    beside = place.building()
    if beside is None:
        return 0
    written, meant = _put(beside[1], None), findable().count()
    if meant - written > meant // 2:
        place.discard()
        raise TooLittle(f"only {written} of {meant} pages could be indexed: what stood before stays")
    place.swap(target)
    return written


def _put(engine: Engine, keys: Collection[int] | None) -> int:
    """Pages as they are now in the place of what the index has of them, or all of them; how many are written.

    A page that cannot be read is told in the log and stays in the index as it was.
    """
    version, lexicon = next_version(), current_lexicon()
    documents = [document_of_writing(one, lexicon, version=version) for one in writings_of(keys)]
    written = {one.id for one in documents}
    known = set(engine.ids()) if keys is None else set(map(str, keys))
    shown = {str(key) for key in findable_among(keys).values_list("pk", flat=True)}
    engine.write(documents)
    if gone := known - shown - written:
        engine.remove(gone, version=version)
    engine.settle()
    return len(documents)
