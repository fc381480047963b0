"""What this room announces to the storeys above."""

from moussem.core.events import Event

# Somebody acts for the organisation, in another role, or no more: sender = Membership; facts: membership.
membership_changed = Event()
