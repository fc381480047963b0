"""What this room announces to the storeys above."""

from moussem.core.events import Event

# A member has another role, or acts for the organisation no more: sender = Membership; facts: membership.
membership_changed = Event()
