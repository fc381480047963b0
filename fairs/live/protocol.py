"""The frames of a live room: what a client may say, what it is answered, how a connection ends.

Knows no Django: docs/live-protocol.md tells a stranger the same, and a test holds the two together.
"""

import json
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any
from uuid import UUID

from moussem.core.signs import has_words

VERSION = 1
MOST_BYTES = 8 * 1024
MOST_REF = 40
# What JSON of other languages still holds exactly.
MOST_NUMBER = 2**53 - 1
# Marks that a text may hold besides what is seen: new line and tabulator.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# An empty page is no words, and a tower of marks above one letter reaches into the lines of others.
EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
STACKED = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{6}")
FOR_ONE = struct.Struct(">cQ")
UNSENDABLE = re.compile(r"[\x00\ud800-\udfff]")


class Close(IntEnum):
    """Why the server ends a connection; docs/live-protocol.md says how a client goes on after each."""

    GOING_AWAY = 1012
    SIGNED_OUT = 4001
    NOT_YOURS = 4003
    RESYNC = 4008
    TOO_MANY = 4009
    MISUSED = 4010


class Unreadable(Exception):
    """A frame that is not taken in: a code for the refusal, and what it speaks of."""

    def __init__(self, code: str, ref: str = "", **facts: str) -> None:
        super().__init__(code)
        self.code, self.ref, self.facts = code, ref, facts


class Wrong(Exception):
    """A value that its field does not take."""


@dataclass(frozen=True)
class Field:
    """What one value of a command must be; ``read`` returns it as the command gets it."""

    read: Callable[[Any], Any]
    needed: bool = True
    otherwise: Any = None


def whole(
    most: int = MOST_NUMBER, *, least: int = 0, needed: bool = True, otherwise: int | None = None
) -> Field:
    """A whole number between two."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong
        return value

    return Field(read, needed, otherwise)


def text(most: int, *, needed: bool = True, otherwise: str = "") -> Field:
    """Words of at most so many characters, without marks that nobody sees; empty only where not needed."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong
        kept = EMPTY_LINES.sub("\n\n", value.replace("\r\n", "\n").strip())
        if UNSEEN.search(kept) or STACKED.search(kept) or len(kept) > most:
            raise Wrong
        if not has_words(kept):
            kept = ""
        if needed and not kept:
            raise Wrong
        return kept

    return Field(read, needed, otherwise)


def raw(most: int, *, needed: bool = True) -> Field:
    """Text that is passed on as it is, such as a description of media; never shown to anybody."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > most or UNSENDABLE.search(value):
            raise Wrong
        return value

    return Field(read, needed, "")


def identifier() -> Field:
    """A UUID that the client made: the same one again is the same thing again."""

    def read(value: Any) -> UUID:
        if not isinstance(value, str) or len(value) != 36:
            raise Wrong
        try:
            return UUID(value)
        except ValueError:
            raise Wrong from None

    return Field(read)


def choice(*words: str, needed: bool = True, otherwise: str = "") -> Field:
    """One of some words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise Wrong
        return value

    return Field(read, needed, otherwise)


def flag(*, needed: bool = True, otherwise: bool = False) -> Field:
    """True or false."""

    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong
        return value

    return Field(read, needed, otherwise)


def many(one: Field, most: int, *, needed: bool = True) -> Field:
    """A list of at most so many values of one kind."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise Wrong
        return tuple(one.read(each) for each in value)

    return Field(read, needed, ())


@dataclass(frozen=True)
class Shape:
    """A command that is known: its name and what it must be told."""

    name: str
    fields: Mapping[str, Field]


@dataclass(frozen=True)
class Command:
    """A frame that was understood."""

    name: str
    ref: str
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """The room it speaks of: every command names one."""
        return int(self.body["room"])


SHAPES: dict[str, Shape] = {}
# Events that the server sends, and what each tells; subjects add theirs as they are loaded.
EVENTS: dict[str, str] = {}


def declare(name: str, **fields: Field) -> Shape:
    """Make a command known. It names a room besides, whatever its own fields are."""
    SHAPES[name] = Shape(name, {"room": whole(least=1), **fields})
    return SHAPES[name]


def declare_event(name: str, tells: str) -> str:
    """Make an event known, with a sentence of what it tells."""
    EVENTS[name] = tells
    return name


def parse(frame: str | bytes) -> Command:
    """The command that a frame holds; `Unreadable` says why it holds none."""
    told = _object(frame)
    ref = told.get("ref", "")
    if not isinstance(ref, str) or len(ref) > MOST_REF or UNSEEN.search(ref):
        raise Unreadable("live_frame_malformed")
    version = told.get("v")
    if type(version) is not int or version != VERSION:
        raise Unreadable("live_version_unknown", ref, version=str(VERSION))
    name, body = told.get("do"), told.get("body", {})
    if not isinstance(name, str) or not isinstance(body, dict):
        raise Unreadable("live_frame_malformed", ref)
    shape = SHAPES.get(name)
    if shape is None:
        raise Unreadable("live_command_unknown", ref)
    return Command(name, ref, _read(shape, body, ref))


def _object(frame: str | bytes) -> dict[str, Any]:
    raw_frame = frame.encode("utf-8", "surrogatepass") if isinstance(frame, str) else frame
    if len(raw_frame) > MOST_BYTES:
        raise Unreadable("live_frame_too_long", most=str(MOST_BYTES))
    try:
        told = json.loads(raw_frame.decode())
    # A long row of digits is a ValueError of Python, a deep nest runs out of its stack.
    except (ValueError, RecursionError):
        raise Unreadable("live_frame_malformed") from None
    if not isinstance(told, dict):
        raise Unreadable("live_frame_malformed")
    return told


def _read(shape: Shape, body: Mapping[str, Any], ref: str) -> dict[str, Any]:
    if strange := next((name for name in body if name not in shape.fields), None):
        raise Unreadable("live_field_wrong", ref, field=_shown(strange))
    found = {}
    for name, one in shape.fields.items():
        if body.get(name) is None:
            if one.needed:
                raise Unreadable("live_field_wrong", ref, field=name)
            found[name] = one.otherwise
            continue
        try:
            found[name] = one.read(body[name])
        except Wrong:
            raise Unreadable("live_field_wrong", ref, field=name) from None
    return found


def _shown(name: str) -> str:
    return UNSEEN.sub("", name)[:40]


def _frame(**told: Any) -> bytes:
    return json.dumps({"v": VERSION, **told}, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


# How a frame of a kind begins, and how a page without entries ends: whoever passes frames on reads no more.
ENTRY, ERASED = (_frame(event=name)[:-1] + b"," for name in ("entry", "erased"))
NO_ENTRIES = _frame(entries=[]).removeprefix(_frame()[:-1])


def command(name: str, ref: str, **body: Any) -> bytes:
    """A command as a client sends it."""
    return _frame(do=name, ref=ref, body=body)


def ack(ref: str, body: Mapping[str, Any] | None = None) -> bytes:
    """What a command is answered that was done."""
    return _frame(ok=ref, body=dict(body or {}))


def refusal(ref: str, told: Mapping[str, Any]) -> bytes:
    """What a command is answered that was not done: code, sentence and facts."""
    return _frame(no=ref, **told)


def event(name: str, room: int, body: Mapping[str, Any], seq: int | None = None) -> bytes:
    """Something that happened in a room; with ``seq`` it stands in the room's log."""
    return _frame(event=name, room=room, **({} if seq is None else {"seq": seq}), body=dict(body))


def for_one(person: int, frame: bytes) -> bytes:
    """An entry that one person reads; to others it is `veiled`. It travels so between processes only."""
    return FOR_ONE.pack(b"\0", person) + frame


def reader_of(packed: bytes) -> tuple[int, bytes]:
    """Who alone reads an entry, nobody in particular being 0, and the entry."""
    if packed[:1] != b"\0":
        return 0, packed
    return FOR_ONE.unpack_from(packed)[1], packed[FOR_ONE.size :]


def veiled(room: int, seq: int) -> bytes:
    """An entry as somebody is sent it who does not read it: its number, so that none is missing."""
    return event("entry", room, {"kind": "veiled", "uuid": None, "by": None, "at": None, "data": {}}, seq)


def page(room: int, entries: Sequence[bytes], *, head: int, more: bool) -> bytes:
    """Entries of a room that are already encoded, in one frame: ``more`` says that others follow."""
    start = _frame(event="page", room=room, head=head, more=more)
    return start[:-1] + NO_ENTRIES[:-2] + b",".join(entries) + NO_ENTRIES[-2:]


declare_event("entry", "Something was written into the log of a room.")
declare_event("page", "The entries after the one a client named, oldest first.")
declare_event("presence", "How many people are in a room.")
declare_event("opened", "A room that was closed is open again.")
declare_event("closed", "A room has closed: its log stays to be read, nothing more is written.")
