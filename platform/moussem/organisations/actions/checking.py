"""An officer looks at what an organisation declares; nobody else moves its state."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.moves import move
from moussem.core.shown import require_as_shown
from moussem.core.text import has_words
from moussem.organisations.actions.mails import write_to_officers, write_to_owners
from moussem.organisations.errors import NothingToCheck, OwnOrganisation, ReasonMissing
from moussem.organisations.identity import WANTED, identity_digest
from moussem.organisations.models import Organisation
from moussem.organisations.rules import may_check, may_manage
from moussem.organisations.states import Verification
from moussem.people.models import User


@transaction.atomic
def ask_for_check(organisation: Organisation, *, actor: User) -> Organisation:
    """The owner asks that an officer looks; asking twice asks once."""
    require(may_manage(actor, organisation), NotYours)
    organisation = lock(organisation)
    if organisation.check_asked_at or organisation.verification != Verification.DECLARED:
        return organisation
    fields = [organisation._meta.get_field(name) for name in WANTED]
    missing = [str(field.verbose_name) for field in fields if not getattr(organisation, field.name)]
    if missing:
        between = pgettext("between items of a list", ", ")
        raise NothingToCheck(organisation=organisation.label, missing=between.join(missing))
    organisation.check_asked_at = timezone.now()
    organisation.save(update_fields=["check_asked_at"])
    record("check_asked", organisation, actor=actor)
    write_to_officers(organisation)
    return organisation


@transaction.atomic
def review_organisation(
    organisation: Organisation, *, actor: User, reason: str = "", shown: str | None = None
) -> Organisation:
    """The papers were read."""
    return _check(organisation, Verification.REVIEWED, actor=actor, reason=reason, shown=shown)


@transaction.atomic
def verify_organisation(
    organisation: Organisation, *, actor: User, reason: str = "", shown: str | None = None
) -> Organisation:
    """An officer went, called or compared with the register."""
    return _check(organisation, Verification.VERIFIED, actor=actor, reason=reason, shown=shown)


@transaction.atomic
def return_to_declared(
    organisation: Organisation, *, actor: User, reason: str, shown: str | None = None
) -> Organisation:
    """What was checked no longer holds; the owners read why."""
    require(has_words(reason), ReasonMissing)
    return _check(organisation, Verification.DECLARED, actor=actor, reason=reason, shown=shown)


def _check(
    organisation: Organisation, to: str, *, actor: User, reason: str, shown: str | None
) -> Organisation:
    require(may_check(actor), NotYours)
    organisation = lock(organisation)
    require_as_shown(shown, identity_digest(organisation))
    mine = organisation.memberships.active().filter(user=actor).exists()
    require(not mine, OwnOrganisation, organisation=organisation.name)
    checked = to != Verification.DECLARED
    organisation.checked_by = actor if checked else None
    organisation.checked_at = timezone.now() if checked else None
    organisation.check_asked_at = None
    also = ("checked_by", "checked_at", "check_asked_at")
    move(organisation, to, actor=actor, reason=reason.strip(), also=also)
    write_to_owners(organisation, "checked", page="organisations:page", state=to, reason=reason.strip())
    return organisation
