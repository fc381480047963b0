"""Long lists of rows to tick: some are shown, the others are found by a search, and none is lost."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from catalogue.listing.forms.fields import MOST_DIGITS, RowsField

# A list that is longer is searched.
MOST_SHOWN = 30
# So many ticked rows have a box of their own: nobody scrolls through more, and a page sends at most a
# thousand fields.
MOST_BOXES = 60
# No seller has more; how far a list that was sent is read.
MOST_ROWS = 60_000
BESIDE = "_beside"


def rows_in(told: str) -> list[str]:
    """The numbers of rows that one field carries."""
    return [one for one in told.split(",", MOST_ROWS)[:MOST_ROWS] if can_be_row(one)]


def can_be_row(number: Any) -> bool:
    """Whether a row could have this number."""
    told = str(number)
    return told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS


def numbers_of(rows: Iterable[Any]) -> set[int]:
    """Those of these that can be numbers of rows."""
    return {int(one) for one in rows if can_be_row(one)}


def ticked_in(data: Any, name: str) -> list[str]:
    """What is ticked in a form that was sent: the boxes, and the rows that had none."""
    return [*dict.fromkeys([*data.getlist(name), *rows_in(data.get(name + BESIDE, ""))])]


class RowsInOneField(forms.HiddenInput):
    """The numbers of many rows in one field, since a page sends only so many fields."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-rows": "", **(attrs or {})})

    def format_value(self, value: Any) -> str:
        """The numbers, a comma between two."""
        return ",".join(str(getattr(one, "pk", one)) for one in value or ())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The numbers that were carried."""
        return rows_in(data.get(name) or "")


class FoundRowsField(RowsField):
    """Rows to tick, of which a long list shows some and those that a search finds."""

    widget = forms.CheckboxSelectMultiple
    hidden_widget = RowsInOneField
    # What the page tells of a search; nothing where all rows are shown.
    find: dict[str, Any] | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, template_name="catalogue/listing/found_rows.html", **options)

    def offer(
        self,
        rows: QuerySet,
        found: QuerySet,
        *,
        ticked: Callable[[], Iterable[Any]],
        kept: Iterable[Any],
        asked: str,
    ) -> None:
        """Any of these rows may be ticked; shown are those ticked or kept, and the first that were found."""
        self.queryset = rows
        total = rows.count()
        if total <= MOST_SHOWN:
            return
        in_sight = numbers_of(ticked()) | {*kept}
        boxes = list(rows.filter(pk__in=in_sight).values_list("pk", flat=True))
        if len(boxes) > MOST_BOXES and asked:
            # Who searches for a row finds its box, to take its tick away as well.
            wanted = set(found.filter(pk__in=in_sight).values_list("pk", flat=True))
            boxes.sort(key=lambda pk: pk not in wanted)
        with_box = {row.pk: row for row in rows.filter(pk__in=boxes[:MOST_BOXES])}
        more = list(found.exclude(pk__in=in_sight)[:MOST_SHOWN])
        shown = [with_box[pk] for pk in boxes if pk in with_box]
        # What was searched for stands below its search, not below a screen of ticks.
        shown = [*more, *shown] if asked and len(shown) > MOST_SHOWN else [*shown, *more]
        self.widget.choices = [(row.pk, self.label_from_instance(row)) for row in shown]
        has_box = {row.pk for row in shown}
        self.find = {
            "asked": asked,
            "total": total,
            "found": len(more),
            "fitting": found.count() if asked else total,
            # Asked when the page is written: a tick of a colleague may have come to those that were sent.
            "is_any_ticked": lambda: bool(ticked()),
            "beside": lambda: [
                *rows.filter(pk__in=numbers_of(ticked()) - has_box).values_list("pk", flat=True)
            ],
        }
