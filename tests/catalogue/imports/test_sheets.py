import io
import tracemalloc
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.imports.encodings import guess_encoding
from catalogue.imports.sheets import MOST_BYTES, MOST_ROWS, Cell, Unreadable, open_sheet
from tests.catalogue.imports.lists import repacked, text, workbook

pytestmark = pytest.mark.unit

FRENCH = [["Réf", "Désignation"], ["A1", "Safran récolté à la main"]]
ARABIC = [["الرمز", "المنتوج"], ["A1", "زعفران حر من تالوين"]]


def why(content, name="list.xlsx", encoding=""):
    with pytest.raises(Unreadable) as refused:
        list(open_sheet(content, name, encoding).rows)
    return refused.value.why


def cells(content, name="list.csv"):
    return [[cell.text for cell in row.cells] for row in open_sheet(content, name).rows]


@pytest.mark.parametrize(
    ("rows", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16"),
        (ARABIC, "utf-8"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "cp1256"),
        (ARABIC, "utf-16"),
    ],
)
def test_list_is_read_in_whatever_encoding_it_comes(rows, encoding):
    sheet = open_sheet(text(rows, encoding), "list.csv")

    assert list(sheet.headers) == rows[0]
    assert [cell.text for cell in next(sheet.rows).cells] == rows[1]
    assert sheet.encoding == encoding
    assert sheet.is_certain == encoding.startswith("utf")


def test_text_spoilt_before_it_came_is_noticed():
    spoilt = "Désignation récolté".encode().decode("cp1252").encode("utf-8")

    assert guess_encoding(spoilt).is_spoilt
    assert guess_encoding("زعفران".encode().decode("cp1252", "replace").encode()).is_spoilt
    assert not guess_encoding("Récolté à l’aube – زعفران".encode()).is_spoilt


def test_wrong_encoding_asked_for_is_refused():
    assert why(text(ARABIC, "cp1256"), "list.csv", "utf-8") == "encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_parted_by_what_the_header_shows(delimiter):
    assert cells(text([["code", "nom", "prix"], ["1", "b", "c"]], delimiter=delimiter)) == [["1", "b", "c"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("told", ["sep=;", "SEP=;", '"sep=;"', "sep=\t", "sep=^"])
def test_line_that_tells_excel_the_delimiter_is_obeyed_and_is_no_row(told, encoding):
    # More commas than delimiters: the line alone tells how it is parted.
    delimiter = told.strip('"')[-1]
    lines = [[told], ["code", "nom, variété, région"], ["A", "Safran récolté, moulu"]]

    sheet = open_sheet(text(lines, encoding, delimiter=delimiter), "list.csv")

    assert sheet.headers == ("code", "nom, variété, région")
    assert [(row.number, row.cells[1].text) for row in sheet.rows] == [(2, "Safran récolté, moulu")]


def test_line_that_tells_the_delimiter_alone_is_an_empty_list():
    assert why(b"sep=;", "list.csv") == "empty"


def test_numbers_of_a_spreadsheet_are_exact_and_dates_are_days():
    content = workbook([["a", "b", "c", "d"], [3.3, 1234, True, datetime(2026, 11, 22)]])

    (row,) = open_sheet(content, "list.xlsx").rows

    assert row.number == 2
    assert row.cells[:2] == (Cell("3.3", Decimal("3.3")), Cell("1234", Decimal(1234)))
    assert [cell.text for cell in row.cells[2:]] == ["yes", "2026-11-22"]


def test_formula_is_never_evaluated():
    (row,) = open_sheet(workbook([["a", "b"], ["x", "=HYPERLINK(A1)"]]), "list.xlsx").rows

    assert row.cells[1] == Cell("=HYPERLINK(A1)", is_formula=True)


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_author():
    rows = list(open_sheet(workbook([[], ["code"], ["A"], [], [None], ["B"]]), "list.xlsx").rows)

    assert [(row.number, row.cells[0].text) for row in rows] == [(3, "A"), (6, "B")]


def test_cell_of_several_lines_counts_as_the_one_row_that_its_author_sees():
    lines = 'code;nom\r\nA;"Safran\r\nde Taliouine\nmoulu"\r\n\r\nB;Miel\r\n'

    rows = list(open_sheet(lines.encode(), "list.csv").rows)

    assert [(row.number, row.cells[0].text) for row in rows] == [(2, "A"), (4, "B")]


def test_most_rows_are_read_and_one_more_is_refused():
    assert len(cells(text([["code"], *([str(n)] for n in range(MOST_ROWS))]))) == MOST_ROWS
    assert why(text([["code"], *([str(n)] for n in range(MOST_ROWS + 1))]), "list.csv") == "rows"


def test_too_many_rows_are_refused_within_bounded_memory():
    content = workbook([["code"], *([f"Produit {n}"] for n in range(MOST_ROWS + 1))])

    tracemalloc.start()
    assert why(content) == "rows"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40_000_000


def test_list_that_unpacks_to_far_more_is_refused_before_it_is_unpacked():
    bomb = repacked(workbook([["a"]]), added=[("xl/worksheets/sheet9.xml", b"0" * 120_000_000)])

    tracemalloc.start()
    assert (len(bomb) < 200_000, why(bomb)) == (True, "unpacked")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2_000_000


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>"""


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (workbook([["a"]]), "list.xlsm", "macros"),
        (repacked(workbook([["a"]]), added=[("xl/vbaProject.bin", b"x")]), "list.xlsx", "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "list.xls", "old"),
        (repacked(workbook([["a"]]), replaced=[("xl/workbook.xml", LAUGHS)]), "list.xlsx", "broken"),
        (repacked(workbook([["a"]]), replaced=[("xl/workbook.xml", b"<not")]), "list.xlsx", "broken"),
        (workbook([["a"], ["b"]])[:-40], "list.xlsx", "broken"),
        (workbook([]), "list.xlsx", "empty"),
        (b"", "list.csv", "empty"),
        (b"\n \n;;\n", "list.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "list.csv", "kind"),
        (b"code\n" + b"x" * MOST_BYTES, "list.csv", "bytes"),
        (workbook([["a"] * 81]), "list.xlsx", "columns"),
        (b'code\n"' + b"x" * 200_000, "list.csv", "broken"),
    ],
)
def test_list_that_cannot_be_trusted_is_refused_with_its_reason(content, name, reason):
    assert why(content, name) == reason


def test_other_archives_are_no_lists():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert why(buffer.getvalue()) == "kind"


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from(["list.csv", "list.xlsx"]))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        list(open_sheet(content, name).rows)
    except Unreadable as refused:
        assert refused.why


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4_000), st.integers(0, 255))
def test_spoilt_spreadsheet_is_read_or_refused(place, byte):
    content = bytearray(workbook([["code", "nom"], ["A", "Safran"]]))
    content[place % len(content)] = byte

    try:
        list(open_sheet(bytes(content), "list.xlsx").rows)
    except Unreadable as refused:
        assert refused.why


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7\n1 0 obj", "x.pdf"), (b"%PDF-1.7\n1 0 obj", "x.csv"), (b"code;title\nA;B", "x.pdf")],
)
def test_file_that_is_no_list_is_refused_by_its_kind(content, name):
    with pytest.raises(Unreadable) as refused:
        open_sheet(content, name)

    assert refused.value.why == "kind"
