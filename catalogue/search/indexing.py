"""Keeps the index at the state of the database: what changed, all of it anew, and what the two differ in.

Whatever an engine that is down or a process that dies leaves undone is still written down, and is done by
the next ring of the bell or of the clock.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django_tasks import task

from catalogue.concepts.words_now import current_lexicon, forget
from catalogue.models import Certificate, Lot, OddOffer, Product, Rebuild, StaleOffer
from catalogue.queries.certificates import stands_behind
from catalogue.search.deliveries import ended_since
from catalogue.search.document import Document, document_of
from catalogue.search.engine import Engine, EngineDown, Refused, Shelf
from catalogue.search.offers import AT_ONCE, listed_ids, made_of
from catalogue.search.ranking import Plan
from catalogue.search.site import shelf
from catalogue.search.ways import Clause
from moussem.core.dates import today_here
from moussem.core.locks import lock_all, lock_name
from moussem.core.log import watches
from moussem.core.models import LastRun
from moussem.core.threads import MAY_WAIT
from moussem.organisations.models import Organisation

# A rebuild that was not heard of for so long has died; whoever comes goes on with it.
SILENT_AFTER = timedelta(seconds=60)
# So many products that cannot be read are met one by one; more, and a new index is not trusted.
FEW = 10
# The clock does not build at once again what took too little: each time costs as much as the first.
UNSOUND_RESTS = timedelta(hours=1)
DAYS, REBUILDING, ASTRAY, UNSOUND = "search:days", "search:rebuilding", "search:astray", "search:unsound"
Progress = Callable[[int, int], None]
Read = Callable[[Sequence[int], int], Iterator[Document]]
logger = logging.getLogger(__name__)


class TooLittle(EngineDown):
    """A new index holds so little of what is listed that it does not take the place of another."""


# --- What changed.
def mark_stale(products: Collection[int]) -> None:
    """Note that the documents of products may be out of date; runs in the transaction that changes them."""
    if not products or shelf() is None:
        return
    StaleOffer.objects.bulk_create([StaleOffer(product_id=pk) for pk in products], batch_size=AT_ONCE)
    bell = index_what_changed.enqueue
    if not any(waiting[1] == bell for waiting in transaction.get_connection().run_on_commit):
        transaction.on_commit(bell)


@task(priority=MAY_WAIT)
def index_what_changed() -> int:
    """The bell: it may ring twice. An engine that is away is asked again by the clock."""
    try:
        return refresh()
    except EngineDown as error:
        logger.warning("The search engine does not take what changed, which waits: %s", error)
        return 0


@watches("catalogue.product")
def _products(subjects: Sequence[models.Model]) -> None:
    mark_stale([product.pk for product in subjects])


@watches("catalogue.certificate")
def _certificates(subjects: Sequence[models.Model]) -> None:
    # One that names no product stands behind all that its seller offers, and so may one that named some.
    owners = {one.organisation_id for one in subjects if isinstance(one, Certificate)}
    products = Product.objects.filter(organisation__in=owners).values_list("pk", flat=True)
    mark_stale(sorted(products))


@watches("catalogue.family")
def _families(subjects: Sequence[models.Model]) -> None:
    mark_where(product_class__in=[family.pk for family in subjects])


@watches("catalogue.category")
def _departments(subjects: Sequence[models.Model]) -> None:
    mark_where(product_class__department__in=[department.pk for department in subjects])


@watches("catalogue.protectedname")
def _protected_names(subjects: Sequence[models.Model]) -> None:
    mark_where(protected_name__in=[name.pk for name in subjects])


def mark_where(**fits: Any) -> None:
    """Note that the documents of the products that fit may be out of date."""
    mark_stale(list(Product.objects.filter(**fits).values_list("pk", flat=True)))


@watches("organisations.organisation")
def _organisations(subjects: Sequence[models.Model]) -> None:
    mark_sellers([one.pk for one in subjects if isinstance(one, Organisation) and one.is_seller])


def mark_sellers(sellers: Collection[int]) -> None:
    """Note that all documents of sellers may be out of date."""
    if sellers:
        mark_stale(list(Product.objects.filter(organisation__in=sellers).values_list("pk", flat=True)))


def note_the_day() -> int | None:
    """Mark what ended or began since the last day looked at. How many products; None on the same day."""
    today = today_here()
    with transaction.atomic():
        LastRun.objects.get_or_create(name=DAYS)
        row = lock_all(LastRun.objects.filter(pk=DAYS)).get()
        since = timezone.localtime(row.at).date() if row.at else today
        if row.at and since >= today:
            return None
        row.at = timezone.now()
        row.save(update_fields=["at"])
        return mark_what_expired(since)


def mark_what_expired(since: date) -> int:
    """Mark the products with proofs, prices or lots that ended, or began to count, since a day. How many."""
    today = today_here()
    ended = models.Q(valid_until__gte=since, valid_until__lt=today)
    begun = models.Q(valid_from__gt=since, valid_from__lte=today)
    proved = stands_behind(Certificate.objects.filter(ended | begun))
    lapsed = models.Q(prices_valid_until__gte=since, prices_valid_until__lt=today)
    undelivered = models.Q(organisation__in=ended_since(since, today))
    past = Lot.objects.filter(best_before__gte=since, best_before__lt=today)
    spoilt = models.Q(pk__in=past.values("product"))
    touched = Product.objects.listed().filter(proved | lapsed | undelivered | spoilt).order_by()
    products = list(touched.values_list("pk", flat=True))
    mark_stale(products)
    return len(products)


def refresh() -> int:
    """Bring the documents of what was marked up to date. How many products were looked at.

    A mark goes when every index that is asked, or will be, holds the change: it was written to it, or the
    index is begun after the mark was read, and so reads the change itself. Raises `EngineDown` where the
    engine does not answer; what was marked stays marked.
    """
    place = shelf()
    looked_at = 0
    if place is None:
        return looked_at
    while marks := dict(StaleOffer.objects.order_by("pk").values_list("pk", "product_id")[: 4 * AT_ONCE]):
        products = list(dict.fromkeys(marks.values()))
        # After the marks and before the products are read: whoever reads later has a higher number.
        version = next_version()
        # Marks may tell of words that this process does not know yet.
        forget()
        # After the marks were read: a rebuild that is not seen here reads the changes that they tell of.
        run = Rebuild.objects.filter(finished_at=None).first()
        is_paused = place.waits_for_building and run is not None
        engines = [] if is_paused else place.written(run.target if run else "")
        if not engines:
            # What cannot be written now stays marked: the index may come back as it is.
            return looked_at
        _put_into(place, engines, products, version)
        StaleOffer.objects.filter(pk__in=marks).delete()
        looked_at += len(products)
    return looked_at


def _put_into(place: Shelf, engines: Sequence[Engine], products: Sequence[int], version: int) -> None:
    asked, *beside = engines
    put(asked, products, version=version)
    for engine in beside:
        try:
            put(engine, products, version=version)
        except Refused as error:
            # Whoever builds it begins anew, and reads the change itself.
            logger.warning("The index that was being built is thrown away: %s", error)
            place.discard()


def put(engine: Engine, products: Sequence[int], *, version: int) -> None:
    """The documents of these products as they are now; those that are not on offer are taken out.

    A product that cannot be read is told in the log and stays in the index as it was.
    """
    engine.write(documents(products, version))
    try:
        listed = set(Product.objects.listed().filter(pk__in=products).values_list("pk", flat=True))
        engine.remove([str(pk) for pk in products if pk not in listed], version=version)
    finally:
        # Whatever the database says: a folder that is not settled is nobody else's to write.
        engine.settle()


def documents(products: Sequence[int], version: int) -> Iterator[Document]:
    """What the index holds of these products as they are now."""
    lexicon = current_lexicon()
    return made_of(products, lambda offer: document_of(offer, lexicon, version=version))


# --- All of it anew.
def rebuild(progress: Progress = lambda _done, _of: None, *, read: Read = documents) -> int | None:
    """A new index beside the one in use, then in its place; goes on with one that stopped. How many offers.

    None where somebody else is at it. Raises `EngineDown` where the engine does not answer, or took so little
    of what is listed that visitors would miss it.
    """
    place = shelf()
    run = _claimed(place) if place else None
    if place is None or run is None:
        return None
    try:
        return _build(place, run, progress, read)
    except EngineDown as error:
        # Who has taken it over may have let it stand already: then nothing of that name is built any more.
        if not Rebuild.objects.filter(pk=run.pk, heard_at=run.heard_at).exists():
            return None
        if isinstance(error, Refused):
            # Going on with it would meet the same.
            place.discard()
        raise
    finally:
        _let_go(run)


def _build(place: Shelf, run: Rebuild, progress: Progress, read: Read) -> int | None:
    engine = _engine_of(place, run)
    total = Product.objects.listed().count()
    while engine and (products := list(listed_ids(run.reached, most=4 * AT_ONCE))):
        written = run.written + engine.write(read(products, run.version))
        engine.settle()
        if not _keep(run, reached=products[-1], written=written):
            return None
        progress(run.written, total)
    # Nobody else has taken it over, and nobody does before the indices have changed places.
    if engine is None or not _keep(run):
        return None
    held, listed = engine.count(), Product.objects.listed().count()
    # Beside a sound index few may be missing; instead of none, or one that nobody can write, most are better.
    missed = max(FEW, listed // 100) if place.fits() else listed // 2
    is_sound = listed - held <= missed
    if is_sound:
        place.swap(run.target)
    else:
        place.discard()
    _keep(run, finished_at=timezone.now())
    if not is_sound:
        LastRun.objects.update_or_create(name=UNSOUND, defaults={"at": run.finished_at})
        raise TooLittle(f"only {held} of {listed} products could be indexed: what stood before stays")
    _catch_up()
    return run.written


def _catch_up() -> None:
    """What was marked while an index was built, and what was passed over; the new one stands in any case."""
    try:
        refresh()
        mend()
    except EngineDown as error:
        logger.warning("The new index stands; what changed meanwhile waits for the clock: %s", error)


def _claimed(place: Shelf) -> Rebuild | None:
    """The rebuild that this process is at from now on: one that died, or a new one; None while another is."""
    beside = place.building()
    with transaction.atomic():
        # Of two that begin at once the second looks when the first has written down that it is at it.
        lock_name(REBUILDING)
        run = Rebuild.objects.filter(finished_at=None).first()
        if run is not None and run.heard_at > timezone.now() - SILENT_AFTER:
            return None
        if run is not None and beside is not None and beside[0] == run.target:
            return run if _keep(run) else None
        if run is not None:
            run.delete()
        # Whatever is put into an index with a higher number is read after this moment.
        return Rebuild.objects.create(version=next_version())


def _engine_of(place: Shelf, run: Rebuild) -> Engine | None:
    """The index that a claimed rebuild writes; None where another process has taken it over meanwhile."""
    # Only who holds the one row makes an index, and throws away what another has left.
    if not run.target and not _keep(run, target=place.begin()):
        return None
    beside = place.building()
    if beside is None or beside[0] != run.target:
        raise EngineDown("the new index is gone")
    return beside[1]


def _keep(run: Rebuild, **facts: Any) -> bool:
    """Write down how far a rebuild is and that it is alive; False where another process has taken it over."""
    facts["heard_at"] = timezone.now()
    is_ours = bool(Rebuild.objects.filter(pk=run.pk, heard_at=run.heard_at).update(**facts))
    for name, fact in facts.items():
        setattr(run, name, fact)
    return is_ours


def _let_go(run: Rebuild) -> None:
    """Let whoever comes next go on at once with what this process has left undone."""
    if run.finished_at is None:
        ours = Rebuild.objects.filter(pk=run.pk, heard_at=run.heard_at)
        ours.update(heard_at=timezone.now() - SILENT_AFTER)


def next_version() -> int:
    """Microseconds on the clock that all processes share: above all that were given, in whatever database.

    A counter would go back with a backup that is restored, and the index keep what it has.
    """
    if connection.vendor != "postgresql":
        return time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        return int(cursor.fetchone()[0])


# --- What the two differ in.
def reconcile() -> int:
    """Mark what stands in one of database and index and not in the other. How many products."""
    astray = _astray()
    if astray:
        logger.warning("%s products stand in the index or in the database only", len(astray))
        mark_stale(sorted(astray))
    return len(astray)


def _astray() -> set[int]:
    """The products that stand in one of database and index and not in the other."""
    place = shelf()
    engine = place.current() if place else None
    return {int(one) for one in engine.ids()} ^ set(listed_ids()) if engine else set()


def mend() -> None:
    """Bring what stands in one of database and index only into line; remember what could not be.

    Where the engine goes away in between, nothing is remembered, and the next minute begins again.
    """
    differed = reconcile()
    refresh()
    odd = _astray() if differed else set()
    # What was marked meanwhile is late and not odd.
    odd -= set(StaleOffer.objects.filter(product_id__in=odd).values_list("product_id", flat=True))
    with transaction.atomic():
        OddOffer.objects.all().delete()
        OddOffer.objects.bulk_create([OddOffer(product_id=pk) for pk in sorted(odd)], batch_size=AT_ONCE)
        LastRun.objects.update_or_create(name=ASTRAY, defaults={"at": timezone.now()})


def heal(progress: Progress = lambda _done, _of: None) -> None:
    """What the clock does: builds an index that is missing or of another shape, looks into other counts."""
    place = shelf()
    if place is None:
        return
    note_the_day()
    unfinished = Rebuild.objects.filter(finished_at=None).exists()
    if unfinished or not place.fits():
        rests = LastRun.objects.filter(name=UNSOUND, at__gt=timezone.now() - UNSOUND_RESTS)
        if unfinished or not rests.exists():
            rebuild(progress)
        return
    try:
        # What came astray without changing how many there are is met once a day.
        if _looks_today() or (not StaleOffer.objects.exists() and _differs(place)):
            mend()
        else:
            refresh()
    except Refused as error:
        logger.warning("The index is built anew: %s", error)
        rebuild(progress)


def _looks_today() -> bool:
    """Whether all of the index is still to be looked through today: a look that broke off does not count."""
    looked = LastRun.objects.filter(name=ASTRAY).values_list("at", flat=True).first()
    return looked is None or timezone.localtime(looked).date() < today_here()


def _differs(place: Shelf) -> bool:
    """Whether index and database hold other counts, apart from the products that are known to be odd."""
    engine = place.current()
    if engine is None:
        return Product.objects.listed().exists()
    odd = [str(pk) for pk in OddOffer.objects.values_list("product_id", flat=True)]
    chunks = [tuple(odd[at : at + AT_ONCE]) for at in range(0, len(odd), AT_ONCE)]
    held_odd = sum(engine.ask(Plan(filters=(("odd", Clause("id", keys)),)), rows=1).total for keys in chunks)
    sound = Product.objects.listed().exclude(pk__in=OddOffer.objects.values("product_id"))
    return engine.count() - held_odd != sound.count()
