"""One measure of a table drawn as a ranking: what a phone shows in place of many columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairs.report.tables import Amount, Table
from moussem.core.text import reading_order

# As many rows as are read at a glance; the others fold away.
SHOWN = 10


@dataclass(frozen=True)
class Ranked:
    """A row of a ranking; beside orders stands what they came to."""

    name: str
    count: int
    beside: str


@dataclass(frozen=True)
class Ranking:
    """The rows of a table by one measure, the greatest first."""

    measure: str
    label: str
    rows: tuple[Ranked, ...]

    @property
    def most(self) -> int:
        """What the others are drawn beside."""
        return max((row.count for row in self.rows), default=0)

    @property
    def first(self) -> tuple[Ranked, ...]:
        """Those that are shown at once: of one too many there is nothing to fold."""
        return self.rows if len(self.rows) == SHOWN + 1 else self.rows[:SHOWN]

    @property
    def others(self) -> tuple[Ranked, ...]:
        """Those that fold away."""
        return self.rows[len(self.first) :]


def measures_of(tables: Sequence[Table]) -> dict[str, str]:
    """What some tables can be ranked by, with the words for it; money of several currencies is no rank."""
    return {
        measure: label
        for table in tables
        for measure, label in zip(table.measures, table.columns[1:], strict=True)
        if measure not in ("", "ordered")
    }


def ranking_of(table: Table, measure: str) -> Ranking | None:
    """A table by a measure, or by its first one where it has no such; None where there is nothing to rank."""
    labels = measures_of([table])
    if not labels or not table.rows:
        return None
    chosen = measure if measure in labels else next(iter(labels))
    place = 1 + table.measures.index(chosen)
    rows = [
        Ranked(said[0], row[place], _money(row) if chosen == "orders" else "")
        for row, said in zip(table.rows, table.said, strict=True)
    ]
    rows.sort(key=lambda row: (-row.count, reading_order(row.name)))
    return Ranking(chosen, labels[chosen], tuple(rows))


def _money(row: Sequence[object]) -> str:
    amounts = [amount for amount in row if isinstance(amount, Amount)]
    return " + ".join(one.said for one in amounts)
