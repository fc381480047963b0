"""An editor's document: a kind that readers can open, really that kind, and no bomb. No Django in here."""

import csv
import io
import re
import zipfile
import zlib
from typing import BinaryIO

from cms.files.offices import MACROS, fault_of_parts
from moussem.core.pdfs import fault_of_pdf

MOST_BYTES = 10_000_000
# What an office file says it unpacks to; nothing is unpacked to find out.
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_RATIO = 200
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
# The part that makes an archive the office file it says it is.
HEARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
# What a spreadsheet would run when it opens a list.
FORMULAS, SIGNS = ("=", "@", "\t", "\r"), ("+", "-")
NUMBER = re.compile(r"[+-][\d\s.,:/%()'’€$£+-]*")
PARTING = (";", ",", "\t")
ENCRYPTED = 0x1
TORN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)


class BadPaper(Exception):
    """Why a file is not taken: ``kind``, ``bytes``, ``active``, ``bomb``, ``broken`` or ``locked``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_paper(upload: BinaryIO, *, name: str, size: int) -> None:
    """Refuse what is not a document that a reader can open without harm."""
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise BadPaper("kind")
    if size > MOST_BYTES:
        raise BadPaper("bytes")
    content = upload.read(MOST_BYTES + 1)
    if ending == "pdf":
        _check_pdf(content)
    elif ending == "csv":
        _check_list(content)
    else:
        _check_office(content, ending)


def _check_pdf(content: bytes) -> None:
    if fault := fault_of_pdf(content):
        raise BadPaper(fault)


def _check_list(content: bytes) -> None:
    """A list is words in lines, and no cell of it is a formula, whichever mark parts them."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadPaper("broken") from error
    if "\0" in words or words.lstrip()[:1] == "<":
        raise BadPaper("broken")
    for mark in PARTING:
        try:
            lines = csv.reader(io.StringIO(words, newline=""), delimiter=mark)
            if any(_runs(cell) for line in lines for cell in line):
                raise BadPaper("active")
        except csv.Error as error:
            raise BadPaper("broken") from error


def _runs(cell: str) -> bool:
    return cell.startswith(FORMULAS) or (cell.startswith(SIGNS) and not NUMBER.fullmatch(cell))


def _check_office(content: bytes, ending: str) -> None:
    """An archive judged by what it declares: how many parts, how large, and which."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, len(content))
            _check_parts(parts)
            if not _is_what_it_says(archive, ending):
                raise BadPaper("broken")
            if fault := fault_of_parts(archive):
                raise BadPaper(fault)
    except TORN as error:
        raise BadPaper("broken") from error


def _check_sizes(parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, max(MOST_RATIO * size, 1_000_000)):
        raise BadPaper("bomb")


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if any(word in name for name in names for word in MACROS):
        raise BadPaper("active")
    led_out = any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names)
    if led_out or len(set(names)) < len(names) or any(part.flag_bits & ENCRYPTED for part in parts):
        raise BadPaper("broken")
    if any(name.endswith((".zip", ".exe", ".js", ".html", ".htm", ".svg", ".jar")) for name in names):
        raise BadPaper("active")


def _is_what_it_says(archive: zipfile.ZipFile, ending: str) -> bool:
    names = set(archive.namelist())
    if ending in HEARTS:
        return {"[Content_Types].xml", HEARTS[ending]} <= names
    # A part that declares little and holds more is cut where it is read.
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
        return False
    with archive.open("mimetype") as told:
        return told.read(200).decode("ascii", "replace").strip() == KINDS[ending] and "content.xml" in names
