"""What a PDF would do beside being read: run a script, open a file, send a form. No Django in here."""

import re
import zlib
from collections.abc import Iterator

# What the object streams of a document may unpack to, and how many there may be.
MOST_OBJECTS, MOST_STREAMS = 20_000_000, 5_000
# How far before and behind its name the words of an object stream are looked for.
HEAD = 4_096
# How far from its end readers look for the mark of it.
TAIL = 1_024
RUNS = frozenset(
    (
        *(b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"GoToR", b"GoToE"),
        *(b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA"),
    )
)
# What would hide the objects of a stream from who looks for names in them.
VEILS = frozenset(
    (
        *(b"LZWDecode", b"LZW", b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx"),
        *(b"RunLengthDecode", b"RL", b"Crypt", b"DecodeParms", b"DP", b"FFilter"),
    )
)
NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]{1,127})")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
# Two letters stand in any picture by chance: a script follows them, or where it is kept.
SCRIPT = re.compile(rb"(?:[\x00\s]|%[^\r\n]*[\r\n])*(?:[(<]|\d+\s+\d+\s+R)")
ELSEWHERE = re.compile(rb"(?:[\x00\s]|%[^\r\n]*[\r\n])*\d")
OBJECTS = re.compile(rb"[\x00\s]*\d+[\x00\s]+\d+")


def fault_of_pdf(content: bytes) -> str:
    """What is wrong with a PDF: ``active``, ``bomb``, ``broken`` or ``locked``; nothing where nothing is.

    ``broken`` is also one that hides its objects: nobody sees what they hold. What shows that it would run
    something is told before that. One that is ``locked`` shows all its objects, and only hides its words.
    """
    if not content.startswith(b"%PDF-"):
        return "broken"
    streams, room, fault = 0, MOST_OBJECTS, "" if b"%%EOF" in content[-TAIL:] else "broken"
    for name, end in _names(content):
        if _runs(name, content, end):
            return "active"
        if name == b"Encrypt":
            fault = fault or "locked"
        if name != b"ObjStm":
            continue
        streams += 1
        if streams > MOST_STREAMS:
            return "bomb"
        held = _unpacked(content, end, room)
        if held is None:
            fault = "broken"
            continue
        if len(held) > room:
            return "bomb"
        room -= len(held)
        if any(_runs(inner, held, place) for inner, place in _names(held)):
            return "active"
    return fault


def _names(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Every name as a reader of PDF understands it, with the place behind it."""
    for found in NAME.finditer(content):
        name = found[1]
        if b"#" in name:
            name = ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name)
        yield name, found.end()


def _runs(name: bytes, content: bytes, end: int) -> bool:
    return name in RUNS or (name == b"JS" and bool(SCRIPT.match(content, end)))


def _unpacked(content: bytes, place: int, room: int) -> bytes | None:
    """The objects of a stream, and no more than one byte beyond the room; nothing where they are hidden."""
    begun = STREAM.search(content, place, place + HEAD)
    ended = content.find(b"endstream", begun.end()) if begun else -1
    if begun is None or ended < 0:
        return None
    first = max(0, place - HEAD)
    head = content[max(content.rfind(b"obj", first, place), first) : begun.start()]
    for name, end in _names(head):
        if name in VEILS or (name in (b"Filter", b"Type") and ELSEWHERE.match(head, end)):
            return None
    packed = content[begun.end() : ended]
    if OBJECTS.match(packed):
        return packed
    reader = zlib.decompressobj()
    try:
        held = reader.decompress(packed, room + 1)
    except zlib.error:
        return None
    if len(held) > room:
        return held
    is_plain = reader.eof and not reader.unused_data.strip() and OBJECTS.match(held)
    return held if is_plain else None
