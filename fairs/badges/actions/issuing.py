"""A badge is issued, aligned with what it stands for, revoked, and comes back."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairs.badges.errors import (
    BadgesNotYet,
    ExhibitorLeft,
    NobodyComes,
    NoSuchMember,
    RevocationReasonMissing,
    StandIsFull,
    TakenByOrganiser,
)
from fairs.badges.keys import seal, unseal
from fairs.badges.models import Badge, BadgeKey
from fairs.badges.queries import (
    expires_at,
    guests_to_align,
    guests_with_stale_badge,
    guests_without_badge,
    member_named,
    members_to_name,
    one_named,
    taken_by_organiser,
    valid_badges_of,
)
from fairs.badges.rules import issues_badges, may_name_people
from fairs.badges.states import BY_HAND, ROLE_OF_TIER, BadgeRole, BadgeState
from fairs.badges.tokens import Claim, new_key, public_point, sign
from fairs.editions.actions import hold_edition, hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_put_away
from fairs.floor.models import BoothStaff
from fairs.guests.models import Guest
from fairs.guests.states import GuestState
from fairs.selection.models import Exhibitor
from moussem.core.counters import next_number
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move
from moussem.core.rounds import in_chunks, try_each
from moussem.core.text import has_words

MOST_OF_A_STAND = 12
SMALL_WORDS = {"a", "an", "and", "for", "in", "of", "on", "the", "to"}


def _while_issued(edition: Edition) -> None:
    require(issues_badges(edition), BadgesNotYet)


@transaction.atomic
def issue_by_hand(edition: Edition, *, actor: Any, name: str, role: str, organisation: str = "") -> Badge:
    """A badge of somebody who neither registers nor exhibits: a speaker, the press, the organiser's own."""
    edition = hold_own_edition(edition, actor, _while_issued)
    require(role in BY_HAND, BadgesNotYet)
    return _issue(edition, actor=actor, name=name, role=role, organisation_name=organisation)


@transaction.atomic
def name_for_stand(exhibitor: Exhibitor, *, actor: Any, name: str = "", member: Any = None) -> Badge:
    """One more person of an exhibitor's stand; two that are named at once wait for the exhibitor's row."""
    require(may_name_people(actor, exhibitor), NotYours)
    hold_edition(exhibitor.edition, _while_issued)
    exhibitor = lock(exhibitor)
    if member is not None:
        require(member in members_to_name(exhibitor), NoSuchMember)
    if (taken := taken_by_organiser(exhibitor, member, name)) is not None:
        raise TakenByOrganiser(number=taken.number)
    require(member or has_words(name), NoSuchMember)
    # Whoever comes back is one more at the stand, too.
    require(valid_badges_of(exhibitor).count() < MOST_OF_A_STAND, StandIsFull, most=MOST_OF_A_STAND)
    if member is not None:
        known = Badge.objects.filter(exhibitor=exhibitor, person=member).first()
        if known is not None:
            return _back(lock(known), actor=actor)
    return _issue(
        exhibitor.edition,
        actor=actor,
        name=str(member) if member else name.strip(),
        role=BadgeRole.EXHIBITOR,
        organisation_name=exhibitor.organisation.name,
        exhibitor=exhibitor,
        person=member,
    )


@transaction.atomic
def name_from_booth(person: BoothStaff, *, actor: Any) -> Badge:
    """The badge of somebody who receives at the booth; whoever holds one keeps it."""
    exhibitor = person.exhibitor
    require(may_name_people(actor, exhibitor), NotYours)
    hold_edition(exhibitor.edition, _while_issued)
    exhibitor = lock(exhibitor)
    if (held := one_named(valid_badges_of(exhibitor), person.name)) is not None:
        return held
    member = member_named(exhibitor, person.name)
    return name_for_stand(exhibitor, actor=actor, name=person.name, member=member)


@transaction.atomic
def take_off_stand(badge: Badge, *, actor: Any, reason: str) -> Badge:
    """Somebody does not stand at the exhibitor's booth after all."""
    require(badge.exhibitor and may_name_people(actor, badge.exhibitor), NotYours)
    hold_edition(badge.edition, refuse_once_put_away)
    return _revoke(lock(badge), actor=actor, reason=reason)


@transaction.atomic
def revoke(badge: Badge, *, actor: Any, reason: str) -> Badge:
    """The organiser takes a badge back; doors know as soon as they hear of it, others when they sync."""
    hold_own_edition(badge.edition, actor, refuse_once_put_away)
    require(has_words(reason), RevocationReasonMissing)
    return _revoke(lock(badge), actor=actor, reason=reason.strip())


@transaction.atomic
def restore(badge: Badge, *, actor: Any) -> Badge:
    """The organiser gives a badge back; the printed one counts again, as long as what it stands for does."""
    hold_own_edition(badge.edition, actor, refuse_once_put_away)
    # What it stands for before the badge, as everywhere.
    guest, exhibitor = badge.guest and lock(badge.guest), badge.exhibitor and lock(badge.exhibitor)
    require(guest is None or guest.state == GuestState.ADMITTED, NobodyComes)
    require(exhibitor is None or exhibitor.left_at is None, ExhibitorLeft)
    return _back(lock(badge), actor=actor)


@transaction.atomic
def rotate_key(edition: Edition, *, actor: Any) -> BadgeKey:
    """Another pair of keys: every code that was shown or printed until now opens nothing more."""
    edition = hold_own_edition(edition, actor, refuse_once_put_away)
    edition.badge_keys.filter(retired_at=None).update(retired_at=timezone.now())
    key = _new_key(edition)
    record("badge_key_rotated", edition, actor=actor, key=key.pk)
    return key


def code_of(badge: Badge) -> str:
    """The signed code of a badge, which ends with the edition."""
    edition = badge.edition
    key = BadgeKey.objects.filter(edition=edition, retired_at=None).first() or _first_key(edition)
    until = expires_at(edition) or timezone.now()
    claim = Claim(edition.pk, key.pk, badge.serial, badge.role, int(until.timestamp()))
    return sign(claim, unseal(key.sealed))


@transaction.atomic
def settle_guest(guest: Guest) -> Badge | None:
    """The badge of a registration as the registration stands now; safe to run twice."""
    if issues_badges(guest.edition):
        # The edition before the guest, as everywhere.
        _first_key(guest.edition)
    guest = lock(guest)
    badge = Badge.objects.filter(guest=guest).first()
    badge = lock(badge) if badge else None
    if guest.state != GuestState.ADMITTED:
        if badge is None or badge.state == BadgeState.REVOKED:
            return badge
        return _revoke(badge, actor=None, reason="")
    if not issues_badges(guest.edition):
        return badge
    told = _told_of(guest)
    if badge is None:
        return _issue(guest.edition, actor=None, guest=guest, person=guest.person, **told)
    changed = [name for name, value in told.items() if getattr(badge, name) != value]
    if changed:
        for name in changed:
            setattr(badge, name, told[name])
        badge.save(update_fields=changed)
        record("badge_aligned", badge, actor=None, changed={name: str(told[name]) for name in changed})
    # What a person took back stays back.
    return _back(badge, actor=None) if not badge.is_valid and badge.revoked_by_id is None else badge


def settle_badges() -> int:
    """Every badge as its registration stands; how many were looked at."""
    settled = 0
    for guests in (guests_without_badge(), guests_with_stale_badge()):
        settled += sum(1 for _one in try_each(in_chunks(guests), settle_guest))
    return settled + sum(1 for _one in try_each(guests_to_align(), settle_guest))


@transaction.atomic
def revoke_of_who_left(exhibitor: Exhibitor) -> int:
    """The badges of an exhibitor that gave its place back open no door; how many. Safe to run twice."""
    revoked = [_revoke(badge, actor=None, reason="") for badge in lock_all(valid_badges_of(exhibitor))]
    return len(revoked)


def _told_of(guest: Guest) -> dict[str, Any]:
    return {
        "name": str(guest.person)[:120],
        "organisation_name": guest.organisation.name[:160] if guest.organisation else "",
        "role": ROLE_OF_TIER[guest.tier].value,
    }


def _issue(edition: Edition, *, actor: Any, **told: Any) -> Badge:
    _first_key(edition)
    serial = next_number(f"badges-{edition.pk}")
    number = f"{letters_of(edition)}-{serial:04d}"
    badge = Badge.objects.create(edition=edition, serial=serial, number=number, issued_by=actor, **told)
    record("badge_issued", badge, actor=actor, number=number, role=str(told["role"]))
    return badge


def _revoke(badge: Badge, *, actor: Any, reason: str) -> Badge:
    badge.revoked_at, badge.revoked_by, badge.reason = timezone.now(), actor, reason
    also = ("revoked_at", "revoked_by", "reason")
    return move(badge, BadgeState.REVOKED, actor=actor, reason=reason, also=also)


def _back(badge: Badge, *, actor: Any) -> Badge:
    badge.revoked_at, badge.revoked_by, badge.reason = None, None, ""
    return move(badge, BadgeState.ISSUED, actor=actor, also=("revoked_at", "revoked_by", "reason"))


def letters_of(edition: Edition) -> str:
    """Two letters that stand before the numbers of an edition, to be read aloud: MA for Made in Africa."""
    words = [word for word in re.findall(r"[A-Za-z]+", edition.name_en) if word.lower() not in SMALL_WORDS]
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return (words[0][:2] if words else "MO").upper().ljust(2, "X")


@transaction.atomic
def _first_key(edition: Edition) -> BadgeKey:
    """The key that signs, made when the first badge is."""
    known = edition.badge_keys.filter(retired_at=None).first()
    if known is not None:
        return known
    lock_all(Edition.objects.filter(pk=edition.pk)).get()
    return edition.badge_keys.filter(retired_at=None).first() or _new_key(edition)


def _new_key(edition: Edition) -> BadgeKey:
    private = new_key()
    return BadgeKey.objects.create(edition=edition, sealed=seal(private), point=public_point(private))
