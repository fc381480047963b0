"""What this room announces to those above it."""

from moussem.core.events import Event

# A party takes no part any more: sender = Party; facts: party, actor.
party_left = Event()
