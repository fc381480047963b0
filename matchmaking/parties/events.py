"""What this room announces to those above it."""

from moussem.core.events import Event

# A party takes no part any more: sender = Party; facts: party, actor. Announced before its row is locked, and
# again where it left already: parts are written in the order in which bookings take their locks.
party_left = Event()
