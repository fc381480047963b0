"""Invitations, by their organisation or by the link of the mail."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db.models import QuerySet

from moussem.organisations.models import Invitation, Organisation
from moussem.organisations.queries.organisations import managed_organisation

INVITATION_SALT = "organisations.invitation"
# The row says when the invitation ends; the link itself does not live much longer.
INVITATION_LINK_AGE = timedelta(days=8)


def pending_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that nobody has answered yet, newest first."""
    return organisation.invitations.pending().select_related("invited_by")


def invitation_for(owner: Any, slug: str, pk: int) -> Invitation | None:
    """One pending invitation of an organisation that this person owns."""
    organisation = managed_organisation(owner, slug)
    return None if organisation is None else pending_invitations(organisation).filter(pk=pk).first()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link of our mails names, pending or not; None for a link we did not make."""
    try:
        pk = signing.loads(token, salt=INVITATION_SALT, max_age=INVITATION_LINK_AGE)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk).first()
