"""What was answered at checkout, read back from the draft; a missing answer names its step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moussem.core.errors import require
from moussem.trade.checkout.errors import StepMissing
from moussem.trade.checkout.states import PlanChoice, Step


@dataclass(frozen=True)
class TermAnswer:
    """The rule, transport and place chosen for one seller."""

    key: str
    mode: str
    place: str
    # What the buyer said is the name of one place.
    confirmed: str = ""


@dataclass(frozen=True)
class Answers:
    """All answers of the three steps that ask."""

    buyer_id: int
    delivery: Mapping[str, str]
    terms: Mapping[int, TermAnswer]
    plan: PlanChoice

    @property
    def pays_in_full(self) -> bool:
        """Whether the buyer asks to pay everything at once."""
        return self.plan is PlanChoice.FULL


def read_answers(raw: Mapping[str, Any]) -> Answers:
    """The answers as they were kept: ``{"buyer": …, "delivery": {…}, "terms": {…}, "payment": {…}}``."""
    for step in (Step.DELIVERY, Step.TERMS, Step.PAYMENT):
        require(raw.get(step), StepMissing, step=step.label)
    return Answers(
        buyer_id=int(raw["buyer"]),
        delivery=raw[Step.DELIVERY],
        terms=read_terms(raw[Step.TERMS]),
        plan=PlanChoice(raw[Step.PAYMENT]["plan"]),
    )


def read_terms(raw: Mapping[str, Mapping[str, str]]) -> dict[int, TermAnswer]:
    """The chosen rules by seller."""
    return {
        int(seller): TermAnswer(kept["term"], kept["mode"], kept["place"], kept.get("sure", ""))
        for seller, kept in raw.items()
    }
