"""An organisation registers itself, and keeps its page."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move
from moussem.organisations.actions.mails import write_to_owners
from moussem.organisations.errors import AlreadySent, NumberTaken, TooManyUnchecked
from moussem.organisations.identity import IDENTITY
from moussem.organisations.models import Membership, Organisation, RegistrationDraft
from moussem.organisations.rules import may_check, may_manage
from moussem.organisations.states import Role, Verification
from moussem.people.models import User

# Addresses of other pages under the same path.
RESERVED = {"register", "mine", "switch", "invitations"}
LONGEST_SLUG = 100
# Each may order a little before anybody has looked at it: one person must not collect such.
MOST_UNCHECKED = 3


@transaction.atomic
def keep_draft(*, actor: User, **typed: Any) -> RegistrationDraft:
    """What was typed in one step, added to what earlier steps left."""
    draft, _created = RegistrationDraft.objects.get_or_create(user=actor)
    draft = lock(draft)
    draft.typed = {**draft.typed, **typed}
    draft.save(update_fields=["typed", "updated_at"])
    return draft


def discard_draft(*, actor: User) -> None:
    """Start again from an empty form."""
    RegistrationDraft.objects.filter(user=actor).delete()


@transaction.atomic
def register_organisation(*, actor: User, **declared: Any) -> Membership:
    """The organisation as declared, with the person who registers it as its owner. A draft serves once."""
    drafts = list(lock_all(RegistrationDraft.objects.filter(user=actor)))
    require(drafts, AlreadySent)
    mine = Membership.objects.active().filter(user=actor, role=Role.OWNER)
    unchecked = mine.filter(organisation__verification=Verification.DECLARED).count()
    require(unchecked < MOST_UNCHECKED, TooManyUnchecked, count=unchecked)
    number = declared.get("registration_number", "").strip()
    if number:
        same = Organisation.objects.filter(country=declared["country"], registration_number__iexact=number)
        require(not same.exists(), NumberTaken, number=number)
    organisation = _create(declared)
    membership = Membership.objects.create(user=actor, organisation=organisation, role=Role.OWNER)
    drafts[0].delete()
    record("registered", organisation, actor=actor, kind=organisation.kind, name=organisation.name)
    write_to_owners(organisation, "registered", page="organisations:edit")
    return membership


@transaction.atomic
def update_organisation(organisation: Organisation, *, actor: User, **changes: Any) -> Organisation:
    """Change what the page says; another identity than the one checked sends it back to be checked.

    So does an officer's hand: what was compared with a register is what stood here before.
    """
    require(may_manage(actor, organisation) or may_check(actor), NotYours)
    organisation = lock(organisation)
    was = {field: getattr(organisation, field) for field in changes}
    changed = [field for field, value in changes.items() if was[field] != value]
    if not changed:
        return organisation
    for field in changed:
        setattr(organisation, field, changes[field])
    organisation.save(update_fields=changed)
    facts = {field: [str(was[field] or ""), str(changes[field] or "")] for field in changed}
    record("page_changed", organisation, actor=actor, changed=facts)
    if organisation.verification != Verification.DECLARED and set(changed) & set(IDENTITY):
        organisation.checked_by = organisation.checked_at = None
        reason = "identity changed: " + ", ".join(field for field in IDENTITY if field in changed)
        checked = ("checked_by", "checked_at")
        move(organisation, Verification.DECLARED, actor=actor, reason=reason, also=checked)
    return organisation


def _create(declared: dict[str, Any]) -> Organisation:
    """The new row under an address that nobody has; two that ask for one at once get two."""
    base = slugify(declared["name"])[:LONGEST_SLUG].strip("-") or declared["kind"]
    slug = base if base not in RESERVED else f"{base}-{_letters()}"
    while True:
        try:
            with transaction.atomic():
                return Organisation.objects.create(slug=slug, **declared)
        except IntegrityError:
            if not Organisation.objects.filter(slug=slug).exists():
                raise
            slug = f"{base}-{_letters()}"


def _letters() -> str:
    return get_random_string(4, "abcdefghjkmnpqrstuvwxyz23456789")
