"""What this room announces to those above it."""

from moussem.core.events import Event

# The next edition of a fair was created: sender = Edition; facts: old, new. Each room joins the write with
# the copy of its own part: a clone without its rubric would be half a clone.
edition_cloned = Event()
