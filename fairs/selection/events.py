"""What this room announces to those above it."""

from moussem.core.events import Event

# Somebody exhibits, for the first time or again: sender = Exhibitor; facts: exhibitor.
exhibitor_came = Event()
# An exhibitor gave its place back: sender = Exhibitor; facts: exhibitor. Rooms that hold something for it
# (a booth, seats, badges) join the write; the clock tells it again where a fault left something.
exhibitor_left = Event()
