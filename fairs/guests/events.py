"""What this room announces to those above it."""

from moussem.core.events import Event

# A buyer comes as a visitor from now on: sender = Guest; facts: guest.
came_down = Event()
