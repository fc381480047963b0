"""A report as a spreadsheet and on paper, with the columns of the screen."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from fairs.report.tables import Table
from moussem.trade.documents.pdf import draw_with, printable

WIDEST, NARROWEST = 44, 12
LONGEST_SHEET_NAME = 31


def spreadsheet(tables: Sequence[Table], *, right_to_left: bool) -> bytes:
    """The tables of a report, a sheet each; in Arabic the sheets read from the right."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title[:LONGEST_SHEET_NAME])
        sheet.sheet_view.rightToLeft = right_to_left
        for place, row in enumerate((table.columns, *table.rows), 1):
            for column, value in enumerate(row, 1):
                _write(sheet.cell(row=place, column=column), value)
                if place == 1:
                    sheet.cell(row=1, column=column).font = Font(bold=True)
        sheet.freeze_panes = "B2"
        for column, name in enumerate(table.columns, 1):
            longest = max([len(str(name)), *(len(str(row[column - 1])) for row in table.rows)])
            width = min(max(longest + 2, NARROWEST), WIDEST)
            sheet.column_dimensions[get_column_letter(column)].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, value: Any) -> None:
    """A number as a number, a text as a text: a name that begins with “=” is no formula."""
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = printable(str(value))
        cell.data_type = "s"


def paper(
    title: str, said: str, steps: Sequence[tuple[str, int]], tables: Sequence[Table], language: str
) -> bytes:
    """The report as PDF, drawn by `report.typ`."""
    sheet = {
        "title": title,
        "said": said,
        "language": language,
        "steps": [list(step) for step in steps],
        "most": max([count for _name, count in steps], default=0) or 1,
        "tables": [
            {
                "title": table.title,
                "columns": list(table.columns),
                "rows": [[str(cell) for cell in row] for row in table.rows],
            }
            for table in tables
        ],
    }
    return draw_with(Path(__file__).with_name("report.typ"), sheet)
