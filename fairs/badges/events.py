"""Facts that higher rooms may hear."""

from moussem.core.events import Event

# Somebody came in, for the first time or again. sender = Badge; facts: badge, door, at.
visitor_checked_in = Event()
