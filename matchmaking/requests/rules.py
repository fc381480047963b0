"""How many requests a party may have out, and whether one may be asked now."""

from datetime import datetime
from typing import Any

from matchmaking.parties.rules import is_talking
from matchmaking.parties.states import Side

MOST_LINES = 10
MOST_SLOTS = 12
# How many questions of a party may wait for an answer at one edition.
MOST_ENQUIRIES = 20
# Each time the other side gets a letter: who takes a request back and sends it again writes without an end.
MOST_TIMES = 5


def may_ask(matching: Any, now: datetime) -> bool:
    """Whether requests are sent at this moment: not after the last one that the organiser named."""
    return is_talking(matching) and (matching.asked_until is None or now < matching.asked_until)


def may_enquire(matching: Any) -> bool:
    """Whether plain questions are sent: not where the organiser reads first what is written."""
    return is_talking(matching) and not matching.reads_messages


def quota_of(matching: Any, party: Any) -> int:
    """How many requests without an answer a party may have out at once."""
    if party.side == Side.EXPORTER:
        return matching.quota_exporter
    return matching.quota_hosted if party.is_hosted else matching.quota_buyer
