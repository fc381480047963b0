"""A report as a spreadsheet and on paper, with the columns of the screen."""

from collections.abc import Sequence
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from fairs.editions.models import Edition
from fairs.report.queries import Report
from fairs.report.sentences import said_of
from fairs.report.states import PaperKind
from fairs.report.tables import Amount, Step, Table, most_of, steps_of
from moussem.trade.documents.pdf import draw_with, printable

WIDEST, NARROWEST = 44, 12
# The day of every country, whatever the language of the reader.
DAY_FORMAT, HOUR_FORMAT = "yyyy-mm-dd", "hh:mm"
LONGEST_SHEET_NAME = 31


def spreadsheet(tables: Sequence[Table], *, right_to_left: bool) -> bytes:
    """The tables of a report, a sheet each; in Arabic the sheets read from the right."""
    # Loaded by whoever asks for one, not by every process that may.
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

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
            longest = max([len(str(name)), *(len(row[column - 1]) for row in table.said)])
            width = min(max(longest + 2, NARROWEST), WIDEST)
            sheet.column_dimensions[get_column_letter(column)].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, value: Any) -> None:
    """Numbers, money, days and hours as such, a text as a text: a name that begins with “=” is no formula."""
    if isinstance(value, Amount):
        # The brackets tell a spreadsheet that the letters are a currency.
        cell.value, cell.number_format = value.value, f"#,##0.00\u00a0[${value.currency}]"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, DAY_FORMAT
    elif isinstance(value, time):
        cell.value, cell.number_format = value, HOUR_FORMAT
    elif isinstance(value, int):
        cell.value, cell.number_format = value, "#,##0"
    elif value != "":
        cell.value = printable(str(value))
        cell.data_type = "s"


def paper(title: str, said: str, steps: Sequence[Step], tables: Sequence[Table], language: str) -> bytes:
    """The report as PDF, drawn by `report.typ`."""
    sheet = {
        "title": title,
        "said": said,
        "language": language,
        "steps": [[step.name, step.count, step.share] for step in steps],
        "most": most_of(steps),
        "tables": [
            {
                "title": table.title,
                "columns": list(table.columns),
                "rows": table.said,
            }
            for table in tables
        ],
    }
    return draw_with(Path(__file__).with_name("report.typ"), sheet)


def drawn(kind: str, edition: Edition, report: Report, tables: Sequence[Table]) -> bytes:
    """The report as a file of this kind, in the active language."""
    if kind == PaperKind.XLSX:
        return spreadsheet(tables, right_to_left=get_language_bidi())
    title = _("Report: %(edition)s") % {"edition": edition.label}
    language = (get_language() or "en")[:2]
    return paper(title, said_of(edition, report), steps_of(report), tables, language)
