"""What organisations and their members may be asked."""

from moussem.organisations.queries.consents import consents_for, consents_over, standing_beside
from moussem.organisations.queries.invitations import (
    INVITATION_SALT,
    invitation_for,
    invitation_of,
    pending_invitations,
)
from moussem.organisations.queries.memberships import (
    current_membership,
    limit_of,
    members_in_force,
    membership_for,
    memberships_of,
    owners_to_ask,
    regions_accompanied_by,
)
from moussem.organisations.queries.organisations import (
    managed_organisation,
    organisation_for,
    own_organisation,
    regions_with_sellers,
    sellers_listed,
    selling_organisations_of,
    waiting_for_a_check,
)
from moussem.organisations.queries.registration import draft_of

__all__ = [
    "INVITATION_SALT",
    "consents_for",
    "consents_over",
    "current_membership",
    "draft_of",
    "invitation_for",
    "invitation_of",
    "limit_of",
    "managed_organisation",
    "members_in_force",
    "membership_for",
    "memberships_of",
    "organisation_for",
    "own_organisation",
    "owners_to_ask",
    "pending_invitations",
    "regions_accompanied_by",
    "regions_with_sellers",
    "sellers_listed",
    "selling_organisations_of",
    "standing_beside",
    "waiting_for_a_check",
]
