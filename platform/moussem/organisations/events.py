"""What this room announces to the storeys above."""

from moussem.core.events import Event

# A member has another role, or is none any more: sender = Membership; facts: membership.
membership_changed = Event()
