"""Lists as sellers send them, made for tests."""

import io
import zipfile

from openpyxl import Workbook


def workbook(rows):
    """The bytes of an XLSX with these rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text(rows, encoding="utf-8", delimiter=";"):
    """The bytes of a CSV with these rows."""
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def repacked(content, *, added=(), replaced=()):
    """The same archive with files added or replaced."""
    changed = dict(replaced)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
        for name, data in added:
            new.writestr(name, data)
    return buffer.getvalue()
