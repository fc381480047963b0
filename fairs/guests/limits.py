"""What buyers ask of laboratories, as it is typed, kept and read: "Crocin ≥ 200; moisture <= 10"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from catalogue.models import LabField
from moussem.core.numbers import NotANumber, is_ambiguous, parse_number

# A comma may stand in a number.
BETWEEN = re.compile(r"[;؛\n]|[,،](?!\d)")
LIMIT = re.compile(r"\s*(?P<name>[^<>=≤≥]+?)\s*(?P<sign>[<>]=?|=[<>]?|[≤≥])\s*(?P<value>[^<>=≤≥]+?)\s*")
SIGNS = {"≤": "<=", "=<": "<=", "≥": ">=", "=>": ">="}
PRINTED = {"<=": "≤", ">=": "≥"}


class Unreadable(Exception):
    """A part of what was typed that is no limit of this family; ``part`` is what it says."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True)
class Bound:
    """A limit with the value that it is about."""

    field: LabField
    sign: str
    value: str

    @property
    def is_percentage(self) -> bool:
        """Whether a percent sign belongs to the number."""
        return self.field.unit_label.startswith("%")

    @property
    def unit(self) -> str:
        """The words behind the number and its percent sign."""
        return self.field.unit_label.removeprefix("%").strip()


def limits_typed(text: str, fields: Sequence[LabField]) -> list[str]:
    """The limits in a text as they are kept: crocin>=200."""
    return [_limit(part, fields) for part in _parts(text)]


def _parts(text: str) -> Iterator[str]:
    """What stands between the marks; what no sign follows begins a name: "Free acidity, as oleic acid"."""
    begun = mark = ""
    for part, following in zip_longest(BETWEEN.split(text), BETWEEN.findall(text), fillvalue=""):
        begun = f"{begun}{mark}{part}" if begun.strip() else part
        mark = following
        if LIMIT.fullmatch(begun):
            yield begun
            begun = ""
    if begun.strip():
        yield begun


def limits_to_type(limits: Iterable[str], fields: Sequence[LabField]) -> str:
    """Kept limits as somebody would type them again, by the names of their language."""
    bounds = bounds_of(limits, fields)
    return "; ".join(f"{one.field.label} {one.sign} {_plainly(one.value)}" for one in bounds)


def _plainly(value: str) -> str:
    """A number that reads one way only: three digits after the mark might be thousands, four may not."""
    return f"{value}0" if is_ambiguous(value) else value


def bounds_of(limits: Iterable[str], fields: Sequence[LabField]) -> list[Bound]:
    """Kept limits with their values; what the family measures no more is left out."""
    known = {field.code: field for field in fields}
    read = [match for limit in limits if (match := LIMIT.fullmatch(limit)) and match["name"] in known]
    return [Bound(known[one["name"]], PRINTED.get(one["sign"], one["sign"]), one["value"]) for one in read]


def _limit(part: str, fields: Sequence[LabField]) -> str:
    read = LIMIT.fullmatch(part)
    found = read and _named(read["name"], fields)
    if not read or not found:
        raise Unreadable(part.strip())
    try:
        value = parse_number(read["value"].removesuffix("%"))
    except NotANumber:
        raise Unreadable(part.strip()) from None
    return f"{found.code}{SIGNS.get(read['sign'], read['sign'])}{value.normalize():f}"


def _named(name: str, fields: Iterable[LabField]) -> LabField | None:
    """The value that is meant, by its code or by its name in any language, with its brackets or without."""
    meant = _folded(name)
    for field in fields:
        names = (field.code, field.name_en, field.name_fr, field.name_ar)
        told = {_folded(one) for one in names} | {_folded(one.split("(")[0]) for one in names}
        if meant in told - {""}:
            return field
    return None


def _folded(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.strip().casefold()))
