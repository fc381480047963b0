"""What a lot was said to be before its seller corrected it, as its page and its buyers are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalogue.models import LabField, Lot
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.core.templatetags.figures import number_text

CORRECTED = "lot.corrected"
# Before the code of a value that the laboratory measured.
LAB = "lab."
# What buyers choose a lot by, besides the values of the laboratory; quantities come and go by themselves.
NAMES: dict[str, Any] = {
    "grade": _("Category"),
    "harvest_year": _("Harvest"),
    "best_before": _("Best before"),
    "laboratory": _("Laboratory"),
    "analysed_on": _("Analysed on"),
    "report": _("Laboratory report"),
}
REPORT = "report"
EARLIER_REPORT, ANOTHER_REPORT, FIRST_REPORT = _("the earlier report"), _("another report"), _("a report")
DAYS = {"best_before", "analysed_on"}


@dataclass(frozen=True)
class Changed:
    """One fact of a lot before and after; in words only when it is read, hence in the reader's language."""

    name: str
    field: LabField | None
    before: Any
    after: Any

    @property
    def label(self) -> str:
        """What the fact is called."""
        return self.field.label if self.field else str(NAMES.get(self.name, self.name))

    @property
    def was(self) -> str:
        """The fact before; empty where nothing had been said."""
        return self._in_words(self.before)

    @property
    def now(self) -> str:
        """The fact after; empty where nothing is said any more."""
        return self._in_words(self.after)

    @property
    def papers(self) -> dict[str, str]:
        """The report that was exchanged and the one in its place, by the key of each."""
        if self.name != REPORT:
            return {}
        return {when: key_of(name) for when, name in (("was", self.before), ("now", self.after)) if name}

    def _in_words(self, value: Any) -> str:
        if not value:
            return ""
        if self.name == REPORT:
            # The names of files tell nobody anything.
            later = ANOTHER_REPORT if self.before else FIRST_REPORT
            return str(later if value == self.after else EARLIER_REPORT)
        if self.name in DAYS:
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        if self.field is None:
            return str(value)
        try:
            return number_text(value)
        except ArithmeticError:
            return str(value)


@dataclass(frozen=True)
class Correction:
    """What was changed in one go, and when."""

    at: datetime
    changed: list[Changed]


def key_of(name: str) -> str:
    """The word by which a kept report is asked for: its file's name, which is drawn by lot."""
    return name.rpartition("/")[2]


def reports_of(lot: Lot) -> list[str]:
    """The names of the reports that a lot has had, the first one first and its own last."""
    told = history_of(lot).filter(verb=CORRECTED).order_by("pk").values_list("facts", flat=True)
    known = [facts[when].get(REPORT, "") for facts in told for when in ("before", "after")]
    return [name for name in dict.fromkeys([*known, lot.report.name]) if name]


def facts_of(lot: Lot) -> dict[str, Any]:
    """What a lot is said to be, as the log keeps it: flat, in plain text."""
    told = {name: str(getattr(lot, name) or "") for name in NAMES}
    return told | {LAB + code: str(value) for code, value in lot.lab.items()}


def is_correction(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether something that had been said is said otherwise; a first analysis only adds."""
    return any(said and says_otherwise(name, said, after.get(name, "")) for name, said in before.items())


def says_otherwise(name: str, said: str, now: str) -> bool:
    """Whether a fact of a lot means something else now: a measured 240 is the 240.0 of before."""
    if said == now or not name.startswith(LAB):
        return said != now
    try:
        return Decimal(said) != Decimal(now)
    except ArithmeticError:
        return True


def correction_of(entry: LogEntry, fields: Iterable[LabField]) -> Correction:
    """What a line of the log says was changed."""
    before, after = entry.facts["before"], entry.facts["after"]
    by_name = {LAB + field.code: field for field in fields}
    names = [*by_name, *NAMES]
    changed = [
        Changed(name, by_name.get(name), before.get(name, ""), after.get(name, ""))
        for name in names
        if says_otherwise(name, before.get(name, ""), after.get(name, ""))
    ]
    return Correction(entry.at, changed)


def corrections_of(lot: Lot, fields: Iterable[LabField]) -> list[Correction]:
    """The corrections of a lot, the last first."""
    fields = list(fields)
    entries = history_of(lot).filter(verb=CORRECTED).order_by("-pk")
    told = [correction_of(entry, fields) for entry in entries]
    # A line of the log in which only the zeros behind a mark changed tells nothing.
    return [correction for correction in told if correction.changed]
