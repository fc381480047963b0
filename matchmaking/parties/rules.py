"""Who may set up meetings of an edition, and who speaks for a party."""

from typing import Any

from fairs.editions.rules import may_organise
from matchmaking.parties.states import TALKING, MatchingState


def may_speak_for(user: Any, party: Any) -> bool:
    """Whether this person meets for a party, and so asks and answers for it."""
    if not user.is_authenticated or party.left_at is not None:
        return False
    return party.delegates.there().filter(person=user).exists()


def may_arrange(user: Any, edition: Any) -> bool:
    """Whether this person arranges the meetings of an edition: whoever runs it."""
    return may_organise(user, edition)


def is_talking(matching: Any) -> bool:
    """Whether requests are sent and answered now."""
    return matching is not None and matching.state in TALKING


def is_open_to_change(matching: Any) -> bool:
    """Whether anything of the meetings may still change."""
    return matching is not None and matching.state != MatchingState.ENDED
