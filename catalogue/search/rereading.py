"""What offers say in words that were learnt since: those that may be read otherwise now are marked.

How far this came is the key of the last version of a concept that was looked at. Who writes concepts does so
one after the other (`words_now.lock_concepts`), so nothing is passed over, and whatever a dead process left
is met by the clock.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django_tasks import task

from catalogue.concepts.models import ConceptVersion
from catalogue.concepts.states import ConceptKind
from catalogue.concepts.words_now import current_lexicon
from catalogue.search.document import Offer
from catalogue.search.folding import fold, stem
from catalogue.search.indexing import mark_stale
from catalogue.search.lexicon import COMPOUNDING
from catalogue.search.offers import AT_ONCE, listed_ids, offers_of
from catalogue.search.tables import Content
from moussem.core.locks import lock_all
from moussem.core.models import LastRun
from moussem.core.threads import MAY_WAIT

WORDS = "search:words"
# More changed concepts than these are looked for by reading all offers anew.
MOST_LOOKED_FOR = 50
# Stems that all stand in an offer that a changed alias may concern.
Sought = tuple[str, ...]


@task(priority=MAY_WAIT)
def read_anew() -> int:
    """The bell that changed concepts ring: it may ring twice."""
    return mark_what_reads_anew()


def mark_what_reads_anew() -> int:
    """Mark the offers that hold words whose meaning changed since the last look. How many."""
    newest = ConceptVersion.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if LastRun.objects.filter(pk=WORDS, fingerprint=str(newest)).exists() or not newest:
        return 0
    with transaction.atomic():
        LastRun.objects.get_or_create(name=WORDS)
        row = lock_all(LastRun.objects.filter(pk=WORDS)).get()
        sought = _sought(int(row.fingerprint or 0), newest)
        products = list(listed_ids()) if sought is None else list(_holding(sought))
        row.fingerprint = str(newest)
        row.save(update_fields=["fingerprint"])
        mark_stale(products)
    return len(products)


def _sought(since: int, newest: int) -> set[Sought] | None:
    """What to look for in the offers; None where the change may concern any of them."""
    changed = ConceptVersion.objects.filter(pk__gt=since, pk__lte=newest)
    concepts = set(changed.values_list("concept_id", flat=True)[: MOST_LOOKED_FOR + 1])
    if len(concepts) > MOST_LOOKED_FOR:
        return None
    sought: set[Sought] = set()
    for concept in concepts:
        versions = ConceptVersion.objects.filter(concept=concept).order_by("-pk")
        now = versions.filter(pk__lte=newest)[0].content
        before = versions.filter(pk__lte=since).first()
        told = _changed(before.content if before else {**now, "aliases": {}}, now)
        if told is None:
            return None
        sought |= told
    return sought


def _changed(before: Content, now: Content) -> set[Sought] | None:
    """The aliases that only one of two states has, as stems; None where more than aliases differ."""
    was, is_now = _pairs(before), _pairs(now)
    bare = [{**content, "aliases": {}} for content in (before, now)]
    # A word that is passed over joins the words around it.
    if bare[0] != bare[1] or now["kind"] == ConceptKind.STOP:
        return None
    return {stems for language, alias in was ^ is_now for stems in _stems(language, alias)}


def _pairs(content: Content) -> set[tuple[str, str]]:
    return {(language, alias) for language, told in content["aliases"].items() for alias in told}


def _stems(language: str, alias: str) -> Iterable[Sought]:
    stems = tuple(stem(word) for word in current_lexicon().telling(alias, language))
    # A word of a language that writes compounds may be half of one, without the rest of its alias.
    return [(one,) for one in stems] if language in COMPOUNDING else [stems]


def _holding(sought: set[Sought]) -> Iterable[int]:
    """The offers that hold all stems of anything sought: more than are concerned, never fewer."""
    after = 0
    while keys := list(listed_ids(after, most=AT_ONCE)):
        for offer in offers_of(keys):
            text = fold(" ".join(_words_of(offer)))
            if any(all(one in text for one in stems) for stems in sought):
                yield int(offer.id)
        after = keys[-1]


def _words_of(offer: Offer) -> Sequence[str]:
    rules = [place for _rule, place in offer.rules]
    return (*offer.titles, *offer.descriptions, *offer.names, *offer.kinds, *offer.places, *rules)
