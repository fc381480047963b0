"""A person registers, the organiser admits or not, some buyers are hosted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from fairs.editions.actions import hold_edition, hold_own_edition
from fairs.editions.models import Edition
from fairs.guests.errors import (
    BuyersOnly,
    BuysNoMore,
    DecidedMeanwhile,
    HostedPlacesGiven,
    NeedsMissing,
    NoHostedPlaces,
    NotABuyerYet,
    OfferGone,
    ReasonMissing,
    RegistrationClosed,
)
from fairs.guests.events import came_down
from fairs.guests.models import Guest, HostingOffer, HostingPlan, Need
from fairs.guests.queries import buyers_no_more, hosted_places_taken, hosting_of
from fairs.guests.rules import is_known, may_buy_for, takes_guests
from fairs.guests.states import GuestState, Tier
from moussem.core.errors import NotYours, Refusal, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.moves import move, standing
from moussem.core.rounds import in_chunks, try_each
from moussem.core.shown import require_as_shown
from moussem.core.sites import address_of
from moussem.core.text import has_words

MOST_NEEDS = 12


def _while_guests_register(edition: Edition) -> None:
    require(takes_guests(edition), RegistrationClosed)


@transaction.atomic
def register(
    edition: Edition,
    *,
    actor: Any,
    as_buyer: bool,
    organisation: Any = None,
    languages: Sequence[str] = (),
    incoterm: str = "",
    about: str = "",
    needs: Iterable[Mapping[str, Any]] = (),
    evidence: File | None = None,
) -> Guest:
    """A person's registration, or what they changed of it.

    A visitor is admitted at once, and so is a buyer whom the marketplace has checked; any other buyer waits
    for the organiser, who sees the needs and the evidence. So does everybody whom the organiser refused.
    """
    edition = hold_edition(edition, _while_guests_register)
    needs = list(needs)[:MOST_NEEDS]
    if as_buyer:
        require(may_buy_for(actor, organisation), BuyersOnly)
        require(needs, NeedsMissing)
    Guest.objects.bulk_create([Guest(edition=edition, person=actor)], ignore_conflicts=True)
    guest = lock_all(Guest.objects.filter(edition=edition, person=actor)).get()
    # Other needs of the same buyer are no new question to the organiser.
    stays = guest.state == GuestState.ADMITTED and _is_as_before(guest, organisation if as_buyer else None)
    if not stays or not as_buyer:
        guest.tier = Tier.BUYER if as_buyer else Tier.VISITOR
    guest.organisation = organisation if as_buyer else None
    guest.languages, guest.incoterm, guest.about = list(languages), incoterm, about
    if evidence is not None:
        guest.evidence = evidence
    guest.save()
    guest.needs.all().delete()
    for told in needs if as_buyer else ():
        certificates = told.get("certificates", ())
        need = Need.objects.create(guest=guest, **{k: v for k, v in told.items() if k != "certificates"})
        need.certificates.set(certificates)
    record("registered", guest, actor=actor, tier=guest.tier, needs=len(needs))
    if not stays:
        # Whoever returns, comes for another buyer or as a visitor is offered a place anew, if one is free.
        _leave_hosting(guest)
        _place(guest, actor)
    return guest


def _is_as_before(guest: Guest, organisation: Any) -> bool:
    """Whether somebody comes for the same buyer as they were admitted for, or as a visitor again."""
    known = guest.organisation_id if guest.tier != Tier.VISITOR else None
    return known == (organisation.pk if organisation else None)


def _place(guest: Guest, actor: Any) -> None:
    """The registration where it belongs after it was written: admitted, or before the organiser."""
    # The reason of a refusal stays until the organiser admits: cancelling in between opens no door.
    if not guest.reason and (guest.tier == Tier.VISITOR or is_known(guest.organisation)):
        if guest.state != GuestState.ADMITTED:
            move(guest, GuestState.ADMITTED, actor=actor, reason="nothing is left to check")
        _write(guest, "registered")
    elif guest.state != GuestState.WAITING:
        guest.asked_at = timezone.now()
        move(guest, GuestState.WAITING, actor=actor, also=("asked_at",))


def _write(guest: Guest, letter: str, **context: Any) -> None:
    person = guest.person
    link = address_of("fairs:registration", guest.edition.slug, language=person.language)
    post_mail(
        f"fairs/mail/guest_{letter}.txt",
        to=person.email,
        language=person.language,
        guest=guest,
        link=link,
        **context,
    )


@transaction.atomic
def cancel_registration(guest: Guest, *, actor: Any) -> Guest:
    """The person does not come; a hosted place is free again."""
    require(guest.person_id == actor.pk, NotYours)
    hold_edition(guest.edition)
    guest = move(lock(guest), GuestState.CANCELLED, actor=actor)
    _leave_hosting(guest)
    return guest


def _leave_hosting(guest: Guest) -> None:
    """Whoever does not come as the buyer that a place was offered to holds none, nor an offer of one."""
    left = {"accepted": False, "answered_at": timezone.now()}
    HostingOffer.objects.filter(guest=guest).exclude(accepted=False).update(**left)
    if guest.tier == Tier.HOSTED:
        guest.tier = Tier.BUYER
        guest.save(update_fields=["tier"])


@transaction.atomic
def settle_buyer(guest: Guest) -> Guest:
    """A buyer whose membership ended comes as a visitor; safe to run twice."""
    guest = lock(guest)
    is_buyer = guest.state == GuestState.ADMITTED and guest.tier != Tier.VISITOR
    if not is_buyer or not takes_guests(guest.edition) or may_buy_for(guest.person, guest.organisation):
        return guest
    bought_for, guest.tier, guest.organisation = guest.organisation_id, Tier.VISITOR, None
    guest.save(update_fields=["tier", "organisation"])
    guest.needs.all().delete()
    _leave_hosting(guest)
    record("came_down", guest, actor=None, bought_for=bought_for)
    came_down.announce(Guest, guest=guest)
    _write(guest, "registered")
    return guest


def settle_buyers() -> int:
    """Every buyer who may order for none any more; how many."""
    return sum(1 for _one in try_each(in_chunks(buyers_no_more()), settle_buyer))


@transaction.atomic
def admit(guest: Guest, *, actor: Any, seen: str) -> Guest:
    """The organiser has looked at a registration: the person may come, as the buyer or visitor they say.

    ``seen`` is the digest of the registration as it was looked at: nobody is admitted for something else.
    """
    hold_own_edition(guest.edition, actor)
    guest = _as_seen(guest, seen)
    require(guest.tier == Tier.VISITOR or may_buy_for(guest.person, guest.organisation), BuysNoMore)
    guest.decided_by, guest.decided_at, guest.reason = actor, timezone.now(), ""
    move(guest, GuestState.ADMITTED, actor=actor, also=("decided_by", "decided_at", "reason"))
    _leave_hosting(guest)
    _write(guest, "registered" if guest.tier == Tier.VISITOR else "admitted")
    return guest


@transaction.atomic
def refuse(guest: Guest, *, actor: Any, seen: str, reason: str) -> Guest:
    """Not admitted, with the reason that the person reads; more evidence opens the question again."""
    hold_own_edition(guest.edition, actor)
    require(has_words(reason), ReasonMissing)
    guest = _as_seen(guest, seen)
    guest.decided_by, guest.decided_at, guest.reason = actor, timezone.now(), reason
    also = ("decided_by", "decided_at", "reason")
    move(guest, GuestState.REFUSED, actor=actor, reason=reason, also=also)
    _leave_hosting(guest)
    _write(guest, "refused")
    return guest


def _as_seen(guest: Guest, seen: str) -> Guest:
    guest = lock(guest)
    stood = seen.partition(".")[0]
    is_another = stood in GuestState.values and stood != guest.state
    require(not is_another, DecidedMeanwhile, name=guest.person, happened=standing(guest))
    require_as_shown(seen, guest.digest)
    return guest


def decide_each(
    guests: Iterable[Guest], *, actor: Any, seen: Mapping[int, str], reason: str = ""
) -> tuple[int, list[Guest]]:
    """Admit each of these, or with a reason none of them; how many, and who could not be decided.

    ``seen`` holds the digest of each, by key. Each is decided for itself: one who cancelled meanwhile keeps
    nobody waiting.
    """
    decided, left = 0, []
    for guest in guests:
        try:
            if reason:
                refuse(guest, actor=actor, seen=seen.get(guest.pk, ""), reason=reason)
            else:
                admit(guest, actor=actor, seen=seen.get(guest.pk, ""))
        except Refusal:
            left.append(guest)
        else:
            decided += 1
    return decided, left


@transaction.atomic
def plan_hosting(
    edition: Edition, *, actor: Any, places: int, meetings: int, most_missed: int | None = None
) -> HostingPlan:
    """How many buyers are hosted, how many meetings each commits to, and which absences are pointed out."""
    edition = hold_own_edition(edition, actor)
    taken = hosted_places_taken(edition)
    require(places >= taken, HostedPlacesGiven, taken=taken, places=places)
    told = {"places": places, "meetings": meetings, "most_missed": most_missed}
    plan, _new = HostingPlan.objects.update_or_create(edition=edition, defaults=told)
    record("hosting_planned", edition, actor=actor, **told)
    return plan


@transaction.atomic
def offer_hosting(guest: Guest, *, actor: Any, support: str) -> HostingOffer:
    """A place among the hosted buyers, as long as there is one: two offers wait for the edition's row."""
    edition = hold_own_edition(guest.edition, actor)
    guest = lock(guest)
    require(guest.state == GuestState.ADMITTED and guest.tier != Tier.VISITOR, NotABuyerYet)
    known = HostingOffer.objects.filter(guest=guest).first()
    if known and known.accepted is not False:
        return known
    plan = hosting_of(edition)
    require(hosted_places_taken(edition) < plan.places, NoHostedPlaces, places=plan.places)
    told = {
        "meetings": plan.meetings,
        "support": support,
        "offered_by": actor,
        "offered_at": timezone.now(),
        "accepted": None,
        "answered_at": None,
    }
    offer, _new = HostingOffer.objects.update_or_create(guest=guest, defaults=told)
    record("hosting_offered", guest, actor=actor, meetings=plan.meetings, support=support)
    _write(guest, "hosting", offer=offer)
    return offer


@transaction.atomic
def answer_hosting(guest: Guest, *, actor: Any, accepted: bool) -> Guest:
    """The buyer commits to the meetings, or leaves the place to another."""
    require(guest.person_id == actor.pk, NotYours)
    hold_edition(guest.edition)
    guest = lock(guest)
    offer = lock_all(HostingOffer.objects.filter(guest=guest)).first()
    may_answer = guest.state == GuestState.ADMITTED and guest.tier != Tier.VISITOR
    require(offer and offer.accepted is None and may_answer, OfferGone)
    offer.accepted, offer.answered_at = accepted, timezone.now()
    offer.save(update_fields=["accepted", "answered_at"])
    guest.tier = Tier.HOSTED if accepted else guest.tier
    guest.save(update_fields=["tier"])
    record("hosting_answered", guest, actor=actor, accepted=accepted)
    return guest
