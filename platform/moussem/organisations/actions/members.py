"""Who belongs to an organisation. Ending and demoting lock it, so that it never loses its last owner."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.utils import timezone

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_name
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.organisations.actions.consents import end_consents
from moussem.organisations.actions.mails import address_of
from moussem.organisations.errors import (
    AlreadyMember,
    InvitationForOther,
    InvitationGone,
    InvitedByTooMany,
    InvitedTooOften,
    LastOwner,
    LimitNotForRole,
    RoleNotOffered,
    TooManyInvitations,
)
from moussem.organisations.events import membership_changed
from moussem.organisations.models import ApprovalLimit, Invitation, Membership, Organisation
from moussem.organisations.queries import INVITATION_SALT, invitation_of
from moussem.organisations.rules import may_manage
from moussem.organisations.states import Role, roles_offered
from moussem.people.models import User

INVITATION_LASTS = timedelta(days=7)
MOST_PENDING = 20
# Mails to one address, which may be a stranger's: by one organisation in a week, by all of them in a day.
MOST_IN_A_WEEK = 3
MOST_BY_ALL_IN_A_DAY = 10


@transaction.atomic
def invite_member(
    organisation: Organisation, *, email: str, role: str, language: str, actor: User
) -> Invitation:
    """A mail with a link that gives the role to whoever reads that address, for a week."""
    require(may_manage(actor, organisation), NotYours)
    organisation = lock(organisation)
    require(role in roles_offered(organisation.kind), RoleNotOffered)
    email = email.lower()
    members = organisation.memberships.active().filter(user__email__iexact=email)
    require(not members.exists(), AlreadyMember, who=email)
    _spare(organisation, email)
    # The newest invitation to an address is the only one that stands.
    organisation.invitations.pending().filter(email=email).update(withdrawn_at=timezone.now())
    pending = organisation.invitations.pending().count()
    require(pending < MOST_PENDING, TooManyInvitations, count=pending)
    invitation = organisation.invitations.create(
        email=email, role=role, invited_by=actor, expires_at=timezone.now() + INVITATION_LASTS
    )
    record("member_invited", organisation, actor=actor, invitation=invitation.pk, email=email, role=role)
    token = signing.dumps(invitation.pk, salt=INVITATION_SALT)
    post_mail(
        "organisations/mail/invitation.txt",
        to=email,
        language=language,
        organisation=organisation,
        by=str(actor),
        role=Role(role).label,
        link=address_of("organisations:invitation", token, language=language),
    )
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: User) -> Invitation:
    """The link in the mail stops working."""
    require(may_manage(actor, invitation.organisation), NotYours)
    invitation = lock(invitation)
    require(invitation.accepted_at is None and invitation.withdrawn_at is None, InvitationGone)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("invitation_withdrawn", invitation.organisation, actor=actor, invitation=invitation.pk)
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, actor: User) -> Membership:
    """The membership that the link gives to the person who reads the address it was sent to."""
    invitation = invitation_of(token)
    require(invitation, InvitationGone)
    organisation = lock(invitation.organisation)
    invitation = lock(invitation)
    require(invitation.is_pending, InvitationGone)
    mine = EmailAddress.objects.filter(user=actor, email__iexact=invitation.email, verified=True)
    require(mine.exists(), InvitationForOther)
    membership = organisation.memberships.filter(user=actor).first()
    in_force = organisation.memberships.active().filter(user=actor).exists()
    require(not in_force, AlreadyMember, who=str(actor))
    if membership is None:
        membership = Membership(user=actor, organisation=organisation)
    membership.role, membership.is_active, membership.since = invitation.role, True, timezone.now()
    membership.save()
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record("member_joined", organisation, actor=actor, member=actor.pk, role=membership.role)
    membership_changed.announce(Membership, membership=membership)
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: str, actor: User) -> Membership:
    """Another role for a member; the last owner stays one."""
    require(may_manage(actor, membership.organisation), NotYours)
    organisation = lock(membership.organisation)
    membership = lock(membership)
    require(membership.is_active and membership.role != Role.DELEGATE, RoleNotOffered)
    require(role in roles_offered(organisation.kind), RoleNotOffered)
    if role == membership.role:
        return membership
    _keep_an_owner(organisation, without=membership)
    was, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    if role != Role.PURCHASER:
        membership.limits.all().delete()
    record("role_changed", organisation, actor=actor, member=membership.user_id, was=was, now=role)
    membership_changed.announce(Membership, membership=membership)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, actor: User) -> Membership:
    """The member leaves, or the owner ends the membership; it gives nothing from the next request on."""
    may = actor == membership.user or may_manage(actor, membership.organisation)
    require(may, NotYours)
    organisation = lock(membership.organisation)
    membership = lock(membership)
    if not membership.is_active:
        return membership
    _keep_an_owner(organisation, without=membership)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    membership.limits.all().delete()
    end_consents(membership, actor=actor)
    record("membership_ended", organisation, actor=actor, member=membership.user_id, role=membership.role)
    membership_changed.announce(Membership, membership=membership)
    return membership


@transaction.atomic
def set_limits(membership: Membership, *, amounts: Mapping[str, Decimal | None], actor: User) -> Membership:
    """Up to which amount a purchaser orders alone, by currency; None takes that away."""
    require(may_manage(actor, membership.organisation), NotYours)
    membership = lock(membership)
    require(membership.is_active and membership.role == Role.PURCHASER, LimitNotForRole)
    for currency, amount in amounts.items():
        if amount is None:
            membership.limits.filter(currency=currency).delete()
        else:
            ApprovalLimit.objects.update_or_create(
                membership=membership, currency=currency, defaults={"amount": amount}
            )
    facts = {currency: None if amount is None else str(amount) for currency, amount in amounts.items()}
    record("limits_set", membership.organisation, actor=actor, member=membership.user_id, limits=facts)
    return membership


def _keep_an_owner(organisation: Organisation, *, without: Membership) -> None:
    if without.role != Role.OWNER:
        return
    others = organisation.memberships.active().filter(role=Role.OWNER, user__is_active=True)
    require(others.exclude(pk=without.pk).exists(), LastOwner, organisation=organisation.name)


def _spare(organisation: Organisation, email: str) -> None:
    now = timezone.now()
    # The organisation is locked; a row of the address makes other organisations wait as well.
    lock_name(f"invited:{hashlib.sha256(email.encode()).hexdigest()[:48]}")
    week = list(Invitation.objects.filter(email=email, created_at__gt=now - timedelta(days=7)))
    ours = sum(one.organisation_id == organisation.pk for one in week)
    today = sum(one.created_at > now - timedelta(days=1) for one in week)
    told = {"who": email, "count": ours, "organisation": organisation.name}
    require(ours < MOST_IN_A_WEEK, InvitedTooOften, **told)
    require(today < MOST_BY_ALL_IN_A_DAY, InvitedByTooMany, who=email)
