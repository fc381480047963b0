"""A report in the reader's words: one shape for the screen, the spreadsheet and the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fairs.applications.models import Category
from fairs.editions.models import Edition
from fairs.report.figures import MEETING, standing
from fairs.report.queries import Report
from moussem.core.templatetags.figures import amount_text, number_text
from moussem.core.text import reading_order
from moussem.regions.queries import all_countries, all_regions

SELLING = ("applications", "exhibitors", *MEETING, "orders", "ordered")
COMING = ("guests", "buyers", "entered", *MEETING, "orders", "ordered")
# From the call to the orders; each beside what it is a part of, where it is a part of something.
STEPS = (
    ("applications", ""),
    ("exhibitors", "applications"),
    ("guests", ""),
    ("buyers", "guests"),
    ("entered", "guests"),
    ("enquiries", ""),
    ("meetings", ""),
    ("held", "meetings"),
    ("missed", "meetings"),
    ("orders", ""),
)


@dataclass(frozen=True)
class Amount:
    """Money of one currency."""

    value: Decimal
    currency: str

    @property
    def said(self) -> str:
        """The amount in the reader's words."""
        return amount_text(self.value, self.currency)


@dataclass(frozen=True)
class Step:
    """How many there were of something on the way; of a part, its share of what it comes from in words.

    Without a count it is something that was not counted, which is not the same as none.
    """

    name: str
    count: int | None
    share: str
    is_part: bool


@dataclass(frozen=True)
class Headline:
    """A figure that a report leads with, in words."""

    name: str
    said: str


@dataclass(frozen=True)
class Cell:
    """A figure on a screen: the name of its column, the figure in words, and where it is drawn its bar."""

    column: str
    text: str
    value: int | None
    most: int


@dataclass(frozen=True)
class Table:
    """A heading, the names of the columns, and rows whose first cell is a name and the others figures.

    A figure is a number, an `Amount`, a day or an hour, so that a spreadsheet can reckon with it.
    """

    name: str
    title: str
    # The measure of each column but the first; empty for a day.
    measures: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def drawn(self) -> list[list[Cell]]:
        """The rows for a screen: numbers of a column are drawn beside the greatest of them.

        What is said of meetings has one scale: those held are a part of those agreed.
        """
        greatest = [max((one for one in column if _counts(one)), default=0) for column in self._columns]
        meetings = [one in MEETING for one in ("", *self.measures)]
        most_met = max((most for most, met in zip(greatest, meetings, strict=True) if met), default=0)
        greatest = [most_met if met else most for most, met in zip(greatest, meetings, strict=True)]
        return [
            [
                Cell(name, _said(value), value if _counts(value) and most else None, most)
                for name, value, most in zip(self.columns, row, greatest, strict=True)
            ]
            for row in self.rows
        ]

    @property
    def _columns(self) -> list[tuple[Any, ...]]:
        return list(zip(*self.rows, strict=True)) or [() for _name in self.columns]

    @property
    def said(self) -> list[list[str]]:
        """The rows in words, for a screen and for a paper."""
        return [[_said(cell) for cell in row] for row in self.rows]


def _counts(cell: Any) -> bool:
    return isinstance(cell, int)


def _said(cell: Any) -> str:
    if isinstance(cell, Amount):
        return cell.said
    if isinstance(cell, date):
        return date_format(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return number_text(cell) if isinstance(cell, int) else str(cell)


def headlines_of(report: Report) -> list[Headline]:
    """What an edition came to, the money first; what was not counted is left out."""
    whole, words = report.whole, _words()
    money = " + ".join(Amount(Decimal(total), one).said for one, total in sorted(whole["ordered"].items()))
    # Nobody passes a door of a fair on a screen: who came there is who asked and registered.
    came = ("entered",) if "entered" in whole else ("enquiries", "guests")
    counts = {"held": _("Meetings held"), **{one: words[one] for one in (*came, "exhibitors")}}
    return [
        Headline(words["ordered"], money or "–"),
        *(Headline(word, number_text(whole[name])) for name, word in counts.items() if name in whole),
    ]


def steps_of(report: Report) -> list[Step]:
    """How many there were of each, from the call to the orders; what was not counted yet is left out."""
    whole, words = report.whole, _words()
    steps = []
    for name, base in STEPS:
        if name not in whole or (base == "meetings" and not whole[base]):
            continue
        if _goes_without(name, whole):
            steps.append(Step(words[name], None, _("not counted"), False))
        else:
            share = _share(whole[name], base, whole.get(base, 0))
            steps.append(Step(words[name], whole[name], share, bool(base)))
    return steps


def most_of(steps: Sequence[Step]) -> int:
    """The greatest count of some steps, which the others are drawn beside."""
    return max((step.count or 0 for step in steps), default=0) or 1


def _goes_without(name: str, whole: dict[str, Any]) -> bool:
    """Whether exhibitors came without a call: no application is then no figure of the edition."""
    return name == "applications" and not whole[name] and bool(whole["exhibitors"])


def _share(part: int, base: str, whole: int) -> str:
    # Where some were invited there are more exhibitors than applications, and nothing to have a share of.
    if not whole or part > whole:
        return ""
    said = {
        "applications": _("%(share)s%% of the applications"),
        "guests": _("%(share)s%% of visitors and buyers"),
        "meetings": _("%(share)s%% of the meetings agreed"),
    }
    return said[base] % {"share": number_text(round(part * 100 / whole))}


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
    return Table("days", _("Days of the edition"), ("", "", ""), columns, (row,))


def _table(
    report: Report,
    currencies: Sequence[str],
    name: str,
    title: str,
    first: str,
    names: dict[str, str],
    columns: Sequence[str],
) -> Table:
    counted = report.tables[name]
    # A measure that is zero throughout is no column: nobody compares nothing with nothing.
    columns = [one for one in columns if not counted or any(row.get(one) for row in counted)]
    counted = sorted(counted, key=lambda row: (standing(row), reading_order(names.get(row["key"], ""))))
    rows = tuple((names.get(row["key"], _("not said")), *_cells(row, columns, currencies)) for row in counted)
    headings = (first or _("Edition"), *_headings(columns, currencies))
    many = max(len(currencies), 1)
    measures = tuple(one for name in columns for one in [name] * (many if name == "ordered" else 1))
    return Table(name, title, measures, headings, rows)


def _headings(columns: Sequence[str], currencies: Sequence[str]) -> list[str]:
    """The names of the columns; money has one for each currency, since it is never added across them."""
    words, told = _words(), _("Ordered for, in %(currency)s")
    each = [told % {"currency": currency} for currency in currencies]
    money = each if len(each) > 1 else [words["ordered"]]
    return [heading for one in columns for heading in (money if one == "ordered" else [words[one]])]


def _cells(row: dict[str, Any], columns: Sequence[str], currencies: Sequence[str]) -> list[Any]:
    ordered = row["ordered"]
    money = [Amount(Decimal(ordered[one]), one) if one in ordered else "" for one in currencies] or [""]
    return [cell for one in columns for cell in (money if one == "ordered" else [row.get(one, "")])]


def _words() -> dict[str, str]:
    return {
        "applications": _("Applications"),
        "exhibitors": _("Exhibitors"),
        "guests": _("Visitors and buyers"),
        "buyers": _("Buyers"),
        "entered": _("Entered"),
        "enquiries": pgettext("of buyers", "Questions"),
        "meetings": _("Meetings agreed"),
        "held": pgettext("meetings", "Held"),
        "missed": pgettext("meetings", "Not held"),
        "orders": _("Orders"),
        "ordered": _("Ordered for"),
    }
