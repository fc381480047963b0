"""One row of a seller's list turned into a product, or into the reasons why not. No Django in here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from catalogue.imports.cells import BadText, bare_text, clean_text
from catalogue.imports.headers import plain
from catalogue.imports.sheets import Cell, Row
from catalogue.pricing import Tier, ladder_faults
from moussem.core.numbers import Measure, NotANumber, parse_number

# Digits before and after the point that the catalogue keeps.
SIZES = {"price": (10, 4), "quantity": (11, 3), "shelf_life_months": (4, 1), "lead_time_days": (3, 0)}
USUAL_SIZE = (11, 3)
ANY_NUMBER = Measure(Decimal(0), None, digits=9, decimals=0)
NUMBERS = ("order_multiple", "capacity_per_year", "lead_time_days", "shelf_life_months", "sample_quantity")
LONGEST_DAYS = 365
LENGTHS = {"title": 200, "packaging": 200, "code": 40}
YES = {"yes", "y", "oui", "o", "vrai", "true", "1", "x", "نعم"}
NO = {"no", "n", "non", "faux", "false", "0", "لا"}


@dataclass(frozen=True)
class Question:
    """A family's question: its kind and, where it is closed, its options by their plain words."""

    code: str
    kind: str
    is_required: bool
    options: Mapping[str, int] = field(default_factory=dict)
    # Of a question that is answered with a number.
    measure: Measure | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The words that a list may use, by their plain form."""

    families: Mapping[str, str]
    units: Mapping[str, str]
    family_units: Mapping[str, Sequence[str]]
    provinces: Mapping[str, str]
    hs_codes: frozenset[str]
    allergens: Mapping[str, str]
    months: Mapping[str, int]
    questions: Mapping[str, Mapping[str, Question]]
    # Families of what is neither eaten nor put on the skin.
    without_allergens: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be taken, and why; ``key`` is that of its column."""

    row: int
    key: str
    value: str
    reason: str


@dataclass
class Draft:
    """What a row says of a product: only what it says, so that an empty cell changes nothing."""

    row: int
    code: str = ""
    family: str = ""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    quantities: dict[int, Decimal] = field(default_factory=dict)
    prices: dict[str, dict[int, Decimal]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What stands in the row by the keys of its columns, for the reasons that speak of several cells.
    typed: dict[str, str] = field(default_factory=dict)

    def is_refused(self, key: str) -> bool:
        """Whether the cell of a column was refused: what it leaves open is its fault, not that of others."""
        return any(problem.key == key for problem in self.problems)

    def ladder(self, currency: str, moq: Decimal | None = None) -> list[Tier]:
        """The steps in one currency; ``moq`` begins the ladder where the list gives no quantity."""
        quantities = {1: moq, **self.quantities} if moq is not None else self.quantities
        prices = self.prices[currency]
        return [Tier(quantities[step], prices[step]) for step in sorted(prices) if step in quantities]


def read_row(row: Row, keys: Sequence[str], vocabulary: Vocabulary, family: str) -> Draft:
    """The draft in a row; ``family`` is that of the whole list where the row names none."""
    draft = Draft(row.number, family=family)
    pairs = [(key, cell) for key, cell in zip(keys, row.cells, strict=False) if key and cell.text.strip()]
    # The family comes first: it decides the units and the questions.
    draft.typed = {key: cell.text[:200] for key, cell in pairs}
    for key, cell in sorted(pairs, key=lambda pair: pair[0] != "family"):
        try:
            if cell.is_formula:
                raise BadText("formula")
            _READERS[key.partition(":")[0]](draft, key, cell, vocabulary)
        except (BadText, NotANumber) as bad:
            draft.problems.append(Problem(row.number, key, cell.text[:200], bad.why))
            if key == "family":
                # The family of the whole list is not what this row meant.
                draft.family = ""
    if not draft.code and not any(problem.key == "code" for problem in draft.problems):
        draft.problems.append(Problem(row.number, "code", "", "missing"))
    _check_ladders(draft, keys)
    return draft


def _code(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    draft.code = _text(cell, LENGTHS["code"])


def _family(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    draft.family = _word(cell, vocabulary.families)


def _words(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    thing, _mark, language = key.partition(":")
    text = _text(cell, LENGTHS.get(thing, 5_000))
    draft.texts.setdefault(language, {})[thing] = text if thing == "description" else text.replace("\n", " ")


def _unit(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    unit = _word(cell, vocabulary.units)
    allowed = vocabulary.family_units.get(draft.family, ())
    if allowed and unit not in allowed:
        raise BadText("unit")
    draft.details["unit"] = unit


def _province(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    draft.details["origin_province_id"] = _word(cell, vocabulary.provinces)


def _hs_code(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    digits = "".join(char for char in bare_text(cell.text) if char not in ". ")
    # A spreadsheet takes 091020 for a number and drops its zero.
    code = digits.zfill(6) if cell.number is not None else digits
    if code not in vocabulary.hs_codes:
        raise BadText("unknown")
    draft.details["hs_code_id"] = code


def _number(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    number = _positive(cell, key)
    if key == "lead_time_days":
        if number > LONGEST_DAYS:
            raise BadText("large")
        draft.details[key] = int(number)
    else:
        draft.details[key] = number


def _months(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    months = set()
    for part in _parts(cell):
        month = vocabulary.months.get(plain(part))
        if month is None:
            raise BadText("unknown")
        months.add(month)
    draft.details[key] = sorted(months)


def _allergens(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    if draft.family in vocabulary.without_allergens:
        raise BadText("question")
    found = [vocabulary.allergens.get(plain(part)) for part in _parts(cell)]
    if None in found:
        raise BadText("unknown")
    draft.details[key] = sorted({str(code) for code in found})


def _price(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    _thing, currency, step = key.split(":")
    draft.prices.setdefault(currency, {})[int(step)] = _positive(cell, "price")


def _quantity(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    draft.quantities[int(key.partition(":")[2])] = _positive(cell, "quantity")


def _answer(draft: Draft, key: str, cell: Cell, vocabulary: Vocabulary) -> None:
    question = vocabulary.questions.get(draft.family, {}).get(key.partition(":")[2])
    if question is None:
        if draft.is_refused("family"):
            return
        raise BadText("question")
    match question.kind:
        case "option":
            draft.answers[question.code] = _word(cell, question.options)
        case "multi_option":
            picked = (_word(Cell(part), question.options) for part in _parts(cell))
            # One option may be named twice, in two languages: it is chosen once.
            draft.answers[question.code] = list(dict.fromkeys(picked))
        case "boolean":
            draft.answers[question.code] = _yes_or_no(cell)
        case "integer":
            draft.answers[question.code] = int(_measured(cell, question))
        case "float":
            draft.answers[question.code] = float(_measured(cell, question))
        case _:
            draft.answers[question.code] = _text(cell, 500)


_READERS = {
    "code": _code,
    "family": _family,
    "title": _words,
    "description": _words,
    "packaging": _words,
    "unit": _unit,
    "origin_province": _province,
    "hs_code": _hs_code,
    "harvest_months": _months,
    "allergens": _allergens,
    "price": _price,
    "quantity": _quantity,
    "question": _answer,
    **dict.fromkeys(NUMBERS, _number),
}


def _text(cell: Cell, longest: int) -> str:
    text = clean_text(cell.text)
    if len(text) > longest:
        raise BadText("long")
    return text


def _word(cell: Cell, known: Mapping[str, Any]) -> Any:
    found = known.get(plain(clean_text(cell.text)))
    if found is None:
        raise BadText("unknown")
    return found


def _parts(cell: Cell) -> list[str]:
    text = clean_text(cell.text)
    for mark in ("،", ";", "/", "\n", "|"):
        text = text.replace(mark, ",")
    return [part.strip() for part in text.split(",") if part.strip()]


def _yes_or_no(cell: Cell) -> bool:
    word = plain(clean_text(cell.text))
    if word not in YES | NO:
        raise BadText("yes_or_no")
    return word in YES


def _measured(cell: Cell, question: Question) -> Decimal:
    """An answer in figures, by the same rule as in the form of a product."""
    measure = question.measure or ANY_NUMBER
    return measure.checked(_typed(cell), from_sheet=cell.number is not None)


def _typed(cell: Cell) -> Decimal:
    text = bare_text(cell.text)
    if text.startswith(("=", "@")):
        raise BadText("formula")
    return cell.number if cell.number is not None else parse_number(text)


def _positive(cell: Cell, size: str) -> Decimal:
    number = _typed(cell)
    if number < 0:
        raise NotANumber("negative")
    if number == 0:
        raise NotANumber("zero")
    whole, decimals = SIZES.get(size, USUAL_SIZE)
    if number >= 10**whole:
        # More digits than are reckoned with cannot even be rounded.
        raise NotANumber("large")
    # Spreadsheets carry 3.3000000000000003 for 3.3.
    kept = round(number, decimals)
    if abs(kept - number) > Decimal("1e-9"):
        raise NotANumber("decimals")
    if kept >= 10**whole:
        raise NotANumber("large")
    return kept


def _check_ladders(draft: Draft, keys: Sequence[str]) -> None:
    """Each price needs its quantity; the first one may be that of a product known already.

    What a refused cell leaves open is not said a second time of another cell.
    """
    for currency, prices in draft.prices.items():
        bare = [step for step in sorted(prices) if step > 1 and step not in draft.quantities]
        alone = [step for step in bare if not draft.is_refused(f"quantity:{step}")]
        first = f"price:{currency}:1"
        if alone:
            _blame(draft, f"price:{currency}:{alone[0]}", "step")
        elif 1 not in prices and not draft.is_refused(first):
            # The empty cell is at fault where the list has a column for it.
            _blame(draft, first if first in keys else f"price:{currency}:{min(prices)}", "first_step")
        elif not bare:
            _check_order(draft, currency)


def _check_order(draft: Draft, currency: str) -> None:
    steps = [step for step in sorted(draft.prices[currency]) if step in draft.quantities]
    tiers = draft.ladder(currency)
    # The later cell of two that do not agree is the one its author looks at.
    for fault in ladder_faults(tiers):
        if fault != "empty":
            at = next(n for n, pair in enumerate(pairwise(tiers), 1) if fault in ladder_faults(pair))
            key = f"price:{currency}:{steps[at]}" if fault == "price" else f"quantity:{steps[at]}"
            _blame(draft, key, f"ladder_{fault}")


def _blame(draft: Draft, key: str, reason: str) -> None:
    if any((problem.key, problem.reason) == (key, reason) for problem in draft.problems):
        # Ladders in several currencies share their quantities.
        return
    draft.problems.append(Problem(draft.row, key, draft.typed.get(key, ""), reason))
