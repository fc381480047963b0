"""What a visitor may mean while typing: beginnings that each process holds, looking for changes now and then.

Products found are looked up before they are shown, so that one taken off the shelf is never suggested.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from threading import Lock, Thread
from typing import Any

from django.db import connection
from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.utils import timezone

from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Family, Product, ProductText
from catalogue.search.beginnings import HEARD, MISTYPED, WRITTEN, Beginnings
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import titles
from catalogue.search.suggesting import MOST_OF_A_KIND, Shown, Suggestion, shown
from moussem.organisations.models import Organisation
from moussem.regions.models import Province, Region

logger = logging.getLogger(__name__)

BETWEEN_LOOKS = timedelta(seconds=5)
# Counting reads every product that is listed.
BETWEEN_COUNTS = timedelta(minutes=1)
COUNTED = (
    ("family", "product_class__slug"),
    ("cooperative", "organisation__slug"),
    ("place", "origin_region__code"),
    ("place", "origin_province__code"),
)
FIRST_WAIT = 1
# A transaction that began that long ago may still bring rows with an older time of change.
LATE = timedelta(minutes=2)
AT_ONCE = 2_000
# More changed products than these are read beside the request that notices them.
READ_IN_A_REQUEST = 1_000
# Of those found some may be off the shelf by now.
CANDIDATES = 3 * MOST_OF_A_KIND
# Other names are looked for of goods whose names begin with so many letters, of so many, by so many names.
SHORTEST_NAME = 3
MOST_GOODS, MOST_NAMES = 4, 12
# Enough that the families are not hidden behind the sellers.
MOST_OTHERS = 200

Named = tuple[str, str]
Work = Callable[[], None]
# Does the first beside the request, and whatever comes of it the second.
Beside = Callable[[Work, Work], None]

REGION = re.compile(r"ma-\d+")
# 0910.20 and 0910 20 are one code.
CODE_MARKS = re.compile(r"(?<=\d)[.\s](?=\d)")


class Remembered:
    """The beginnings that a process holds, and how fresh they are."""

    def __init__(self, beside: Beside | None = None) -> None:
        self.products: Beginnings[int] = Beginnings()
        self.others: Beginnings[Named] = Beginnings()
        # Goods by all their names: titles hold one of them, and visitors type another one.
        self.goods: Beginnings[str] = Beginnings()
        self.names: dict[Named, Mapping[str, str]] = {}
        # What else the lexicon calls them, the drawing of each, and how much each has on offer.
        self.words: dict[Named, list[str]] = {}
        self.drawings: dict[Named, str] = {}
        self.counts: dict[Named, int] = {}
        self._counted: datetime | None = None
        self._rows: list[tuple[str, ...]] = []
        self._lexicon: Lexicon | None = None
        self._looked: datetime | None = None
        # When each product that changed lately did: what was read need not be read again.
        self._read: dict[int, datetime] = {}
        self._since: datetime | None = None
        self._turn = Lock()
        self._beside = beside or _in_a_thread

    def refresh(self) -> None:
        """Takes in what changed since the last look, some seconds ago; others go on with what is there."""
        if self._is_fresh():
            return
        # Only the first questions of a process wait a little: there is nothing to answer from yet.
        if not self._turn.acquire(timeout=FIRST_WAIT if self._looked is None else 0):
            return
        if self._is_fresh():
            self._turn.release()
            return
        now = timezone.now()
        release = self._turn.release
        try:
            start = now - LATE
            self._take_names()
            self._take_counts(now)
            rows = self._rows_since(self._since)
            # All of a large catalogue is not even counted in a request.
            unread = self._unread(rows if self._since else rows[: READ_IN_A_REQUEST + 1])
            if len(unread) > READ_IN_A_REQUEST:
                self._beside(lambda: self._take_products(self._unread(rows), start), release)
                release = _nothing
            else:
                self._take_products(unread, start)
            self._looked = now
        finally:
            release()

    def _is_fresh(self) -> bool:
        # A clock that was set back must not stop us from looking.
        return self._looked is not None and abs(timezone.now() - self._looked) < BETWEEN_LOOKS

    @staticmethod
    def _rows_since(since: datetime | None) -> QuerySet[Any]:
        """Products, newest first, with their time of change: the listed ones, later those that changed."""
        rows = Product.objects.order_by("-date_updated", "-pk").values_list("pk", "date_updated")
        return rows.filter(date_updated__gte=since) if since else rows.listed()

    def _unread(self, rows: QuerySet[Any]) -> dict[int, datetime]:
        return {pk: when for pk, when in rows if self._read.get(pk) != when}

    def _take_products(self, changed: dict[int, datetime], start: datetime) -> None:
        keys = list(changed)
        for place in range(0, len(keys), AT_ONCE):
            part = keys[place : place + AT_ONCE]
            told = _titles_of(part)
            for key in part:
                if key in told:
                    self.products.put(key, told[key])
                else:
                    self.products.remove(key)
        late = {**self._read, **changed}
        self._read = {pk: when for pk, when in late.items() if when >= start}
        self._since = start
        if self.products.is_worn:
            self.products = self.products.swept()

    def _take_names(self) -> None:
        """Families, sellers and places: few enough to read at each look; taken in when they changed."""
        rows, lexicon = sorted(_names_on_offer()), current_lexicon()
        if rows == self._rows and lexicon is self._lexicon:
            return
        others: Beginnings[Named] = Beginnings()
        names: dict[Named, Mapping[str, str]] = {}
        told: dict[Named, list[str]] = {}
        for kind, key, en, fr, ar, _drawing in rows:
            # A seller keeps one name in Latin letters, whatever its language.
            latin = {"": en} if kind == "cooperative" else {"en": en, "fr": fr}
            names[kind, key] = {**latin, "ar": ar}
            told[kind, key] = _other_words(kind, key, en, lexicon)
            others.put((kind, key), [*filter(None, (en, fr, ar)), *told[kind, key]])
        if lexicon is not self._lexicon:
            self.goods = _goods_of(lexicon)
        self.drawings = {(row[0], row[1]): row[-1] for row in rows}
        self.names, self.others, self.words = names, others, told
        self._rows, self._lexicon = rows, lexicon

    def _take_counts(self, now: datetime) -> None:
        """How much each has on offer: a figure beside a name may be a minute old."""
        if self._counted is None or abs(now - self._counted) >= BETWEEN_COUNTS:
            self.counts = {(kind, key): count for kind, key, count in _counted().all()}
            self._counted = now

    def find(self, typed: str, language: str) -> list[Shown]:
        """The suggestions for what was typed; words with errors where nothing else is found."""
        typed = CODE_MARKS.sub("", typed)
        # Families have names in Darija, which is written as it sounds; titles of products do not.
        ways = [(HEARD, WRITTEN), (MISTYPED, MISTYPED)]
        if self._lexicon is not None and self._lexicon.is_word(typed):
            # A word that is right has no errors, though nothing is called so: "cafe" is no cape.
            ways = ways[:1]
        for other_doubt, doubt in ways:
            others = self.others.find(typed, MOST_OTHERS, other_doubt)
            products = self.products.find(typed, CANDIDATES, doubt)
            # A family that is called so leads to its products.
            is_shelf = any(kind == "family" for (kind, _key), _begins in others)
            called = {} if products or is_shelf else self._called(typed, doubt)
            found = [
                Suggestion(
                    kind,
                    key,
                    self.names[kind, key],
                    begins,
                    others=self.words.get((kind, key), ()),
                    drawing=self.drawings.get((kind, key), ""),
                    count=self.counts.get((kind, key), 0),
                )
                for (kind, key), begins in others
                if (kind, key) in self.names
            ]
            if products:
                found += _listed(dict(products))
            if called:
                found += [
                    replace(one, others=called[one.key[1]]) for one in _listed(dict.fromkeys(called, True))
                ]
            if found:
                return shown(found, typed, language)
        return []

    def _called(self, typed: str, doubt: int) -> dict[int, list[str]]:
        """The products whose titles hold another name of the goods typed (majhoul), each with all of them."""
        found: dict[int, list[str]] = {}
        if self._lexicon is None or len(typed.strip()) < SHORTEST_NAME:
            return found
        for code, _begins in self.goods.find(typed, MOST_GOODS, doubt):
            names = _aliases(self._lexicon)[code]
            for name in names[:MOST_NAMES]:
                # As a whole word.
                for key, _begins in self.products.find(f"{name} ", MOST_OF_A_KIND):
                    found.setdefault(key, names)
            if len(found) >= CANDIDATES:
                break
        return found


def _nothing() -> None:
    """What is left to do when another thread does it."""


def _in_a_thread(work: Work, afterwards: Work) -> None:
    def run() -> None:
        try:
            work()
        except Exception:
            logger.exception("products could not be read for suggestions")
        finally:
            connection.close()
            afterwards()

    Thread(target=run, daemon=True).start()


def _titles_of(keys: list[int]) -> dict[int, set[str]]:
    """Every title of those of the products that are listed."""
    listed = Product.objects.listed().filter(pk__in=keys).order_by()
    told = {key: {title} if title else set() for key, title in listed.values_list("pk", "title")}
    texts = ProductText.objects.filter(product__in=keys).order_by().values_list("product_id", "title")
    for key, title in texts:
        if key in told:
            told[key].add(title)
    return told


def _listed(found: Mapping[int, bool]) -> Iterator[Suggestion]:
    """Those of the products that every visitor may see, with their titles and seller as they are now."""
    rows = (
        Product.objects.listed()
        .filter(pk__in=found)
        .order_by()
        .values_list(
            "pk",
            "slug",
            "title",
            "organisation__name",
            "organisation__name_ar",
            "product_class__drawing",
            "texts__language",
            "texts__title",
        )
    )
    told: dict[int, tuple[str, str, dict[str, str], dict[str, str]]] = {}
    for key, slug, title, seller, seller_ar, drawing, language, text in rows:
        notes = {"": seller, "ar": seller_ar}
        _slug, _drawing, names, _notes = told.setdefault(key, (slug, drawing or "", {}, notes))
        names[language or ""] = text or title or slug
    for key, begins in found.items():
        if key in told:
            slug, drawing, names, notes = told[key]
            yield Suggestion("product", (slug, key), names, begins, notes, drawing=drawing)


def _names_on_offer() -> Iterable[tuple[str, ...]]:
    return [tuple(row) for row in _offered().all()]


@cache
def _offered() -> QuerySet[Any]:
    """Kind, key, three names and drawing of what lists something, as one union."""
    families = _with_listed(Family.objects.all(), "product_class")
    sellers = _with_listed(Organisation.objects.sellers(), "organisation")
    regions = _with_listed(Region.objects.all(), "origin_region")
    provinces = _with_listed(Province.objects.all(), "origin_province")
    return families.values_list(_word("family"), "slug", "name", "name_fr", "name_ar", "drawing").union(
        sellers.values_list(_word("cooperative"), "slug", "name", _word(""), "name_ar", _word("")),
        regions.values_list(_word("place"), "code", "name_en", "name_fr", "name_ar", _word("")),
        provinces.values_list(_word("place"), "code", _word(""), "name_fr", "name_ar", _word("")),
        all=True,
    )


@cache
def _counted() -> QuerySet[Any]:
    """Kind, key and the number of listed products of whatever has some, as one union."""
    families, sellers, regions, provinces = (
        Product.objects.listed().order_by().annotate(kind=_word(kind), key=F(key)).values_list("kind", "key")
        for kind, key in COUNTED
    )
    counted = [rows.annotate(number=Count("pk")) for rows in (families, sellers, regions, provinces)]
    return counted[0].union(*counted[1:], all=True)


def _with_listed(rows: QuerySet[Any], relation: str) -> QuerySet[Any]:
    listed = Product.objects.listed().filter(**{relation: OuterRef("pk")}).order_by()
    return rows.filter(Exists(listed)).order_by()


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def _goods_of(lexicon: Lexicon) -> Beginnings[str]:
    """Goods by all their names."""
    told = _aliases(lexicon)
    goods: Beginnings[str] = Beginnings()
    goods.fill(
        (code, told[code]) for code, one in lexicon.concepts.items() if one.kind == "thing" and code in told
    )
    return goods


def _other_words(kind: str, key: str, name: str, lexicon: Lexicon) -> list[str]:
    """What else the lexicon calls a place, or a family that is one thing: azafrán, zaafrane, 091020.

    A province answers to the towns in it, and a family of oils to the word for oil in any language.
    """
    code = key.lower()
    if kind == "place":
        # Not what a region answers to: its provinces are places to go to themselves.
        within = [] if REGION.fullmatch(code) else lexicon.kinds_of(code)
        return [alias for each in (code, *within) for alias in _aliases(lexicon).get(each, ())]
    named = titles(name, lexicon) if kind == "family" else {}
    things, forms = named.get("thing", set()), named.get("form", set())
    if not set(named) <= {"thing", "form"} or len(things) != 1 or len(forms) > 1:
        return []
    # The goods before what they come as.
    told = [alias for each in (*things, *forms) for alias in _aliases(lexicon).get(each, ())]
    return told if forms else [*told, *(hs for each in things for hs in lexicon.concepts[each].hs6)]


# Of the one that is asked and, for a moment, the one before it.
@lru_cache(maxsize=2)
def _aliases(lexicon: Lexicon) -> dict[str, list[str]]:
    """The words of the lexicon by the code of what they mean."""
    told: dict[str, list[str]] = {}
    for alias in lexicon.aliases:
        for code in alias.codes:
            told.setdefault(code, []).append(" ".join(alias.words))
    return told


_memory = Remembered()


def suggestions(typed: str, language: str) -> list[Shown]:
    """What a visitor may mean who has typed this on a page in this language."""
    _memory.refresh()
    return _memory.find(typed, language)


def forget_suggestions() -> None:
    """Reads everything anew at the next question: for tests and benchmarks."""
    global _memory
    _memory = Remembered()
