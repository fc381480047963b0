"""What this room announces to the storeys above."""

from moussem.core.events import Event

# Somebody signed out, has another password, or may sign in no more: sender = User; facts: person.
access_changed = Event()
