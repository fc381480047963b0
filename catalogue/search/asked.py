"""What a visitor asks of the list, as its address holds it. No Django in here.

Nothing is an error: what cannot be read asks nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from urllib.parse import urlencode

from catalogue.search.fields import LEAD_BANDS, MOQ_BANDS
from catalogue.search.query import LONGEST
from catalogue.search.ranking import Plan
from catalogue.search.ways import Bound, Clause
from catalogue.words import clean_question

# Choices of one group, and of all groups, that are read from an address; more is nobody's question.
MOST_CHOICES = 20
CODE = re.compile(r"[\w.-]{1,60}")
AMOUNT = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")
SORTS = ("relevance", "new", "price", "moq", "lead_time")


@dataclass(frozen=True)
class Group:
    """A group of choices: its name in the address, its field in the index, and how its choices add up."""

    name: str
    field: str
    # any: one of several is enough; all: each narrows; one: there is one answer.
    adds: str = "any"
    # The only choices there are; none where the catalogue says.
    only: tuple[str, ...] = ()


GROUPS = (
    Group("family", "family"),
    Group(
        "is",
        "marks",
        "all",
        ("in-stock", "verified", "organic", "fair-trade", "women-led", "remote", "sample"),
    ),
    Group("region", "region"),
    Group("province", "province"),
    Group("certificate", "certificates"),
    Group("protected", "protected"),
    Group("moq", "moq_band", "one", tuple(map(str, MOQ_BANDS))),
    Group("lead", "lead_band", "one", tuple(map(str, LEAD_BANDS))),
    Group("month", "months", "any", tuple(f"month-{month}" for month in range(1, 13))),
    Group("speaks", "languages"),
)
# The fields of the index that a page of results counts.
FACETS = ("department", *(group.field for group in GROUPS))
BY_NAME = {group.name: group for group in GROUPS}


class Address(Protocol):
    """The parameters of an address, as Django gives them."""

    def get(self, name: str, /) -> Any:
        """The last value of a parameter."""

    def getlist(self, name: str, /) -> list[str]:
        """All values of a parameter."""


@dataclass(frozen=True)
class Asked:
    """The whole state of a list but its page."""

    text: str = ""
    # Codes that the visitor said are not meant.
    without: tuple[str, ...] = ()
    department: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    sort: str = ""

    @property
    def order(self) -> str:
        """The order of the list: what fits best where something is asked for, else what is new."""
        return self.sort or ("relevance" if self.text else "new")

    @property
    def choices(self) -> int:
        """How many choices narrow it, words not counted."""
        priced = self.low is not None or self.high is not None
        return bool(self.department) + sum(map(len, self.chosen.values())) + priced

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that hold for new words too; their order is what fits them best."""
        return replace(self, text="", without=(), sort="").pairs()

    @property
    def words_only(self) -> "Asked":
        """The same words among everything."""
        return Asked(text=self.text)

    @property
    def tidy(self) -> "Asked":
        """The same question without an order that it has anyway."""
        usual = replace(self, sort="")
        return usual if usual.order == self.sort else self

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, sorted: the same question has one address."""
        found = [("q", self.text), ("department", self.department), ("sort", self.sort)]
        found += [("not", code) for code in self.without]
        found += [(name, code) for name, codes in self.chosen.items() for code in codes]
        found += [("from", _written(self.low)), ("to", _written(self.high))]
        return sorted((name, value) for name, value in found if value)

    @property
    def address(self) -> str:
        """The query string of this question."""
        return urlencode(self.pairs())

    def lacking(self, name: str, code: str) -> "Asked":
        """The same question without one choice."""
        codes = tuple(one for one in self.chosen.get(name, ()) if one != code)
        rest = {key: values for key, values in self.chosen.items() if key != name}
        return replace(self, chosen=rest | ({name: codes} if codes else {}))

    def adding(self, name: str, code: str) -> "Asked":
        """The same question with one choice more."""
        return replace(self, chosen={**self.chosen, name: (*self.chosen.get(name, ()), code)})

    def filters(self, currency: str) -> list[tuple[str, Clause | Bound]]:
        """The choices as an engine takes them, each with its group; prices are those of one currency."""
        found: list[tuple[str, Clause | Bound]] = []
        if self.department:
            found.append(("department", Clause("department", (self.department,))))
        for name, codes in self.chosen.items():
            group = BY_NAME[name]
            if group.adds == "all":
                found += [(f"{group.field}:{code}", Clause(group.field, (code,))) for code in codes]
            else:
                found.append((group.field, Clause(group.field, codes)))
        if self.low is not None or self.high is not None:
            field = price_field(currency)
            found.append((field, Bound(field, self.low, self.high)))
        return found

    def plan(self, plan: Plan, currency: str) -> Plan:
        """A plan narrowed and ordered as asked."""
        order = price_field(currency) if self.order == "price" else self.order
        return replace(plan.filtered(*self.filters(currency)), sort=order)


def asked_of(address: Address) -> Asked:
    """The question of an address."""
    text = clean_question(str(address.get("q") or ""), LONGEST)
    chosen = {group.name: codes for group in GROUPS if (codes := _codes(address.getlist(group.name), group))}
    if address.get("women") and "women-led" not in chosen.get("is", ()):
        # Links that were printed before there were more such questions.
        chosen["is"] = (*chosen.get("is", ()), "women-led")
    sort = str(address.get("sort") or "")
    low, high = _amount(address.get("from")), _amount(address.get("to"))
    if crosses(low, high):
        low, high = high, low
    return Asked(
        text=text,
        without=_codes(address.getlist("not")),
        department="".join(_codes([str(address.get("department") or "")])),
        chosen=chosen,
        low=low,
        high=high,
        sort=sort if sort in SORTS else "",
    )


def crosses(low: float | None, high: float | None) -> bool:
    """Whether the lower bound of a range stands above the upper one."""
    return low is not None and high is not None and low > high


def is_crossed(address: Address) -> bool:
    """Whether an address names its price bounds the wrong way round; they are read the right way."""
    return crosses(_amount(address.get("from")), _amount(address.get("to")))


def price_field(currency: str) -> str:
    """The field of the index that holds the lowest price in a currency."""
    return f"price_{currency.lower()}"


def _codes(values: Sequence[str], group: Group | None = None) -> tuple[str, ...]:
    read = [value for value in values[: 4 * MOST_CHOICES] if CODE.fullmatch(value)]
    if group is not None and group.only:
        read = [value for value in read if value in group.only]
    if group is not None and group.adds == "one":
        read = read[-1:]
    return tuple(sorted(dict.fromkeys(read)))[:MOST_CHOICES]


def _amount(typed: Any) -> float | None:
    told = str(typed or "").strip()
    return float(told.replace(",", ".")) if AMOUNT.fullmatch(told) else None


def _written(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.2f}".rstrip("0").rstrip(".")
