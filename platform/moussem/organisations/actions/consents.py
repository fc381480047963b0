"""A cooperative consents that a delegate acts for it, reads that consent, and takes it back."""

from datetime import datetime
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.storage import holds_the_same
from moussem.organisations.actions.mails import address_of, write_to_owners
from moussem.organisations.errors import AlreadyMember, ConsentAlreadyOver, ConsentGone, ConsentHadEnded
from moussem.organisations.events import membership_changed
from moussem.organisations.models import Membership, Organisation, ProxyConsent
from moussem.organisations.queries import standing_beside
from moussem.organisations.rules import may_record_consent, may_revoke
from moussem.organisations.states import Role
from moussem.people.models import User


@transaction.atomic
def record_consent(
    organisation: Organisation,
    *,
    delegate: User,
    given_by: str,
    channel: str,
    text: str,
    evidence: File | None,
    evidence_extension: str,
    valid_until: datetime | None,
    actor: User,
) -> ProxyConsent:
    """The consent kept with its evidence, and the delegate's membership; the owners are told at once.

    One that is in force word for word, with the same evidence, is handed back as it is.
    """
    require(may_record_consent(actor, organisation, delegate), NotYours)
    require(valid_until is None or valid_until > timezone.now(), ConsentAlreadyOver)
    organisation = lock(organisation)
    membership, created = Membership.objects.get_or_create(
        user=delegate, organisation=organisation, defaults={"role": Role.DELEGATE}
    )
    if not created:
        free = membership.role == Role.DELEGATE or not membership.is_active
        require(free, AlreadyMember, who=str(delegate))
        alike = {"given_by": given_by, "channel": channel, "text": text, "valid_until": valid_until}
        for known in membership.consents.standing().filter(**alike) if membership.is_active else ():
            if holds_the_same(known.evidence, evidence) if evidence else not known.evidence:
                return known
        membership.role, membership.is_active = Role.DELEGATE, True
        membership.save(update_fields=["role", "is_active"])
    consent = ProxyConsent(
        membership=membership,
        given_by=given_by,
        channel=channel,
        text=text,
        recorded_by=actor,
        valid_until=valid_until,
    )
    if evidence is not None:
        # A name of our own: a sender's may carry a path, another extension, or a person's name.
        consent.evidence.save(f"{uuid4().hex}.{evidence_extension}", evidence, save=False)
    consent.save()
    facts = {"consent": consent.pk, "delegate": delegate.pk, "channel": channel, "given_by": given_by}
    record("consent_recorded", organisation, actor=actor, **facts)
    membership_changed.announce(Membership, membership=membership)
    write_to_owners(
        organisation,
        "consent_recorded",
        page="organisations:consents",
        consent=consent,
        delegate=str(delegate),
    )
    return consent


@transaction.atomic
def revoke_consent(consent: ProxyConsent, *, actor: User) -> ProxyConsent:
    """The consent ends now, and with the last one what the delegate may do, from the next request on."""
    require(may_revoke(actor, consent), NotYours)
    # Consents of one delegate that are withdrawn at once: the second one sees that the first is over.
    lock(consent.membership.organisation)
    consent = lock(consent)
    require(consent.revoked_at is None, ConsentGone)
    ended_on = "" if consent.is_standing else date_format(consent.last_day)
    require(not ended_on, ConsentHadEnded, day=ended_on)
    organisation, delegate = consent.membership.organisation, consent.membership.user
    _revoke(consent, actor=actor)
    membership_changed.announce(Membership, membership=consent.membership)
    post_mail(
        "organisations/mail/consent_revoked.txt",
        to=delegate.email,
        language=delegate.language,
        organisation=organisation,
        other=standing_beside(consent),
        link=address_of("organisations:page", organisation.slug, language=delegate.language),
    )
    return consent


def end_consents(membership: Membership, *, actor: User) -> None:
    """What a delegate acted by ends, so that no later consent brings it back. Locks are held."""
    for consent in lock_all(membership.consents.standing()):
        _revoke(consent, actor=actor)


def _revoke(consent: ProxyConsent, *, actor: User) -> None:
    consent.revoked_at, consent.revoked_by = timezone.now(), actor
    consent.save(update_fields=["revoked_at", "revoked_by"])
    organisation, delegate = consent.membership.organisation, consent.membership.user_id
    record("consent_revoked", organisation, actor=actor, consent=consent.pk, delegate=delegate)
