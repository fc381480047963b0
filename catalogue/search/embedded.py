"""The engine that needs no server: a tantivy index in a folder, or in memory."""

import json
import struct
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import tantivy

from catalogue.search.document import Document
from catalogue.search.engine import EngineDown, Found
from catalogue.search.fields import CODES, FORGIVEN, NUMBERS, SORTS, counting_of, counts_in, errors_in
from catalogue.search.ranking import WHOLE, Plan
from catalogue.search.ways import Bound, Clause, Filter, OneOf, Word

MEMORY = 64_000_000
# The files that every segment has.
PARTS = ("store", "fast", "idx", "term")
# Below each file stand a line with the sum of what is above, the length of the line, and this number.
FOOT = struct.Struct("<II")
MAGIC = 1337
# Seconds that whoever writes waits for another who writes the same folder.
TURN = 1.0
# So often the files are looked at while somebody writes.
LOOKS = 3
Must, MustNot, Should = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should
Query = tantivy.Query


def _schema() -> tantivy.Schema:
    build = tantivy.SchemaBuilder()
    build.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in CODES:
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        build.add_float_field(name, indexed=True, fast=True)
    for name in ("title", "body"):
        build.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return build.build()


def _files_of(folder: Path, table: bytes) -> Iterator[Path]:
    """The files of the segments that a table names: those that each has, and whatever else there is."""
    for segment in json.loads(table)["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from {*folder.glob(f"{name}.*"), *(folder / f"{name}.{part}" for part in PARTS)}


def is_whole(file: Path) -> bool:
    """Whether a file of the library is there and has the sum that was written below it."""
    try:
        held = file.read_bytes()
        length, magic = FOOT.unpack(held[-FOOT.size :])
        foot = json.loads(held[-FOOT.size - length : -FOOT.size])
        return bool(magic == MAGIC and crc32(held[: -FOOT.size - length]) == foot["crc"])
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False


# Of their words a set takes many times as long as each by itself.
TEXTS = ("title", "body")


class EmbeddedEngine:
    """An index in a folder (in memory without one); one process writes, any number ask.

    The library reads its files as memory: of one that is cut short below it the system kills whoever reads
    on. It opens none without its foot, and the sizes are looked at again before each use; whether all between
    is what was written takes long for a large index, and is for `is_well`.
    """

    name = "embedded"

    def __init__(self, folder: Path | None = None, *, makes_index: bool = True) -> None:
        """Where ``makes_index`` is False it is there already: an empty one would answer that nothing is."""
        self.schema = _schema()
        self.folder = folder
        # The files as they were opened: which of that name, and how long.
        self._opened: dict[Path, tuple[int, int]] = {}
        with self._telling():
            if folder is not None and not makes_index:
                self.index = tantivy.Index.open(str(folder))
            else:
                if folder is not None:
                    folder.mkdir(parents=True, exist_ok=True)
                self.index = tantivy.Index(self.schema, path=str(folder) if folder else None, reuse=True)
            # By default a thread of the library reads on by itself, whatever became of the files.
            self.index.config_reader(reload_policy="manual")
            self._note()
        # Each thread writes with its own: the lock of the folder keeps them apart, as it does processes.
        self._held = threading.local()

    def write(self, documents: Iterable[Document]) -> int:
        """See `Engine.write`."""
        writer, written = self._open(), 0
        try:
            for document in documents:
                written += 1
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(self._row(document))
        except BaseException:
            # Nothing of a batch that broke off, and the folder is free for whoever writes next.
            self._held.writer = None
            del writer
            raise
        return written

    def remove(self, ids: Iterable[str], *, version: int = 0) -> None:
        """See `Engine.remove`."""
        for each in ids:
            self._open().delete_documents_by_term("id", each)

    def settle(self) -> None:
        """See `Engine.settle`."""
        writer, self._held.writer = getattr(self._held, "writer", None), None
        with self._telling():
            if writer is not None:
                writer.commit()
                writer.wait_merging_threads()
            self.index.reload()
            self._note()

    def count(self) -> int:
        """See `Engine.count`."""
        with self._telling():
            return self.index.searcher().num_docs

    def ask(self, plan: Plan, *, start: int = 0, rows: int = 20, facets: Sequence[str] = ()) -> Found:
        """See `Engine.ask`."""
        with self._telling():
            return self._asked(plan, start=start, rows=rows, facets=facets)

    def _asked(self, plan: Plan, *, start: int, rows: int, facets: Sequence[str]) -> Found:
        searcher = self.index.searcher()
        filters = list(plan.filters)
        query = self._scored(plan, [clause for _, clause in filters])
        if plan.sort in SORTS:
            by, falling = SORTS[plan.sort]
            order = tantivy.Order.Desc if falling else tantivy.Order.Asc
            result = searcher.search(query, limit=rows, offset=start, order_by_field=by, order=order)
        else:
            result = searcher.search(query, limit=rows, offset=start)
        ids = [searcher.doc(address)["id"][0] for _, address in result.hits]
        scores = [float(score or 0) for score, _ in result.hits]
        counts = self._counts(searcher, plan, facets)
        # The library tells the count, its type stubs do not.
        return Found(ids, scores, result.count, facets=counts)  # type: ignore[attr-defined]

    def ids(self) -> Iterator[str]:
        """See `Engine.ids`."""
        with self._telling():
            searcher = self.index.searcher()
            found = searcher.search(Query.all_query(), limit=max(searcher.num_docs, 1))
            for _score, address in found.hits:
                yield searcher.doc(address)["id"][0]

    def is_well(self) -> bool:
        """See `Engine.is_well`: whether every segment has its files, and they are what was written."""
        if self.folder is None:
            return True
        for _look in range(LOOKS):
            try:
                table = (self.folder / "meta.json").read_bytes()
                if all(map(is_whole, _files_of(self.folder, table))):
                    return True
                # Who writes joins segments and throws the single ones away, meanwhile.
                if (self.folder / "meta.json").read_bytes() == table:
                    return False
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                return False
        return True

    def see(self) -> None:
        """Take in what another process has written."""
        with self._telling():
            self.index.reload()
            self._note()

    def _note(self) -> None:
        """Remember the size of each file that is read as memory from now on; that of a known one stays."""
        if self.folder is None:
            return
        table = (self.folder / "meta.json").read_bytes()
        opened = {}
        for file in _files_of(self.folder, table):
            # Who writes throws files away meanwhile: what is open of those stays whole.
            with suppress(FileNotFoundError):
                kept = file.stat()
                known = self._opened.get(file)
                is_known = known is not None and known[0] == kept.st_ino
                opened[file] = known if known is not None and is_known else (kept.st_ino, kept.st_size)
        self._opened = opened

    def _require_whole(self) -> None:
        for file, (which, size) in self._opened.items():
            # Another file of the name, or none, is no harm to the one that is open.
            with suppress(FileNotFoundError):
                now = file.stat()
                if now.st_ino == which and now.st_size < size:
                    raise EngineDown(f"the index was cut short on its disk: {file.name}")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the library cannot read is an engine that is down; whether it is unsound is for `is_well`."""
        self._require_whole()
        try:
            yield
        except BaseException as error:
            # On a damaged file the library panics, which is no `Exception`.
            if not isinstance(error, (ValueError, OSError)) and type(error).__name__ != "PanicException":
                raise
            raise EngineDown(f"the index does not answer: {error}") from error

    def drop(self) -> None:
        """See `Engine.drop`."""
        self._open().delete_all_documents()
        self.settle()

    def _open(self) -> tantivy.IndexWriter:
        writer: tantivy.IndexWriter | None = getattr(self._held, "writer", None)
        until = time.monotonic() + TURN
        while writer is None:
            try:
                with self._telling():
                    writer = self.index.writer(MEMORY, num_threads=1)
            except EngineDown:
                # Another process or thread writes, most often for a moment.
                if time.monotonic() > until:
                    raise
                time.sleep(TURN / 20)
        self._held.writer = writer
        return writer

    def _row(self, document: Document) -> tantivy.Document:
        row: dict[str, Any] = {"id": document.id, **document.numbers}
        row |= {name: list(codes) for name, codes in document.codes.items() if codes}
        row["title"], row["body"] = " ".join(document.title), " ".join(document.body)
        return tantivy.Document.from_dict(row, self.schema)

    # --- A plan in tantivy's terms.
    def _clause(self, clause: Filter) -> tantivy.Query:
        if isinstance(clause, Word):
            return self._any_place(clause)
        if isinstance(clause, Bound):
            kind = tantivy.FieldType.Float
            return Query.range_query(self.schema, clause.field, kind, clause.low, clause.high)
        if isinstance(clause, OneOf):
            ways = [Query.boolean_query([(Must, self._clause(one)) for one in way]) for way in clause.ways]
            return Query.boolean_query([(Should, way) for way in ways])
        if clause.is_absent:
            held = self._clause(replace(clause, is_absent=False))
            return Query.boolean_query([(Must, Query.all_query()), (MustNot, held)])
        if len(clause.codes) == 1:
            return Query.term_query(self.schema, clause.field, clause.codes[0], "basic")
        if clause.field in TEXTS:
            each = [Query.term_query(self.schema, clause.field, code, "basic") for code in clause.codes]
            return Query.boolean_query([(Should, one) for one in each])
        return Query.term_set_query(self.schema, clause.field, list(clause.codes))

    def _constant(self, clause: Clause | Bound | OneOf, weight: float) -> tuple[tantivy.Occur, tantivy.Query]:
        return Should, Query.const_score_query(self._clause(clause), weight)

    def _word(self, word: Word, field: str, weight: float) -> list[tantivy.Query]:
        found = [Query.boost_query(Query.term_query(self.schema, field, word.stem, "freq"), weight)]
        if word.forgiving and (errors := errors_in(word.stem)):
            near = Query.fuzzy_term_query(self.schema, field, word.stem, errors)
            found.append(Query.const_score_query(near, weight * FORGIVEN))
        return found

    def _any_place(self, word: Word) -> tantivy.Query:
        ways = [*self._word(word, "title", word.title), *self._word(word, "body", word.body)]
        return Query.disjunction_max_query(ways, 0.1)

    def _found(self, plan: Plan) -> tantivy.Query | None:
        """What makes an offer part of the answer; None where everything is."""
        ways = [(Should, self._clause(clause)) for clause in plan.needs]
        if plan.words:
            least = plan.least_words
            standing = [(Should, self._any_place(word)) for word in plan.words]
            ways.append((Should, Query.boolean_query(standing, minimum_number_should_match=least)))
        return Query.boolean_query(ways) if ways else None

    def _scored(self, plan: Plan, filters: Sequence[Filter]) -> tantivy.Query:
        musts = [self._found(plan) or Query.all_query(), *map(self._clause, filters)]
        terms = [(Must, Query.const_score_query(query, 0.0)) for query in musts]
        terms += [self._constant(clause, clause.weight) for clause in plan.scores]
        if plan.whole:
            whole = Query.boolean_query([(Must, self._clause(clause)) for clause in plan.whole])
            terms.append((Should, Query.const_score_query(whole, WHOLE)))
        terms += [(Should, self._any_place(word)) for word in (*plan.words, *plan.echoes)]
        return Query.boolean_query(terms)

    def _counts(self, searcher: Any, plan: Plan, facets: Sequence[str]) -> dict[str, dict[str, int]]:
        """Counts by facet; facets without a filter of their own share one pass over the answer."""
        groups = {group for group, _ in plan.filters}
        shared = [facet for facet in facets if facet not in groups]
        counted: dict[str, dict[str, int]] = {}
        for together in [shared, *([facet] for facet in facets if facet in groups)]:
            if not together:
                continue
            left = [clause for group, clause in plan.filters if group not in together]
            musts = [self._found(plan) or Query.all_query(), *map(self._clause, left)]
            query = Query.boolean_query([(Must, each) for each in musts])
            asked = {facet: counting_of(facet) for facet in together}
            for facet, answer in searcher.aggregate(query, asked).items():
                counted[facet] = counts_in(facet, answer["buckets"])
        return counted
