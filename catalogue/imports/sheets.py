"""Opens a seller's list, CSV or XLSX, row by row and within bounds; formulas are never evaluated.

No Django in here.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from catalogue.imports.encodings import Undecodable, decode, guess_encoding

MOST_BYTES = 15_000_000
MOST_UNPACKED = 100_000_000
MOST_FILES = 500
MOST_ROWS = 50_000
MOST_COLUMNS = 80
# Spreadsheets keep thousands of empty rows that were once coloured.
MOST_BLANK = 1_000
DELIMITERS = ";\t,|"
# Tells Excel how the columns are parted; no row of the sheet that its author sees.
SEP_LINE = re.compile(r'\A"?sep=([^\w\s"\0]|\t)"?[ \t]*(?:\r\n?|\n|\Z)', re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# Files that are no list, though some of them can be read as text.
OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")
MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xlsb")
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    SyntaxError,
    OSError,
    EOFError,
    TypeError,
    IndexError,
    AttributeError,
    zlib.error,
    NotImplementedError,
)


class Unreadable(Exception):
    """Why a list is not read: ``kind``, ``bytes``, ``unpacked``, ``macros``, ``old``, ``broken``, ``empty``,
    ``rows``, ``columns`` or ``encoding``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Cell:
    """What stands in one cell; the number itself where the spreadsheet knows one."""

    text: str = ""
    number: Decimal | None = None
    is_formula: bool = False


@dataclass(frozen=True)
class Row:
    """One row under the number that its author sees."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a list: its headers, the rows below, and how it was decoded."""

    headers: tuple[str, ...]
    rows: Iterator[Row]
    encoding: str = ""
    is_certain: bool = True
    is_spoilt: bool = False


def open_sheet(content: bytes, name: str, encoding: str = "") -> Sheet:
    """The list in these bytes; ``encoding`` overrides the guess for CSV."""
    if len(content) > MOST_BYTES:
        raise Unreadable("bytes")
    if name.lower().endswith(MACRO_NAMES):
        raise Unreadable("macros")
    if content.startswith(OLE):
        raise Unreadable("old")
    if content.lstrip().startswith(OTHER_KINDS) or not name.lower().endswith(ENDINGS):
        raise Unreadable("kind")
    if content.startswith(ZIP):
        return _headed(_workbook_rows(content))
    try:
        guess = guess_encoding(content)
        text = decode(content, encoding or guess.encoding)
    except Undecodable as error:
        raise Unreadable("encoding" if encoding else "kind") from error
    sheet = _headed(_text_rows(text))
    return Sheet(sheet.headers, sheet.rows, encoding or guess.encoding, guess.is_certain, guess.is_spoilt)


def _headed(rows: Iterator[Row]) -> Sheet:
    """The first row that is not blank is the header; the rest is counted and bounded."""
    head = next((row for row in rows if any(cell.text.strip() for cell in row.cells)), None)
    if head is None:
        raise Unreadable("empty")
    headers = tuple(cell.text.strip() for cell in head.cells)
    return Sheet(headers, _bounded(rows))


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    count = blank = 0
    for row in rows:
        if not any(cell.text.strip() for cell in row.cells):
            blank += 1
            if blank > MOST_BLANK:
                return
            continue
        blank = 0
        count += 1
        if count > MOST_ROWS:
            raise Unreadable("rows")
        yield row


def _text_rows(text: str) -> Iterator[Row]:
    if told := SEP_LINE.match(text):
        text, delimiter = text[told.end() :], told[1]
    else:
        head = next((line for line in io.StringIO(text) if line.strip()), "")
        delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        # A cell may run over several lines: a spreadsheet shows it as one row.
        for number, values in enumerate(reader, start=1):
            yield Row(number, _within(tuple(Cell(value) for value in values)))
    except csv.Error as error:
        raise Unreadable("broken") from error


def _workbook_rows(content: bytes) -> Iterator[Row]:
    # Loaded by whoever opens one, not by every process that may.
    from openpyxl import load_workbook

    _check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheet = book.worksheets[0]
            # A file may lie about its size, or not say it.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield Row(number, _within(tuple(_cell(cell) for cell in cells)))
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("broken") from error


def _check_archive(content: bytes) -> None:
    """Judges the archive by its table of contents, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename.lower() for entry in entries}
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise Unreadable("unpacked")
            if any("vbaproject" in name or "/macrosheets/" in name for name in names):
                raise Unreadable("macros")
            if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
                raise Unreadable("kind")
            if b"macroenabled" in archive.read("[Content_Types].xml").lower():
                raise Unreadable("macros")
    except BROKEN as error:
        raise Unreadable("broken") from error


def _within(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].text:
        end -= 1
    if end > MOST_COLUMNS:
        raise Unreadable("columns")
    return cells[:end]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell()
    if cell.data_type in ("f", "e") or not isinstance(value, str | int | float | bool | date | datetime):
        return Cell(str(value), is_formula=True)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return Cell(f"{number.normalize():f}", number) if number.is_finite() else Cell(str(value))
    if isinstance(value, date):
        return Cell(value.isoformat()[:10])
    return Cell(value)
