"""An officer looks at what an organisation declares; nobody else moves its state."""

from django.db import transaction
from django.utils import timezone

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.moves import move
from moussem.organisations.actions.letters import write_to_owners
from moussem.organisations.errors import OwnOrganisation, ReasonMissing
from moussem.organisations.models import Organisation
from moussem.organisations.rules import may_check
from moussem.organisations.states import Verification
from moussem.people.models import User


@transaction.atomic
def review_organisation(organisation: Organisation, *, actor: User, reason: str = "") -> Organisation:
    """The papers were read."""
    return _check(organisation, Verification.REVIEWED, actor=actor, reason=reason)


@transaction.atomic
def verify_organisation(organisation: Organisation, *, actor: User, reason: str = "") -> Organisation:
    """An officer went, called or compared with the register."""
    return _check(organisation, Verification.VERIFIED, actor=actor, reason=reason)


@transaction.atomic
def return_to_declared(organisation: Organisation, *, actor: User, reason: str) -> Organisation:
    """What was checked no longer holds; the owners read why."""
    require(reason.strip(), ReasonMissing)
    return _check(organisation, Verification.DECLARED, actor=actor, reason=reason)


def _check(organisation: Organisation, to: str, *, actor: User, reason: str) -> Organisation:
    require(may_check(actor), NotYours)
    organisation = lock(organisation)
    mine = organisation.memberships.active().filter(user=actor).exists()
    require(not mine, OwnOrganisation, organisation=organisation.name)
    checked = to != Verification.DECLARED
    organisation.checked_by = actor if checked else None
    organisation.checked_at = timezone.now() if checked else None
    move(organisation, to, actor=actor, reason=reason.strip(), also=("checked_by", "checked_at"))
    write_to_owners(organisation, "checked", page="organisations:page", state=to, reason=reason.strip())
    return organisation
