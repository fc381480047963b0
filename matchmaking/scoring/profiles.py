"""An exporter and a buyer as matchmaking sees them. None always says: not told. No Django in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any

from matchmaking.scoring.measures import (
    Amount,
    Limit,
    Number,
    amount_of,
    deposit_in,
    hs_of,
    key_of,
    limit_of,
    number_in,
)

NOT_READY = "C"


class Verdict(IntEnum):
    """What an offer is to a need. Unknown facts leave it open: neither a match nor a refusal."""

    NONE = 0
    OPEN = 1
    PARTIAL = 2
    FULL = 3


@dataclass(frozen=True)
class Certificate:
    """A certificate that covers a product, in force on both of its days; without an end, until withdrawn."""

    code: str
    valid_from: date | None = None
    valid_until: date | None = None

    def stands(self, on: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True)
class Lot:
    """What a laboratory found in a lot that is still to be had; a category of a standard is its rank."""

    lab: Mapping[str, Any] = field(default_factory=dict)
    analysed_on: date | None = None
    has_report: bool = False

    @cached_property
    def found(self) -> Mapping[str, float]:
        """What was found, by the name of the value; a value that is no number is not known."""
        read = {key_of(name): number_in(value) for name, value in self.lab.items()}
        return {name: value for name, value in read.items() if value is not None}


@dataclass(frozen=True)
class Product:
    """What an exporter makes in a year and on which terms. Only certificates that cover it stand here.

    ``lab`` is what was found in it, where nobody tells of which lot.
    """

    code: str
    hs: str = ""
    family: str = ""
    unit: str = ""
    capacity: Number | None = None
    moq: Number | None = None
    certificates: tuple[Certificate, ...] | None = None
    lab: Mapping[str, Any] = field(default_factory=dict)
    lots: tuple[Lot, ...] = ()
    lead_days: int | None = None

    @cached_property
    def hs6(self) -> str:
        return hs_of(self.hs)

    @cached_property
    def yearly(self) -> Amount | None:
        return amount_of(self.capacity, self.unit)

    @cached_property
    def least(self) -> Amount | None:
        return amount_of(self.moq, self.unit)

    @cached_property
    def samples(self) -> tuple[Lot, ...]:
        """Its lots, the latest analysis first; without any, what is known of the product as one of them."""
        by_day = sorted(self.lots, key=lambda one: one.analysed_on or date.min, reverse=True)
        return tuple(by_day) or (Lot(self.lab),)

    def standing(self, on: date) -> Mapping[str, Certificate]:
        """Its certificates in force on a day, by code; of two of one kind the one that ends last."""
        held = [one for one in self.certificates or () if one.stands(on)]
        return {one.code: one for one in sorted(held, key=lambda one: one.valid_until or date.max)}


@dataclass(frozen=True)
class Exporter:
    """A seller. ``preferences`` tells the agreement by which its goods enter a country; ``serves`` where it
    sells, and ``elsewhere`` that it may sell in other countries too; ``seen`` how often it was recommended
    before. What it lists is all it offers.

    Of its past with a buyer the last day counts: that it ordered, that the two met, that they agreed there on
    what follows, that they were to meet and did not.
    """

    code: str
    products: tuple[Product, ...] = ()
    languages: frozenset[str] | None = None
    incoterms: frozenset[str] | None = None
    preferences: Mapping[str, str] = field(default_factory=dict)
    serves: frozenset[str] | None = None
    elsewhere: bool = False
    readiness: str | None = None
    region: str = ""
    women_led: bool | None = None
    remote: bool | None = None
    least_deposit: int | None = None
    ordered: Mapping[str, date] = field(default_factory=dict)
    agreed: Mapping[str, date] = field(default_factory=dict)
    met: Mapping[str, date] = field(default_factory=dict)
    missed: Mapping[str, date] = field(default_factory=dict)
    seen: int = 0
    refuses: frozenset[str] = frozenset()

    @cached_property
    def speaks(self) -> frozenset[str] | None:
        return tongues(self.languages)


@dataclass(frozen=True)
class Need:
    """What a buyer looks for, by HS code (two, four or six digits), by family or by both, in a year."""

    hs: str = ""
    family: str = ""
    volume: Number | None = None
    unit: str = ""
    certificates: frozenset[str] = frozenset()
    lab: tuple[str, ...] = ()
    within_days: int | None = None

    @cached_property
    def hs6(self) -> str:
        return hs_of(self.hs)

    @cached_property
    def yearly(self) -> Amount | None:
        """What it asks for; a volume of nothing asks for none."""
        told = amount_of(self.volume, self.unit)
        return told if told and told.value else None

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        return tuple(limit_of(said) for said in self.lab)


@dataclass(frozen=True)
class Buyer:
    """Who buys. ``refuses`` are exporters it does not want to see; without needs it is open to all."""

    code: str
    needs: tuple[Need, ...] = ()
    country: str = ""
    languages: frozenset[str] | None = None
    incoterm: str = ""
    payment_terms: str = ""
    refuses: frozenset[str] = frozenset()
    refused_incoterms: frozenset[str] = frozenset()

    @cached_property
    def speaks(self) -> frozenset[str] | None:
        return tongues(self.languages)

    @cached_property
    def deposit(self) -> int | None:
        return deposit_in(self.payment_terms)


def tongues(languages: frozenset[str] | None) -> frozenset[str] | None:
    """Languages without their countries; an empty list tells nothing."""
    return frozenset(one.replace("_", "-").split("-")[0].lower() for one in languages or ()) or None
