"""The engine of production: Elasticsearch behind an alias, so that one index is built beside another."""

import logging
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any
from uuid import uuid4

from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query
from elasticsearch.helpers import BulkIndexError, ScanError, scan, streaming_bulk

from catalogue.search.deadlines import InTime
from catalogue.search.document import Document
from catalogue.search.engine import DEEPEST, EngineDown, Found, Refused
from catalogue.search.fields import (
    CODE,
    CODES,
    FORGIVEN,
    NUMBER,
    NUMBERS,
    SHAPE,
    SORTS,
    counting_of,
    counts_in,
    errors_in,
)
from catalogue.search.ranking import WHOLE, Plan, fields_of
from catalogue.search.ways import Bound, Clause, Filter, OneOf, Word

logger = logging.getLogger(__name__)
BATCH = 500
# Seconds: a page must not wait for an engine that is away.
PATIENCE = 2
WRITING = 30
# What a server that has just started is given to find its parts again.
RECOVERS = "5s"
# Errors of the line, of the server, and refusals of single documents.
DOWN = (TransportError, ApiError, BulkIndexError)
# What an answer meets that has not the parts it should have: something else stands in front of the server.
STRANGE = (AttributeError, KeyError, IndexError, TypeError, ValueError)
PRODUCT = "Elasticsearch"
CONFLICT, NOT_FOUND = 409, "not_found"
# What is said of a single document that does not fit; every other refusal is a matter of the index.
UNFIT = frozenset({"document_parsing_exception", "mapper_parsing_exception"})
# What an index says that takes nothing any more: it is closed, has other fields, is blocked, or is not the
# one that is written under its alias. A full disk blocks it too, with another status, and for a while.
FOR_GOOD = frozenset({"index_closed_exception", "strict_dynamic_mapping_exception"})
BLOCKED, FORBIDDEN, NO_WRITE_INDEX = "cluster_block_exception", 403, "no write index is defined"
FULL_DISK = "12"
# The server's numbers of what keeps readers or writers out, by the settings that set them.
BLOCKS = {"5": "read_only", "7": "read", "8": "write", "9": "metadata", FULL_DISK: "read_only_allow_delete"}
# Seconds in which nobody asks again a server that did not answer: a page waits for it once.
RESTS = 3.0
# How many words of the index a typing error may stand for; the embedded engine takes them all.
NEAR = 500
# What was written is made visible by whoever wrote it (`settle`), and by no clock beside.
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}


def _mapping() -> dict[str, Any]:
    words = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
    fields: dict[str, Any] = {name: {"type": CODE} for name in CODES}
    fields |= {name: {"type": NUMBER} for name in NUMBERS}
    # What is found is read from the database: only the words of search are kept.
    return {
        "dynamic": "strict",
        "_meta": {"shape": SHAPE},
        "_source": {"enabled": False},
        "properties": {**fields, "title": words, "body": words},
    }


def kinds() -> dict[str, str]:
    """The fields that an index of ours has, each with its type."""
    return {name: field["type"] for name, field in _mapping()["properties"].items()}


class ElasticEngine:
    """Documents under an alias of a server; the alias is made with the first document."""

    name = "elasticsearch"

    def __init__(self, url: str, alias: str, *, makes_index: bool = True) -> None:
        """Where ``makes_index`` is False the alias stands already: nothing is written where it does not."""
        self.alias, self.makes_index = alias, makes_index
        self.client = Elasticsearch(
            url, request_timeout=PATIENCE, max_retries=0, retry_on_timeout=False, node_class=InTime
        )
        self.rests_until = 0.0
        # The fields of an index of an older shape; None where it has all of them.
        self.known: frozenset[str] | None = None

    def write(self, documents: Iterable[Document]) -> int:
        """See `Engine.write`."""
        self._ensure()
        return self._bulk(
            {"_op_type": "index", "_id": each.id, **_versioned(each.version), **self._row(each)}
            for each in documents
        )

    def remove(self, ids: Iterable[str], *, version: int = 0) -> None:
        """See `Engine.remove`."""
        self._ensure()
        self._bulk({"_op_type": "delete", "_id": each, **_versioned(version)} for each in ids)

    def settle(self) -> None:
        """See `Engine.settle`."""
        client = self.client.options(request_timeout=WRITING)
        self.call(lambda: said(client.indices.refresh(index=self.alias))["_shards"])

    def count(self) -> int:
        """See `Engine.count`."""
        return int(self.call(lambda: int(said(self.client.count(index=self.alias))["count"])))

    def ask(self, plan: Plan, *, start: int = 0, rows: int = 20, facets: Sequence[str] = ()) -> Found:
        """See `Engine.ask`."""
        # A server finds nothing in a field that is not there, and says no word of it.
        if self.known is not None and (strange := fields_of(plan) - self.known):
            raise EngineDown(f"the index is older than {', '.join(sorted(strange))}")
        start = min(start, DEEPEST - rows)
        body: dict[str, Any] = {
            "index": self.alias,
            "query": _scored(plan).to_dict(),
            "from_": start,
            "size": rows,
            "track_total_hits": True,
            "aggregations": _counts(plan, facets),
            "post_filter": Q("bool", filter=[_clause(clause) for _, clause in plan.filters]).to_dict(),
        }
        if plan.sort in SORTS:
            by, falling = SORTS[plan.sort]
            body["sort"] = [{by: {"order": "desc" if falling else "asc", "missing": "_last"}}]
        found: Found = self.patiently(lambda: _read(said(self.client.search(**body)), facets))
        return found

    def ids(self) -> Iterator[str]:
        """See `Engine.ids`."""
        client = self.client.options(request_timeout=WRITING)
        try:
            for hit in scan(client, index=self.alias, size=10_000, query={"query": {"match_all": {}}}):
                yield hit["_id"]
        except (*DOWN, *STRANGE, ScanError) as error:
            raise EngineDown(repr(error)) from error

    def size(self) -> int:
        """The bytes of the index."""

        def ask() -> int:
            told = said(self.client.indices.stats(index=self.alias, metric="store"))
            return int(told["_all"]["primaries"]["store"]["size_in_bytes"])

        return int(self.call(ask))

    def drop(self) -> None:
        """See `Engine.drop`; the indices behind the alias are deleted."""
        for index in self.call(lambda: list(said(self.client.indices.get_alias(index=self.alias)))):
            self.call(lambda index=index: self.client.indices.delete(index=index))

    # --- The line to the server.
    def _ensure(self) -> None:
        indices = self.client.indices
        if self.makes_index and not self.call(
            lambda: indices.exists_alias(index=self.alias, name=self.alias)
        ):
            self.make(self.alias)

    def make(self, alias: str) -> str:
        """An empty index under an alias; its name."""
        index = f"{self.alias}-{uuid4().hex[:12]}"
        aliases: dict[str, Any] = {alias: {}}
        client = self.client.options(request_timeout=WRITING)
        asked: dict[str, Any] = {"mappings": _mapping(), "settings": SETTINGS, "aliases": aliases}
        self.call(lambda: said(client.indices.create(index=index, **asked))["acknowledged"])
        return index

    def _bulk(self, actions: Iterator[dict[str, Any]]) -> int:
        wrong: list[dict[str, Any]] = []
        good = 0
        with ThreadPoolExecutor(1) as pool:
            # Made before they are sent: what fails in making one is no fault of the server. While it takes
            # a batch the next one is made.
            sent = deque[Future[tuple[int, list[dict[str, Any]]]]]()
            while (batch := list(islice(actions, BATCH))) or sent:
                if sent:
                    taken, refused = sent.popleft().result()
                    good, wrong = good + taken, wrong + refused
                if batch:
                    sent.append(pool.submit(self.call, partial(self._send, batch)))
        for facts in wrong:
            logger.error("Elasticsearch refused product %s: %s", facts["_id"], facts.get("error"))
        # A document that it cannot take must not keep all others waiting; a full disk is another matter.
        if any(map(_is_for_good, wrong)):
            raise Refused(f"the index behind {self.alias} takes nothing any more")
        if not all(map(_is_unfit, wrong)):
            raise EngineDown(f"Elasticsearch refused {len(wrong)} documents")
        return good

    def _send(self, batch: list[dict[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
        """How many of a batch were taken, and what was answered of those that were refused."""
        client = self.client.options(request_timeout=WRITING)
        # Under a name that is gone the server would make an index and guess what its fields are.
        taken = streaming_bulk(
            client, batch, index=self.alias, chunk_size=BATCH, raise_on_error=False, require_alias=True
        )
        told = list(taken)
        if len(told) != len(batch):
            raise EngineDown(f"{len(told)} of {len(batch)} documents were answered for")
        refused = []
        for is_good, answer in told:
            ((verb, facts),) = answer.items()
            # A later state is there already, or what is to go is not.
            known = facts["status"] == CONFLICT or (verb == "delete" and facts.get("result") == NOT_FOUND)
            if not is_good and not known:
                refused.append({"_id": facts["_id"], "status": facts["status"], "error": facts.get("error")})
        return sum(is_good for is_good, _answer in told), refused

    def patiently(self, ask: Any) -> Any:
        """What the server answers a visitor; whoever comes while it hangs does not wait for it too."""
        if time.monotonic() < self.rests_until:
            raise EngineDown("Elasticsearch did not answer a moment ago")
        try:
            return self.call(ask)
        except EngineDown as error:
            if isinstance(error.__cause__, ConnectionTimeout):
                self.rests_until = time.monotonic() + RESTS
            raise

    def is_well(self) -> bool:
        """Whether it can be read, or is being put right by the server, and takes what is written."""
        return self.can_be_read() and self.takes_writes()

    def can_be_read(self) -> bool:
        """Whether every part of the index can be read, or is being put right by the server."""
        # What is still red when the time is over is told with a status of its own.
        client = self.client.options(request_timeout=WRITING, ignore_status=408)

        def ask() -> bool:
            told = said(client.cluster.health(index=self.alias, timeout=RECOVERS, wait_for_status="yellow"))
            return bool(told["status"] != "red" or told["initializing_shards"] > 0)

        return bool(self.call(ask))

    def takes_writes(self) -> bool:
        """Whether nothing keeps writes out for good: a full disk does for a while only."""
        # Of the index alone: asked by name, the server refuses for any index at all that hides what it is.
        told = self.call(lambda: said(self.client.indices.get_alias(index=self.alias, name=self.alias)))
        written = [one["aliases"][self.alias].get("is_write_index", True) for one in told.values()]
        # Of two indices under one alias the server writes to neither.
        return written == [True] and not any(one - {FULL_DISK} for one in self.blocks(told).values())

    def blocks(self, indices: Collection[str]) -> dict[str, set[str]]:
        """What keeps readers or writers out of some indices, by the server's own numbers."""
        # Whatever indices are asked for, the server tells of all.
        told = self.call(
            lambda: said(self.client.cluster.state(metric="blocks"))["blocks"].get("indices", {})
        )
        return {index: set(blocks) for index, blocks in told.items() if index in indices}

    def call(self, ask: Any) -> Any:
        """What the server answers; `EngineDown` where it does not."""
        try:
            return ask()
        except NotFoundError as error:
            raise EngineDown(f"no index behind {self.alias}") from error
        except DOWN as error:
            raise EngineDown(str(error)) from error
        except STRANGE as error:
            raise EngineDown(f"what answers is not Elasticsearch: {error!r}") from error

    def _row(self, document: Document) -> dict[str, Any]:
        words = {"title": " ".join(document.title), "body": " ".join(document.body)}
        codes = {name: list(values) for name, values in document.codes.items()}
        return {"_source": {**codes, **document.numbers, **words}}


def _is_unfit(facts: Mapping[str, Any]) -> bool:
    return (facts.get("error") or {}).get("type") in UNFIT


def _is_for_good(facts: Mapping[str, Any]) -> bool:
    error = facts.get("error") or {}
    is_blocked = error.get("type") == BLOCKED and facts["status"] == FORBIDDEN
    return is_blocked or error.get("type") in FOR_GOOD or NO_WRITE_INDEX in (error.get("reason") or "")


def is_block(error: ApiError) -> bool:
    """Whether a refusal is one of an index that is blocked, and not of whom the server does not know."""
    told = error.body.get("error") if isinstance(error.body, dict) else None
    return isinstance(told, dict) and told.get("type") == BLOCKED


def said(answer: Any) -> Any:
    """The body of an answer that Elasticsearch itself gave: a proxy that is asked answers for nobody."""
    product = answer.meta.headers.get("x-elastic-product")
    if product != PRODUCT:
        raise EngineDown(f"what answers is not Elasticsearch but {product or 'something in front of it'}")
    return answer.body


def _read(answer: Any, facets: Sequence[str]) -> Found:
    # Every answer tells of its shards.
    hits, _shards = answer["hits"]["hits"], answer["_shards"]["total"]
    counted = {facet: counts_in(facet, answer["aggregations"][facet]["codes"]["buckets"]) for facet in facets}
    scores = [hit["_score"] or 0.0 for hit in hits]
    return Found([hit["_id"] for hit in hits], scores, int(answer["hits"]["total"]["value"]), facets=counted)


def _versioned(version: int) -> dict[str, Any]:
    return {"version": version, "version_type": "external_gte"} if version else {}


# --- A plan in Elasticsearch's terms.
def _clause(clause: Filter) -> Query:
    if isinstance(clause, Word):
        return _any_place(clause)
    if isinstance(clause, Bound):
        bounds = {"gte": clause.low, "lte": clause.high}
        return Q(
            "range", **{clause.field: {name: value for name, value in bounds.items() if value is not None}}
        )
    if isinstance(clause, OneOf):
        ways = [Q("bool", filter=[_clause(one) for one in way]) for way in clause.ways]
        return Q("bool", should=ways, minimum_should_match=1)
    if clause.is_absent:
        return Q("bool", must_not=[_clause(replace(clause, is_absent=False))])
    if clause.field == "id":
        return Q("ids", values=list(clause.codes))
    return Q("terms", **{clause.field: list(clause.codes)})


def _constant(clause: Clause | Bound | OneOf) -> Query:
    return Q("constant_score", filter=_clause(clause), boost=clause.weight)


def _word(word: Word, field: str, weight: float) -> list[Query]:
    found = [Q("term", **{field: {"value": word.stem, "boost": weight}})]
    if word.forgiving and (errors := errors_in(word.stem)):
        near = Q("fuzzy", **{field: {"value": word.stem, "fuzziness": errors, "max_expansions": NEAR}})
        found.append(Q("constant_score", filter=near, boost=weight * FORGIVEN))
    return found


def _any_place(word: Word) -> Query:
    ways = [*_word(word, "title", word.title), *_word(word, "body", word.body)]
    return Q("dis_max", queries=ways, tie_breaker=0.1)


def _found(plan: Plan) -> Query:
    ways = [_clause(clause) for clause in plan.needs]
    if plan.words:
        standing = [_any_place(word) for word in plan.words]
        least = plan.least_words
        ways.append(Q("bool", should=standing, minimum_should_match=least))
    return Q("bool", should=ways, minimum_should_match=1) if ways else Q("match_all")


def _scored(plan: Plan) -> Query:
    terms = [_constant(clause) for clause in plan.scores]
    if plan.whole:
        whole = Q("bool", filter=[_clause(clause) for clause in plan.whole])
        terms.append(Q("constant_score", filter=whole, boost=WHOLE))
    terms += [_any_place(word) for word in (*plan.words, *plan.echoes)]
    return Q("bool", filter=[_found(plan)], should=terms)


def _counts(plan: Plan, facets: Sequence[str]) -> dict[str, Any]:
    """Counts by facet, each with the filters of the other groups."""
    counted = {}
    for facet in facets:
        others = [_clause(clause) for group, clause in plan.filters if group != facet]
        counted[facet] = {
            "filter": Q("bool", filter=others).to_dict() if others else {"match_all": {}},
            "aggregations": {"codes": counting_of(facet)},
        }
    return counted
