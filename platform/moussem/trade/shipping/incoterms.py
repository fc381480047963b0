"""Incoterms 2020 leg by leg: who pays and who bears the risk. No Django in here.

Read from the columns of reference/incoterms.csv as they are written there: ``seller``, ``buyer`` or ``none``,
perhaps with a remark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Who does it."""

    SELLER = "seller"
    BUYER = "buyer"
    NOBODY = "none"


class Leg(StrEnum):
    """The legs of a journey, in order; the names are the columns of the reference file."""

    PACKING = "packing_loading_origin"
    INLAND = "inland_origin"
    EXPORT_CLEARANCE = "export_clearance"
    MAIN_CARRIAGE = "main_carriage"
    INSURANCE = "insurance_duty"
    UNLOADING = "unloading_destination"
    IMPORT_CLEARANCE = "import_clearance"
    DUTIES = "duties_taxes"


# The goods themselves travel on these; on the others the risk stays with whoever does the paperwork.
TRAVELLED = (Leg.PACKING, Leg.INLAND, Leg.MAIN_CARRIAGE, Leg.UNLOADING)
# How the sentence on the passing of risk begins or what it holds -> how many travelled legs are behind it.
PASSES_AFTER = (
    ("disposal", 0),
    ("once unloaded", 4),
    ("at destination", 3),
    ("carrier", 2),
    ("ship", 2),
    ("on board", 2),
)


@dataclass(frozen=True)
class Share:
    """Who pays a leg, who bears the risk on it, and what the reference file adds."""

    leg: Leg
    pays: Party
    risk: Party
    remark: str = ""


def party_of(duty: str) -> tuple[Party, str]:
    """The party that a duty names, and the remark behind it: ``seller to port`` -> seller, ``to port``."""
    word, _space, remark = duty.replace(":", " ", 1).partition(" ")
    return Party(word.strip()), remark.strip(" ()")


def legs_travelled_by_seller(risk_passes: str) -> int:
    """On how many of the travelled legs the goods are at the seller's risk."""
    for words, count in PASSES_AFTER:
        if words in risk_passes:
            return count
    raise ValueError(f"where does the risk pass: {risk_passes!r}?")


def legs_of(duties: Mapping[str, str], risk_passes: str) -> tuple[Share, ...]:
    """Every leg of a rule, in order."""
    reach = legs_travelled_by_seller(risk_passes)
    risk_on = {
        leg: Party.SELLER if position < reach else Party.BUYER for position, leg in enumerate(TRAVELLED)
    }
    # Insurance covers the main carriage, so its risk is that of the main carriage.
    risk_on[Leg.INSURANCE] = risk_on[Leg.MAIN_CARRIAGE]
    shares = []
    for leg in Leg:
        pays, remark = party_of(duties[leg])
        shares.append(Share(leg, pays, risk_on.get(leg, pays), remark))
    return tuple(shares)


def buyer_carries(duties: Mapping[str, str]) -> bool:
    """Whether the buyer arranges and pays the main carriage, so that its mode is the buyer's to choose."""
    return party_of(duties[Leg.MAIN_CARRIAGE])[0] is Party.BUYER
