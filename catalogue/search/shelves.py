"""Where the indices of the site stand, for each engine: one that is asked and one that is built beside it."""

import logging
import math
import shutil
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from elasticsearch import AuthorizationException, NotFoundError

from catalogue.search.elastic import BLOCKS, WRITING, ElasticEngine, is_block, kinds, said
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.engine import Engine, EngineDown
from catalogue.search.fields import SHAPE

logger = logging.getLogger(__name__)
# Seconds between two looks at whether another process has made another index the current one.
LOOK_EVERY = 1.0
# Behind the shape that an index says it has, where its fields are not those of that shape.
ALTERED = " altered"


class ElasticShelf:
    """Indices of a server: an alias for the one that is asked, another for the one that is built."""

    def __init__(self, url: str, alias: str) -> None:
        self.alias, self.beside = alias, f"{alias}-building"
        self.engine = ElasticEngine(url, alias, makes_index=False)
        self.url = url
        # The shape of the index that is asked and its fields, and when this was looked at.
        self._seen: tuple[object, frozenset[str]] = (None, frozenset())
        self._looked_at = -math.inf

    def current(self) -> Engine | None:
        """See `Shelf.current`. One of an older shape is asked what it knows until the new one stands."""
        if time.monotonic() - self._looked_at > LOOK_EVERY or self._seen[0] is None:
            told = self.engine.patiently(lambda: self._mappings(self.alias))
            self._seen = next(iter(told.values()), (None, frozenset()))
            self._looked_at = time.monotonic()
        shape, fields = self._seen
        self.engine.known = None if shape == SHAPE else fields
        return self.engine if shape is not None else None

    def fits(self) -> bool:
        """Whether the index that is asked exists, has today's shape, and can be read and written."""
        shapes = self._shapes(self.alias)
        # Operators set blocks by hand; whoever looks why the site builds an index reads it here.
        for index, blocks in self.engine.blocks(shapes).items():
            told = ", ".join(sorted(BLOCKS.get(one, one) for one in blocks))
            logger.warning("The index %s is blocked on its server: %s", index, told)
        return set(shapes.values()) == {SHAPE} and self.engine.is_well()

    def begin(self) -> str:
        """See `Shelf.begin`."""
        self.discard()
        return self.engine.make(self.beside)

    def building(self) -> tuple[str, Engine] | None:
        """See `Shelf.building`."""
        for index, shape in self._shapes(self.beside).items():
            # By the alias: a server makes an index of a guessed shape under any name that is written to.
            engine = ElasticEngine(self.url, self.beside, makes_index=False)
            if shape == SHAPE and engine.is_well():
                return index, engine
        return None

    # What changes while an index is built goes into both.
    waits_for_building = False

    def written(self, target: str) -> list[Engine]:
        """See `Shelf.written`."""
        if not self.fits():
            return []
        # What a process has left behind is in nobody's way: it never takes the place of the other.
        if target not in self._shapes(self.beside):
            return [self.engine]
        beside = self.building()
        if beside is not None:
            return [self.engine, beside[1]]
        if {str(shape).removesuffix(ALTERED) for shape in self._shapes(self.beside).values()} == {SHAPE}:
            # It cannot be read or written: whoever builds it begins anew, and no change waits for that.
            self.discard()
            return [self.engine]
        return []

    def discard(self) -> None:
        """See `Shelf.discard`."""
        for index in self._shapes(self.beside):
            self._delete(index)

    def swap(self, target: str) -> None:
        """See `Shelf.swap`; one call to the server moves both aliases."""
        if self._shapes(self.beside).get(target) != SHAPE:
            raise EngineDown(f"the new index {target} is gone, or is not of our making")
        old = list(self._shapes(self.alias))
        self._free(old)
        client = self.engine.client.options(request_timeout=WRITING)
        moves = [
            {"add": {"index": target, "alias": self.alias}},
            {"remove": {"index": target, "alias": self.beside}},
            *({"remove_index": {"index": index}} for index in old),
        ]
        self.engine.call(lambda: said(client.indices.update_aliases(actions=moves))["acknowledged"])
        self._looked_at = -math.inf

    def _shapes(self, alias: str) -> dict[str, object]:
        told = self.engine.call(lambda: self._mappings(alias))
        return {index: shape for index, (shape, _fields) in told.items()}

    def _mappings(self, alias: str) -> dict[str, tuple[object, frozenset[str]]]:
        """The shape and the fields of each index behind an alias."""
        try:
            told = said(self.engine.client.indices.get_mapping(index=alias))
        except NotFoundError:
            return {}
        except AuthorizationException as error:
            if not is_block(error):
                raise
            # It does not tell what it is, and nobody can put that right from here: it is none of ours.
            return dict.fromkeys(self._behind(alias), (f"{SHAPE}{ALTERED}", frozenset()))
        if not told:
            raise EngineDown("neither an index nor that there is none was answered")
        return {index: _told_by(one["mappings"]) for index, one in told.items()}

    def _behind(self, alias: str) -> list[str]:
        """The indices behind an alias, from what the server tells of an index whatever blocks it."""
        state = said(self.engine.client.cluster.state(metric="metadata", index=f"{self.alias}-*"))
        told = state["metadata"]["indices"]
        return [index for index, facts in told.items() if alias in facts["aliases"]]

    def _delete(self, index: str) -> None:
        self._free([index])
        client = self.engine.client.options(request_timeout=WRITING)
        self.engine.call(
            lambda: said(client.indices.delete(index=index, ignore_unavailable=True))["acknowledged"]
        )

    def _free(self, indices: Collection[str]) -> None:
        """Lift what keeps the server from deleting these indices."""
        client = self.engine.client.options(request_timeout=WRITING, ignore_status=404)
        for index in self.engine.blocks(indices):
            lifted = {"index.blocks.read_only": None, "index.blocks.metadata": None}
            open_to_all = {"index": index, "settings": lifted}
            self.engine.call(lambda asked=open_to_all: said(client.indices.put_settings(**asked)))


def _told_by(mapping: dict[str, Any]) -> tuple[object, frozenset[str]]:
    """The shape and the fields of an index; an altered one where the fields or types are not of its shape."""
    shape, fields = mapping.get("_meta", {}).get("shape"), mapping.get("properties", {})
    is_altered = shape == SHAPE and {name: one.get("type") for name, one in fields.items()} != kinds()
    return (f"{shape}{ALTERED}" if is_altered else shape), frozenset(fields)


class EmbeddedShelf:
    """Folders of one folder; a small file names the one that is asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._name, self._engine, self._looked_at = "", None, 0.0
        self._turn = Lock()

    def current(self) -> Engine | None:
        """See `Shelf.current`."""
        with self._turn:
            if time.monotonic() - self._looked_at > LOOK_EVERY or self._engine is None:
                self._look()
            return self._engine

    def fits(self) -> bool:
        """See `ElasticShelf.fits`."""
        try:
            engine = self.current()
            return engine is not None and engine.is_well()
        except EngineDown:
            return False

    def begin(self) -> str:
        """See `Shelf.begin`."""
        self.discard()
        for folder in self.root.glob(f"{SHAPE}-*"):
            if folder.name != self._named():
                shutil.rmtree(folder, ignore_errors=True)
        name = f"{SHAPE}-{uuid4().hex[:12]}"
        EmbeddedEngine(self.root / name)
        self._point("building", name)
        return name

    def building(self) -> tuple[str, Engine] | None:
        """See `Shelf.building`."""
        name = self._read("building")
        folder = self.root / name
        if not name.startswith(f"{SHAPE}-") or not folder.is_dir():
            return None
        try:
            engine = EmbeddedEngine(folder, makes_index=False)
        except EngineDown:
            # Half of it is there: it is begun again.
            return None
        return (name, engine) if engine.is_well() else None

    # One process writes a folder, and the one that builds has the new one.
    waits_for_building = True

    def written(self, _target: str) -> list[Engine]:
        """See `Shelf.written`."""
        with self._turn:
            # Another process may have put another in its place just now, which would miss what is written.
            self._look()
            return [self._engine] if self._engine else []

    def discard(self) -> None:
        """See `Shelf.discard`."""
        name = self._read("building")
        with suppress(FileNotFoundError):
            (self.root / "building").unlink()
        if name and name != self._named():
            shutil.rmtree(self.root / name, ignore_errors=True)

    def swap(self, target: str) -> None:
        """See `Shelf.swap`; replacing a file is one step. Who reads the old index still has it open."""
        if self._read("building") != target or self.building() is None:
            raise EngineDown(f"the new index {target} is gone or damaged")
        old = self._named()
        self._point("current", target)
        with suppress(FileNotFoundError):
            (self.root / "building").unlink()
        with self._turn:
            self._look()
        if old and old != target:
            shutil.rmtree(self.root / old, ignore_errors=True)

    def _look(self) -> None:
        name = self._named()
        if not name.startswith(f"{SHAPE}-") or not (self.root / name).is_dir():
            self._name, self._engine = "", None
        elif name != self._name:
            self._name, self._engine = name, EmbeddedEngine(self.root / name, makes_index=False)
        elif self._engine is not None:
            self._engine.see()
        self._looked_at = time.monotonic()

    def _named(self) -> str:
        return self._read("current")

    def _read(self, pointer: str) -> str:
        try:
            return (self.root / pointer).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _point(self, pointer: str, name: str) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        fresh = self.root / f"{pointer}.{uuid4().hex[:8]}"
        fresh.write_text(name, encoding="utf-8")
        if (self.root / pointer).is_dir():
            shutil.rmtree(self.root / pointer)
        fresh.replace(self.root / pointer)
