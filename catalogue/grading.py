"""Which category of a standard a lot reaches, and what held it down: values and limits in, a verdict out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

Number = Decimal | int | float | str

# A limit of every edition, and a limit that every category (or a product without categories) must meet.
EVERY_EDITION = "both editions"
EVERY_CATEGORY = frozenset({"all", "-", ""})


class Bound(StrEnum):
    MIN = "min"
    MAX = "max"


class Outcome(StrEnum):
    """What could be said of the lot."""

    GRADED = "graded"  # it reaches a named category
    CONFORMS = "conforms"  # the standard has limits but no categories, and all are met
    OUTSIDE = "outside"  # a limit of the lowest category is not met
    INCOMPLETE = "incomplete"  # a value is missing: no grade is given
    NO_LIMITS = "no_limits"  # nothing is known about this standard in this edition


class Why(StrEnum):
    BELOW = "below"
    ABOVE = "above"
    MISSING = "missing"


@dataclass(frozen=True)
class Limit:
    """One bound on one parameter, for one category of one edition."""

    standard: str
    product: str
    parameter: str
    category: str
    bound: Bound
    value: Decimal
    edition: str
    unit: str = ""

    def is_met(self, value: Decimal) -> bool:
        """Whether a measured value is on the right side; the limit itself is."""
        return value >= self.value if self.bound is Bound.MIN else value <= self.value


@dataclass(frozen=True)
class Reason:
    """One parameter that held the lot down: what was measured and what the better category asks."""

    parameter: str
    why: Why
    category: str
    limit: Decimal | None = None
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class Grade:
    """The verdict, under which edition, and why it is not better."""

    outcome: Outcome
    edition: str
    category: str | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether the lot may be said to meet the standard."""
        return self.outcome in (Outcome.GRADED, Outcome.CONFORMS)


def limits_from_rows(rows: Iterable[Mapping[str, object]]) -> tuple[Limit, ...]:
    """Limits from rows with the columns of lab_standards.csv; a row that cannot be read is a ValueError."""
    limits = []
    for row in rows:
        value = number_of(str(row["value"]))
        if value is None:
            raise ValueError(f"{row['standard']}, {row['parameter']}: {row['value']!r} is not a number")
        limits.append(
            Limit(
                standard=str(row["standard"]),
                product=str(row["product"]),
                parameter=str(row["parameter"]),
                category=str(row["category"]),
                bound=Bound(str(row["bound"])),
                value=value,
                # What stands in brackets is a remark on the row, not another edition.
                edition=str(row["edition"]).split(" (")[0],
                unit=str(row["unit"]),
            )
        )
    return tuple(limits)


def limits_for(limits: Iterable[Limit], *, standard: str, product: str = "") -> tuple[Limit, ...]:
    """The limits of a standard for a product, its own instead of the general one wherever it has one.

    Saffron powder has its own limit for moisture only: for colour and flavour the rows of the filaments hold.
    """
    of_standard = [limit for limit in limits if limit.standard == standard]
    taken_from: dict[str, str] = {}
    for limit in of_standard:
        if limit.product == product or limit.parameter not in taken_from:
            taken_from[limit.parameter] = limit.product
    return tuple(limit for limit in of_standard if limit.product == taken_from[limit.parameter])


def editions_of(limits: Iterable[Limit]) -> tuple[str, ...]:
    """The editions one can grade by, in their order."""
    return tuple(dict.fromkeys(limit.edition for limit in limits if limit.edition != EVERY_EDITION))


def by_parameter(lab: Mapping[str, Number], parameters: Mapping[str, str]) -> dict[str, Number]:
    """Laboratory values under the names of the standard, given each lab field's parameter."""
    return {parameters[code]: value for code, value in lab.items() if parameters.get(code)}


def grade(values: Mapping[str, Number | None], limits: Sequence[Limit], *, edition: str) -> Grade:
    """The best category whose every limit the values meet, under one edition.

    Categories rank in the order of the limits, the best first. A missing or unreadable value gives no grade:
    a category that rests on something nobody measured would be a claim, not a result.
    """
    # A limit common to every edition does not prove that the asked edition exists.
    if edition not in editions_of(limits):
        return Grade(Outcome.NO_LIMITS, edition)
    held = [limit for limit in limits if limit.edition in (edition, EVERY_EDITION)]
    measured = {limit.parameter: number_of(values.get(limit.parameter)) for limit in held}
    missing = tuple(
        Reason(parameter, Why.MISSING, category="") for parameter, value in measured.items() if value is None
    )
    if missing:
        return Grade(Outcome.INCOMPLETE, edition, reasons=missing)
    known = {parameter: value for parameter, value in measured.items() if value is not None}
    categories = tuple(dict.fromkeys(lim.category for lim in held if lim.category not in EVERY_CATEGORY))
    if not categories:
        reasons = _unmet(held, known)
        return Grade(Outcome.OUTSIDE if reasons else Outcome.CONFORMS, edition, reasons=reasons)
    reasons = ()
    for category in categories:
        asked = [limit for limit in held if limit.category == category or limit.category in EVERY_CATEGORY]
        unmet = _unmet(asked, known)
        if not unmet:
            return Grade(Outcome.GRADED, edition, category, reasons)
        reasons = unmet
    return Grade(Outcome.OUTSIDE, edition, reasons=reasons)


def _unmet(limits: Iterable[Limit], values: Mapping[str, Decimal]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            parameter=limit.parameter,
            why=Why.BELOW if limit.bound is Bound.MIN else Why.ABOVE,
            category=limit.category,
            limit=limit.value,
            value=values[limit.parameter],
            unit=limit.unit,
        )
        for limit in limits
        if not limit.is_met(values[limit.parameter])
    )


def number_of(value: Number | None) -> Decimal | None:
    """A finite decimal, or None: an infinity, a NaN or a word is not a measurement."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
