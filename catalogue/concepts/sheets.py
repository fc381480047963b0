"""Concepts in files: the columns of `tables.COLUMNS`, one concept a row."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from catalogue.concepts.models import Concept
from catalogue.search.tables import BETWEEN, COLUMNS, LANGUAGES, Content, content_of


@dataclass(frozen=True)
class Row:
    """A concept as a file says it, and where."""

    code: str
    content: Content
    place: str


@dataclass
class Sheet:
    """What files say, and what in them cannot be read."""

    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def complain(self, place: str, sentence: str) -> None:
        """Keep a problem with its place."""
        self.problems.append(_("%(place)s: %(problem)s") % {"place": place, "problem": sentence})


def read_sheets(paths: Iterable[Path]) -> Sheet:
    """The rows of files, read as one list."""
    sheet = Sheet()
    for path in paths:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                _read(csv.DictReader(file, strict=True), path.name, sheet)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            reason = _("It cannot be read as CSV in UTF-8 (%(reason)s).") % {"reason": error}
            sheet.complain(path.name, reason)
    return sheet


def _read(lines: "csv.DictReader[str]", name: str, sheet: Sheet) -> None:
    missing = [column for column in COLUMNS if column not in (lines.fieldnames or ())]
    if missing:
        reason = _("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)}
        sheet.complain(name, reason)
        return
    first = {row.code: row.place for row in sheet.rows}
    for cells in lines:
        place = _("%(file)s, line %(line)s") % {"file": name, "line": lines.line_num}
        # DictReader keeps what is too much under None, and fills what is too little with it.
        if None in cells or None in cells.values():
            sheet.complain(place, _("The row has not as many cells as the first line."))
            continue
        code = cells["code"].strip()
        if code in first:
            known = {"code": code, "place": first[code]}
            sheet.complain(place, _("The code “%(code)s” stands in %(place)s already.") % known)
            continue
        first[code] = place
        for language in LANGUAGES:
            if cells[language].strip() and not all(map(str.strip, cells[language].split(BETWEEN))):
                empty = _("An alias in the column “%(column)s” is empty.") % {"column": language}
                sheet.complain(place, empty)
        sheet.rows.append(Row(code, content_of(cells), place))


def write_sheet(path: Path, concepts: Iterable[Concept]) -> int:
    """Concepts as a file that can be loaded again; how many."""
    rows = [concept.row for concept in concepts]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return len(rows)
