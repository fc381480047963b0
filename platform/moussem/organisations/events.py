"""Facts announced by the organisations."""

from moussem.core.events import Event

# sender = Organisation; facts: organisation, actor.
organisation_registered = Event()
# sender = Membership; facts: membership, actor.
member_joined = Event()
membership_ended = Event()
# sender = ProxyConsent; facts: consent, actor.
consent_recorded = Event()
consent_revoked = Event()
# sender = Organisation; facts: organisation, actor.
bank_details_changed = Event()
