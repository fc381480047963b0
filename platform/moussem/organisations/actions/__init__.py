"""Index of the writes: registration and page, checking, members, consents, bank details."""

from moussem.organisations.actions.bank import set_bank_details
from moussem.organisations.actions.checking import (
    ask_for_check,
    return_to_declared,
    review_organisation,
    verify_organisation,
)
from moussem.organisations.actions.consents import record_consent, revoke_consent
from moussem.organisations.actions.members import (
    accept_invitation,
    change_role,
    end_membership,
    invite_member,
    set_limits,
    withdraw_invitation,
)
from moussem.organisations.actions.registration import (
    discard_draft,
    keep_draft,
    register_organisation,
    update_organisation,
)

__all__ = [
    "accept_invitation",
    "ask_for_check",
    "change_role",
    "discard_draft",
    "end_membership",
    "invite_member",
    "keep_draft",
    "record_consent",
    "register_organisation",
    "return_to_declared",
    "review_organisation",
    "revoke_consent",
    "set_bank_details",
    "set_limits",
    "update_organisation",
    "verify_organisation",
    "withdraw_invitation",
]
