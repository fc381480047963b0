"""Why two should meet, or not: codes with their data; words are made elsewhere. No Django in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """What a reason is about."""

    KIND = "kind"
    CERTIFICATE = "certificate"
    LAB = "lab"
    VOLUME = "volume"
    TOGETHER = "together"
    LEAD = "lead"
    MOQ = "moq"
    READINESS = "readiness"
    LANGUAGE = "language"
    INCOTERM = "incoterm"
    PREFERENCE = "preference"
    MARKET = "market"
    PAYMENT = "payment"
    HISTORY = "history"
    SELLER = "seller"
    NO_NEEDS = "no_needs"
    REFUSED = "refused"


class Standing(StrEnum):
    """Whether it speaks for the two, against them, rules the pair out, or is not known."""

    MET = "met"
    SHORT = "short"
    RULED_OUT = "ruled_out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reason:
    """One answer to one question, with what a sentence about it needs."""

    code: Code
    standing: Standing
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """A reason and how much it counts."""

    reason: Reason
    points: float

    @property
    def standing(self) -> Standing:
        return self.reason.standing


def found(code: Code, standing: Standing, points: float, **data: Any) -> Finding:
    """A finding in one line."""
    return Finding(Reason(code, standing, data), points)
