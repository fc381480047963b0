"""Reads the PDF that it is given and says its fault; a program of its own, so that no file can cost more."""

import io
import logging
import re
import resource
import sys
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PdfStreamError
from pypdf.filters import ASCII85Decode, ASCIIHexDecode
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject, read_object

MOST_SECONDS, MOST_MEMORY = 2, 200_000_000
# What the packed objects of a document may unpack to.
MOST_UNPACKED = 20_000_000
# What it unpacks to where it is shown: its pages, fonts and the like, and its pictures.
MOST_SHOWN, MOST_DRAWN = 100_000_000, 1_000_000_000
PIECE, MOST_PIECE = 65_536, 1_000_000
# What of a torn stream is still unpacked; how far from its end readers look for the mark of a file.
MOST_TORN, TAIL = 100_000, 1_024
RUNS = frozenset(
    (
        *("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/GoTo3DView"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/Filespec", "/FileAttachment", "/Collection", "/XFA"),
        *("/RichMedia", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/U3D", "/PRC", "/OPI"),
        *("/DestOutputProfileRef",),
    )
)
SPELLED: dict[str, Any] = dict.fromkeys(("/ASCIIHexDecode", "/AHx"), ASCIIHexDecode)
SPELLED |= dict.fromkeys(("/ASCII85Decode", "/A85"), ASCII85Decode)
FLATE, LZW, RUN_LENGTH = ("/FlateDecode", "/Fl"), ("/LZWDecode", "/LZW"), ("/RunLengthDecode", "/RL")
PACKED = frozenset((*FLATE, *LZW, *RUN_LENGTH, "/BrotliDecode"))
BLANK = b"\x00\t\n\f\r "
BEGIN = re.compile(rb"%PDF-")
BLANKS = re.compile(rb"[\x00\t\n\f\r ]*")
OBJECT = re.compile(rb"(\d{1,10})[\x00\t\n\f\r ]+(\d{1,5})[\x00\t\n\f\r ]+obj[\x00\t\n\f\r ]*")
# What viewers that look for lost objects take for the beginning of one: signs and comments about its numbers.
LIKE_AN_OBJECT = re.compile(rb"[0-9+.-](?:[\x00\t\n\f\r \x80\xff]|%[^\r\n]*[\r\n])+obj(?![a-z])")
# Where viewers look for the table; with anything else they look for the objects themselves.
PLACE = re.compile(rb"startxref[\x00\t\n\f\r ]+[0-9]{1,10}[\x00\t\n\f\r ]+%%EOF")
# A word of a document, such as no sentence before one has.
BEGUN = re.compile(rb"[0-9][\x00\t\n\f\r ]+obj(?![a-z])|(?<![a-z])trailer[\x00\t\n\f\r ]*<<")
TRAILER = re.compile(rb"trailer[\x00\t\n\f\r ]*(?=<<)")
# An end for a file without one; a table at no place is none, so that the objects are looked for.
NO_TABLE = b"\nstartxref\n0\n%%EOF\n"
CLEAR, OVER, WIDEST = 256, 257, 4_096
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Two bytes that some viewers read as blanks, and others as letters of a name.
ODD = re.compile("|".join((*RUNS, "/OpenAction", "/AA")).join(("(?:", ")")).encode() + rb"[\x80\xff]")
NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]{1,127}")


# A zero ends a name as any other blank does; the reader knows only those of text.
NameObject.delimiter_pattern = re.compile(rb"[\x00\t\n\f\r ]+|[()<>\[\]{}/%]")


class Active(Exception):
    """Something that a document would do beside being read, or that leads out of it."""


def fault_of(content: bytes) -> str:
    """What is wrong with the PDF, by one word."""
    # Some programs and mails leave blanks behind the end.
    content = content.rstrip(BLANK)
    if ODD.search(content):
        return "active"
    begun = BEGIN.search(content)
    before = begun.start() if begun else 0
    # Places are counted from the first word or, by some programs, from the first byte.
    shifted = content[before : before + 8] + content[:before] + content[before + 8 :]
    faults = [_fault(content[before:])] + ([_fault(shifted)] if before else [])
    if BEGUN.search(content[:before]):
        # What stands before the first word is no part of a document that anybody wrote.
        faults = []
    elif set(faults) == {"broken"}:
        faults.append(_fault(shifted, is_mended=True))
    for fault in ("active", "bomb", "", "locked"):
        if fault in faults:
            return fault
    return "active" if _names_what_runs(content) else "broken"


def _fault(content: bytes, *, is_mended: bool = False) -> str:
    """The fault of a file as its tables tell it or, mended, as its objects stand: so viewers read it then."""
    last = content.rfind(b"startxref")
    if not is_mended and (b"%%EOF" not in content[-TAIL:] or not PLACE.match(content, max(last, 0))):
        return "broken"
    try:
        reader = PdfReader(io.BytesIO(content + NO_TABLE * is_mended), strict=not is_mended)
        if reader.is_encrypted and not reader.decrypt(""):
            return "locked"
        walk = Walk(content, reader, is_mended=is_mended)
        walk.look_at_everything()
        reader.strict = not is_mended
        is_whole = _shows_its_pages(reader) if is_mended else _has_pages(reader)
    except Active:
        return "active"
    except LimitReachedError as limit:
        # What was torn is unpacked byte by byte, and given up after some.
        return "broken" if isinstance(limit.__cause__, zlib.error) else "bomb"
    except MemoryError:
        return "bomb"
    except Exception:
        return "broken"
    if is_mended and _names_what_runs(content):
        # Where viewers look for what was lost they may find more than we do.
        return "active"
    return "" if is_whole else "broken"


def _has_pages(reader: PdfReader) -> bool:
    root: Any = reader.trailer["/Root"]
    return root["/Type"] == "/Catalog" and reader.get_num_pages() > 0


def _shows_its_pages(reader: PdfReader) -> bool:
    """Whether each page that is told of is there with what it shows, and one shows something."""
    root: Any = reader.root_object
    pages = list(reader.pages)
    if root["/Pages"].get("/Count", 0) > len(pages):
        return False
    shown = [page["/Contents"] for page in pages if "/Contents" in page]
    pieces = [part.get_object() for one in shown for part in (one if isinstance(one, ArrayObject) else [one])]
    return all(isinstance(piece, StreamObject) for piece in pieces) and any(map(_shows_something, pages))


def _shows_something(page: Any) -> bool:
    try:
        shown = page.get_contents()
        return shown is not None and bool(shown.get_data().strip(BLANK))
    except (LimitReachedError, MemoryError):
        raise
    except Exception:
        return False


class Hidden(Exception):
    """Something that nobody can look at."""


class Walk:
    """A look at every object of a file: those that its tables name, and those that they forgot."""

    def __init__(self, content: bytes, reader: PdfReader, *, is_mended: bool) -> None:
        self.content, self.reader, self.file = content, reader, io.BytesIO(content)
        self.is_mended = is_mended
        self.unpacked = 0
        self.shown = {MOST_SHOWN: 0, MOST_DRAWN: 0}

    def look_at_everything(self) -> None:
        """Judge each object; raises where a table names one that is not where it says."""
        if self.is_mended and self.reader.is_encrypted:
            raise Hidden
        named = {} if self.is_mended else self._named()
        # Half of an object tells nothing: each is read to its end, or looked at otherwise.
        self.reader.strict = True
        found = {place.end(): (int(place[1]), int(place[2])) for place in OBJECT.finditer(self.content)}
        alike = (_behind_blanks(self.content, one.end()) for one in LIKE_AN_OBJECT.finditer(self.content))
        if not found.keys() >= set(alike):
            raise Hidden
        found |= {place.end(): (0, 0) for place in TRAILER.finditer(self.content)}
        ends = [*sorted(found), len(self.content)]
        for place in named.keys() - found.keys():
            found[place] = named[place]
        for place, numbers in found.items():
            try:
                self._look_at(self._read(self.file, place), numbers, is_named=place in named)
            except (Active, Hidden, LimitReachedError, MemoryError):
                raise
            except Exception:
                if place in named:
                    raise
                following = ends[bisect_right(ends, place)]
                self._look_at_torn(self.content[place:following], place, numbers)

    def _look_at_torn(self, told: bytes, place: int, numbers: tuple[int, int]) -> None:
        """Judge what cannot be read to its end by its words; where it is a stream, by what a viewer takes."""
        if _names_what_runs(told):
            raise Active
        if not self.is_mended:
            return
        if b"stream" not in told:
            # Half of what it says may be somewhere else.
            raise Hidden
        self.reader.strict = False
        try:
            stream = self._read(self.file, place)
            if not isinstance(stream, StreamObject):
                raise Hidden
            self._look_at(stream, numbers, is_named=False)
        finally:
            self.reader.strict = True

    def _named(self) -> dict[int, tuple[int, int]]:
        named = {}
        for generation, entries in self.reader.xref.items():
            for number, place in list(entries.items()):
                if place == 0:
                    # Some programs name so what they never wrote: no object, as of a number that is free.
                    del entries[number]
                    continue
                there = OBJECT.match(self.content, _behind_blanks(self.content, place))
                if there is None or (int(there[1]), int(there[2])) != (number, generation):
                    raise ValueError("A table of the file is wrong.")
                named[there.end()] = (number, generation)
        holders = {holder for holder, _place in self.reader.xref_objStm.values()}
        if not holders <= {number for number, _generation in named.values()}:
            raise ValueError("A table of the file names no stream.")
        return named

    def _read(self, source: io.BytesIO, place: int) -> Any:
        source.seek(place)
        return read_object(source, self.reader)

    def _look_at(self, told: Any, numbers: tuple[int, int], *, is_named: bool) -> None:
        self._judge(told)
        if not isinstance(told, StreamObject):
            return
        if {"/F", "/FFilter"} & told.keys():
            raise Active
        if told.get("/Type") == "/ObjStm" or {"/N", "/First"} <= told.keys():
            for held in self._held(told, numbers, is_named=is_named):
                self._judge(held)
            return
        filters = self._filters(told)
        packed = sum(one in PACKED for one in filters)
        if packed > 1:
            raise LimitReachedError("What is packed twice may unpack to anything.")
        if packed or SPELLED.keys() & {one for one in filters if isinstance(one, str)}:
            self._weigh(told, filters)
        if packed and is_named and self.reader.is_encrypted:
            with suppress(PdfStreamError):
                self._weigh(self.reader.get_object(IndirectObject(*numbers, self.reader)), filters)

    def _filters(self, stream: StreamObject) -> list[Any]:
        one = self._seen(stream, "/Filter")
        several = one if isinstance(one, ArrayObject) else [one]
        return [each.get_object() if isinstance(each, IndirectObject) else each for each in several]

    def _weigh(self, stream: Any, filters: list[Any]) -> None:
        """Count what a viewer unpacks to show a stream; it stops where something is torn, as viewers do."""
        content = stream._data
        most = MOST_DRAWN if self._seen(stream, "/Subtype") == "/Image" else MOST_SHOWN
        for one in filters:
            if one in SPELLED:
                content = SPELLED[one].decode(content)
            elif one in FLATE:
                with suppress(zlib.error):
                    for size in _inflated(content):
                        self._count(size, most)
            elif one in LZW:
                self._count(_size_of_codes(content, most - self.shown[most]), most)
            elif one in RUN_LENGTH:
                self._count(_size_of_runs(content), most)
            if one in PACKED:
                return
        self._count(len(content), most)

    def _count(self, size: int, most: int) -> None:
        self.shown[most] += size
        if self.shown[most] > most:
            raise LimitReachedError("Too much is shown in the file.")

    def _held(self, stream: Any, numbers: tuple[int, int], *, is_named: bool) -> Iterator[Any]:
        """The objects of a packed stream, whether or not later ones took their places."""
        if self.reader.is_encrypted:
            if not is_named:
                raise Hidden
            stream = self.reader.get_object(IndirectObject(*numbers, self.reader))
        content = stream.get_data()
        if ODD.search(content):
            raise Active
        self.unpacked += len(content)
        if self.unpacked > MOST_UNPACKED:
            raise LimitReachedError("Too much is packed in the file.")
        count, first = int(stream["/N"]), int(stream["/First"])
        numbers = content[:first].split()
        if len(numbers) < 2 * count:
            raise ValueError("A packed stream is torn.")
        source = io.BytesIO(content)
        for place in numbers[1::2]:
            yield self._read(source, _behind_blanks(content, first + int(place)))

    def _judge(self, told: Any) -> None:
        waiting = [told]
        while waiting:
            one = waiting.pop()
            if isinstance(one, DictionaryObject):
                if RUNS & one.keys() or self._starts(one):
                    raise Active
                waiting.extend(one.values())
            elif isinstance(one, ArrayObject):
                waiting.extend(one)
            elif isinstance(one, NameObject) and one in RUNS:
                raise Active

    def _starts(self, told: DictionaryObject) -> bool:
        """Whether something happens by itself, or another file is meant."""
        opening = self._seen(told, "/OpenAction")
        if isinstance(opening, DictionaryObject):
            is_jump = self._seen(opening, "/S") == "/GoTo" and "/Next" not in opening
            if not is_jump:
                return True
        if self._seen(told, "/AA"):
            return True
        is_form = self._seen(told, "/Subtype") == "/Form"
        # Every action with a file is one that goes to it; the states of a button may have such keys too.
        is_led_out = "/F" in told and isinstance(self._seen(told, "/S"), NameObject)
        return is_led_out or (is_form and "/Ref" in told)

    def _seen(self, told: DictionaryObject, key: str) -> Any:
        one = told.get(key)
        return self.reader.get_object(one) if isinstance(one, IndirectObject) else one


def _inflated(content: bytes) -> Iterator[int]:
    """How much each piece of what is packed comes to."""
    opened = zlib.decompressobj()
    for place in range(0, len(content), PIECE):
        waiting = content[place : place + PIECE]
        while waiting:
            yield len(opened.decompress(waiting, MOST_PIECE))
            waiting = opened.unconsumed_tail


def _size_of_runs(content: bytes) -> int:
    """What runs of bytes come to."""
    place, size, end = 0, 0, len(content)
    while place < end and (run := content[place]) != 128:
        size += run + 1 if run < 128 else 257 - run
        place += run + 2 if run < 128 else 2
    return size


def _size_of_codes(content: bytes, most: int) -> int:
    """What codes of LZW come to, as far as they make sense and until it is more than ``most``."""
    size = waiting = bits = previous = 0
    first = [1] * OVER + [0]
    sizes, width = first[:], 9
    for byte in content:
        waiting = waiting << 8 | byte
        bits += 8
        if bits < width:
            continue
        bits -= width
        code = waiting >> bits
        waiting &= (1 << bits) - 1
        if code == CLEAR:
            sizes, width, previous = first[:], 9, 0
            continue
        if code == OVER or size > most:
            break
        if previous and len(sizes) < WIDEST:
            sizes.append(previous + 1)
            # The width grows one code early.
            width = min(12, (len(sizes) + 1).bit_length())
        if code >= len(sizes):
            break
        previous = sizes[code]
        size += previous
    return size


def _behind_blanks(content: bytes, place: int) -> int:
    blanks = BLANKS.match(content, place)
    return blanks.end() if blanks else place


def _names_what_runs(content: bytes) -> bool:
    names = (ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name[0]) for name in NAME.finditer(content))
    return any(name.decode("latin-1") in RUNS for name in names)


def main() -> None:
    """Say the fault of what comes in."""
    limits = {resource.RLIMIT_CPU: MOST_SECONDS, resource.RLIMIT_AS: MOST_MEMORY, resource.RLIMIT_CORE: 0}
    for what, most in limits.items():
        with suppress(ValueError):
            resource.setrlimit(what, (most, most))
    logging.disable()
    with apply_configuration(
        zlib_maximum_output_length=MOST_UNPACKED,
        lzw_maximum_output_length=MOST_UNPACKED,
        zlib_maximum_recovery_input_length=MOST_TORN,
    ):
        try:
            fault = fault_of(sys.stdin.buffer.read())
        except MemoryError:
            fault = "bomb"
    sys.stdout.write(fault)


if __name__ == "__main__":
    main()
