"""A report in the reader's words: one shape for the screen, the spreadsheet and the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fairs.applications.models import Category
from fairs.editions.models import Edition
from fairs.report.queries import Report
from moussem.core.templatetags.figures import amount_text
from moussem.regions.queries import all_countries, all_regions

SELLING = ("applications", "exhibitors", "orders", "ordered")
COMING = ("guests", "buyers", "entered", "orders", "ordered")


@dataclass(frozen=True)
class Table:
    """A heading, the names of the columns, and rows whose first cell is a name and the others figures.

    A figure is a number; amounts are words, one for each currency.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def labelled(self) -> list[list[tuple[str, Any]]]:
        """The rows with the name of its column beside each cell, for a screen that holds no columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


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
    return [_table(report, *one) for one in shown]


def _table(
    report: Report, name: str, title: str, first: str, names: dict[str, str], columns: Sequence[str]
) -> Table:
    words = _words()
    rows = tuple(
        (names.get(row["key"], _("not said")), *(_cell(row[column]) for column in columns))
        for row in report.tables[name]
    )
    return Table(name, title, (first or _("Edition"), *(words[column] for column in columns)), rows)


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        amounts = [amount_text(value[currency], currency) for currency in sorted(value)]
        return pgettext("between items of a list", ", ").join(amounts)
    return value


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
