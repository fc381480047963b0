"""What this room announces to those above it."""

from moussem.core.events import Event

# Requests stand no more by the word of a party, under lock: sender = Request; facts: requests, actor, reason.
requests_withdrawn = Event()
