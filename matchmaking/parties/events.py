"""What this room announces to those above it."""

from moussem.core.events import Event

# A party takes no part any more: sender = Party; facts: party, actor. Announced before its row is locked, and
# again where it left already: parts are written in the order in which bookings take their locks.
party_left = Event()

# Delegates act for their party no more: sender = Delegate; facts: party, delegates. Announced before they
# are released and the row of the party is locked: whoever books holds a meeting while it waits for parties.
delegates_lost = Event()

# Somebody meets for a party who did not before: sender = Party; facts: party.
delegates_named = Event()

# Somebody of a party is free in a slot in which they were not: sender = Party; facts: party.
slots_freed = Event()

# Somebody who had left their party meets for it again: sender = Delegate; facts: delegate.
delegate_back = Event()
