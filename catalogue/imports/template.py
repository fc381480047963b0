"""A list to begin with: headers that are understood when they come back, and one row as an example.

The headers are words of `headers.py`, not of the catalogues of texts: they must be read again.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

MARK = "\ufeff"
# What the columns are, in the order in which a list is filled in; "*" stands for the reader's language.
HEADERS: dict[str, dict[str, str]] = {
    "code": {"en": "Code", "fr": "Code", "ar": "الرمز"},
    "title:*": {"en": "Product name (en)", "fr": "Nom du produit (fr)", "ar": "اسم المنتج (ar)"},
    "description:*": {"en": "Description (en)", "fr": "Description (fr)", "ar": "الوصف (ar)"},
    "family": {"en": "Family", "fr": "Famille", "ar": "العائلة"},
    "unit": {"en": "Unit", "fr": "Unité", "ar": "الوحدة"},
    "quantity:1": {"en": "Minimum order", "fr": "Quantité minimale", "ar": "الكمية الدنيا"},
    "price:EUR:1": {"en": "Price EUR", "fr": "Prix EUR", "ar": "الثمن EUR"},
    "quantity:2": {"en": "From 2", "fr": "À partir de 2", "ar": "ابتداء من 2"},
    "price:EUR:2": {"en": "Price EUR 2", "fr": "Prix EUR 2", "ar": "الثمن EUR 2"},
    "capacity_per_year": {"en": "Yearly capacity", "fr": "Capacité annuelle", "ar": "الطاقة السنوية"},
    "lead_time_days": {"en": "Lead time days", "fr": "Délai jours", "ar": "عدد الأيام"},
    "harvest_months": {"en": "Harvest months", "fr": "Mois de récolte", "ar": "أشهر الجني"},
    "origin_province": {"en": "Province", "fr": "Province", "ar": "الإقليم"},
}
Example = Mapping[str, str | Decimal]


def keys_in(language: str) -> list[str]:
    """The keys of the columns."""
    return [key.replace("*", language) for key in HEADERS]


def headers_in(language: str) -> list[str]:
    """The headers in a language."""
    return [names[language] for names in HEADERS.values()]


def as_csv(example: Example, language: str) -> str:
    """The list as a text, parted and with decimals as spreadsheets of this language expect."""
    point, comma = (".", ",") if language == "en" else (",", ";")
    written = [
        f"{value:f}".replace(".", point) if isinstance(value, Decimal) else value
        for value in _row(example, language)
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=comma).writerows([headers_in(language), written])
    return MARK + text.getvalue()


def as_workbook(example: Example, language: str) -> bytes:
    """The list as a workbook, turned around for Arabic."""
    book = Workbook()
    sheet = book.active
    sheet.sheet_view.rightToLeft = language == "ar"
    sheet.append(headers_in(language))
    sheet.append(_row(example, language))
    sheet.freeze_panes = "A2"
    for position, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = max(14, len(str(cell.value)) + 4)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(example: Example, language: str) -> Sequence[str | Decimal]:
    return [example.get(key, "") for key in keys_in(language)]
