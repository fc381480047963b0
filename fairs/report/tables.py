"""A report in the reader's words: one shape for the screen, the spreadsheet and the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fairs.applications.models import Category
from fairs.editions.models import Edition
from fairs.report.queries import Report
from moussem.core.templatetags.figures import amount_text, number_text
from moussem.regions.queries import all_countries, all_regions

SELLING = ("applications", "exhibitors", "orders", "ordered")
COMING = ("guests", "buyers", "entered", "orders", "ordered")


@dataclass(frozen=True)
class Amount:
    """Money of one currency."""

    value: Decimal
    currency: str


@dataclass(frozen=True)
class Table:
    """A heading, the names of the columns, and rows whose first cell is a name and the others figures.

    A figure is a number, an `Amount` or a day, so that a spreadsheet can reckon with it.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def labelled(self) -> list[list[tuple[str, Any]]]:
        """The rows with the name of its column beside each cell, for a screen that holds no columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.said]

    @property
    def said(self) -> list[list[str]]:
        """The rows in words, for a screen and for a paper."""
        return [[_said(cell) for cell in row] for row in self.rows]


def _said(cell: Any) -> str:
    if isinstance(cell, Amount):
        return amount_text(cell.value, cell.currency)
    if isinstance(cell, date):
        return date_format(cell)
    return number_text(cell) if isinstance(cell, int) else str(cell)


def steps_of(report: Report) -> list[tuple[str, int]]:
    """How many there were of each, from the call to the orders."""
    whole, words = report.whole, _words()
    names = ("applications", "exhibitors", "guests", "buyers", "entered", "orders")
    return [(words[name], whole[name]) for name in names]


def tables_of(edition: Edition, report: Report) -> list[Table]:
    """All tables of a report, the whole first."""
    regions = {region.pk: region.label for region in all_regions()}
    countries = {country.pk: country.label for country in all_countries()}
    categories = {str(one.pk): one.label for one in Category.objects.filter(edition=edition)}
    yes_no = {"yes": _("Led by women"), "no": _("Others")}
    shown = (
        ("whole", _("The whole edition"), "", {"": edition.label}, (*SELLING[:2], *COMING)),
        ("region", _("By region"), _("Region"), regions, SELLING),
        ("category", _("By category"), _("Category"), categories, SELLING),
        ("women_led", _("Led by women"), _("Exhibitors"), yes_no, SELLING),
        ("market", _("By market"), _("Country of the buyer"), countries, COMING),
    )
    currencies = sorted(report.whole["ordered"])
    return [*(_table(report, currencies, *one) for one in shown), _days_of(edition, report)]


def _days_of(edition: Edition, report: Report) -> Table:
    columns = (_("Edition"), _("First day"), _("Last day"), _("Counted on"))
    counted = localtime(report.counted_at, ZoneInfo(edition.time_zone)).date()
    row = (edition.label, edition.starts_on, edition.ends_on, counted)
    return Table("days", _("Days of the edition"), columns, (row,))


def _table(
    report: Report,
    currencies: Sequence[str],
    name: str,
    title: str,
    first: str,
    names: dict[str, str],
    columns: Sequence[str],
) -> Table:
    rows = tuple(
        (names.get(row["key"], _("not said")), *_cells(row, columns, currencies))
        for row in report.tables[name]
    )
    return Table(name, title, (first or _("Edition"), *_headings(columns, currencies)), rows)


def _headings(columns: Sequence[str], currencies: Sequence[str]) -> list[str]:
    """The names of the columns; money has one for each currency, since it is never added across them."""
    words, told = _words(), _("Ordered for, in %(currency)s")
    each = [told % {"currency": currency} for currency in currencies]
    money = each if len(each) > 1 else [words["ordered"]]
    return [heading for one in columns for heading in (money if one == "ordered" else [words[one]])]


def _cells(row: dict[str, Any], columns: Sequence[str], currencies: Sequence[str]) -> list[Any]:
    ordered = row["ordered"]
    money = [Amount(Decimal(ordered[one]), one) if one in ordered else "" for one in currencies] or [""]
    return [cell for one in columns for cell in (money if one == "ordered" else [row[one]])]


def _words() -> dict[str, str]:
    return {
        "applications": _("Applications"),
        "exhibitors": _("Exhibitors"),
        "guests": _("Visitors and buyers"),
        "buyers": _("Buyers"),
        "entered": _("Entered"),
        "orders": _("Orders"),
        "ordered": _("Ordered for"),
    }
