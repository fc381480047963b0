"""What is said of a page beside its text, worked out from its fields and the day."""

from dataclasses import dataclass
from datetime import date

from cms.pages.programmes import ProgrammePage

# How long the facts of a market may stand before a reader is told to check them.
MONTHS_FRESH = 12


@dataclass(frozen=True)
class Term:
    """Whether a programme takes applications today, until when, and how many days are left."""

    is_open: bool
    last_day: date | None
    days_left: int


def term_of(page: ProgrammePage, today: date) -> Term:
    """The call of a programme as it stands today; its last day belongs to it."""
    last = page.apply_until
    left = (last - today).days if last else -1
    return Term(left >= 0, last, max(left, 0))


def is_dated(as_of: date, today: date) -> bool:
    """Whether facts are older than they may be without a warning."""
    months = (today.year - as_of.year) * 12 + today.month - as_of.month
    return (months, today.day - as_of.day) > (MONTHS_FRESH, 0)
