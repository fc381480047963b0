"""Whom a party wants to meet and whom not; the other does not read it."""

from typing import Any

from django.db import transaction

from matchmaking.parties.actions import hold_party
from matchmaking.parties.models import Party
from matchmaking.requests.errors import NotThePair
from matchmaking.requests.models import Wish
from moussem.core.errors import require
from moussem.core.log import record


@transaction.atomic
def wish(party: Party, other: Party, *, actor: Any, is_wanted: bool) -> Wish:
    """A party wants to meet another, or does not; the organiser may say so for a hosted buyer."""
    # Whoever writes to this party at the same moment reads what it says now.
    party = hold_party(party, actor=actor)
    is_pair = party.edition_id == other.edition_id and party.side != other.side
    require(is_pair and party.organisation_id != other.organisation_id, NotThePair)
    told = {"is_wanted": is_wanted, "said_by": actor}
    said, _new = Wish.objects.update_or_create(party=party, other=other, defaults=told)
    record("wished", party, actor=actor, other=other.pk, is_wanted=is_wanted)
    return said


@transaction.atomic
def forget_wish(party: Party, other: Party, *, actor: Any) -> None:
    """A party says neither any more."""
    party = hold_party(party, actor=actor)
    party.wishes.filter(other=other).delete()
    record("wish_forgotten", party, actor=actor, other=other.pk)
