"""How meetings of an edition are made, in which slots, and who takes part."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from fairs.editions.actions import hold_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_over
from fairs.guests.states import Tier
from fairs.selection.models import Exhibitor
from fairs.selection.queries import exhibitors_of
from matchmaking.parties.errors import (
    MatchingEnded,
    NoSlots,
    NotBeforeAnnounced,
    RequestsOverAlready,
    SlotsInUse,
)
from matchmaking.parties.events import delegate_back, party_left
from matchmaking.parties.models import Delegate, Matching, MeetingTable, Party, Slot
from matchmaking.parties.queries import grid_slots, matching_of, people_of
from matchmaking.parties.rules import is_open_to_change, may_arrange
from matchmaking.parties.states import MatchingState, Side, TableKind
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all, share
from moussem.core.log import record, record_each
from moussem.core.moves import move
from moussem.core.prepared import Prepared, told
from moussem.people.models import User

SETTLED = (
    *("quota_exporter", "quota_buyer", "quota_hosted", "guarantee_exporter", "guarantee_buyer"),
    *("most_a_day", "most_in_a_row", "hold_hours", "reads_messages"),
)


@transaction.atomic
def plan_matching(
    edition: Edition, *, actor: Any, asked_until: datetime | None = None, **told: Any
) -> Matching:
    """How many requests and meetings there are at an edition; ``told`` holds fields named in SETTLED."""
    require(may_arrange(actor, edition), NotYours)
    hold_edition(edition)
    require(asked_until is None or asked_until > timezone.now(), RequestsOverAlready)
    Matching.objects.bulk_create([Matching(edition=edition)], ignore_conflicts=True)
    matching = lock_all(Matching.objects.filter(edition=edition)).get()
    require(is_open_to_change(matching), MatchingEnded)
    matching.asked_until = asked_until
    for name in SETTLED:
        setattr(matching, name, told.get(name, getattr(matching, name)))
    matching.save()
    until = asked_until and asked_until.isoformat()
    record("matching_planned", edition, actor=actor, asked_until=until, **told)
    return matching


@transaction.atomic
def advance_matching(edition: Edition, to: MatchingState, *, actor: Any) -> Matching:
    """Requests are opened, accepted ones are booked at once, or meetings end."""
    require(may_arrange(actor, edition), NotYours)
    matching = matching_of(edition) or plan_matching(edition, actor=actor)
    # The edition first, as whoever ends or withdraws it with its meetings.
    lock(edition)
    matching = lock(matching)
    if to == MatchingState.ASKING and matching.state == MatchingState.PREPARING:
        require(edition.is_public, NotBeforeAnnounced)
        refuse_once_over(edition)
        lay_slots(edition, actor=actor)
        settle_parties(edition)
        matching.opened_at = timezone.now()
    return move(matching, to, actor=actor, also=("opened_at",))


def hold_matching(edition: Edition, *, shared: bool = False) -> Matching:
    """How meetings are made, read again under a lock, as long as neither they nor the edition are over.

    Whoever withdraws the edition or ends its meetings waits for it. Those who book share it: they wait for
    each other only where they want the same.
    """
    matching = matching_of(edition)
    require(matching is not None, MatchingEnded)
    held = share(matching) if shared else lock(matching)
    refuse_once_over(_as_it_is().ask(edition=edition.pk)[0])
    require(is_open_to_change(held), MatchingEnded)
    return held


@cache
def _as_it_is() -> Prepared[Edition]:
    return Prepared(Edition.objects.filter(pk=told("edition")))


def lock_people(people: Collection[int] | QuerySet) -> None:
    """None of these people, by their keys, is booked at another fair meanwhile.

    Their parties are locked before, slots and tables afterwards.
    """
    list(lock_all(User.objects.filter(pk__in=people).only("pk")))


@transaction.atomic
def end_with_edition(edition: Edition) -> None:
    """An edition is over or was withdrawn: nothing is asked for or answered any more. Safe to run twice."""
    found = matching_of(edition)
    matching = lock(found) if found else None
    if matching and matching.state != MatchingState.ENDED:
        move(matching, MatchingState.ENDED, actor=None, reason=f"the edition is {edition.state}")


@transaction.atomic
def lay_slots(edition: Edition, *, actor: Any) -> list[Slot]:
    """The slots of an edition as its days give them; refused where a booked meeting would lose its slot."""
    edition = lock(edition)
    wanted = {slot.begins: (on, block, slot) for on, block, slot in grid_slots(edition)}
    require(wanted, NoSlots)
    # Under a lock on the slots nobody books in one that goes.
    known = {slot.begins: slot for slot in lock_all(Slot.objects.filter(edition=edition))}
    gone = [
        slot for begins, slot in known.items() if begins not in wanted or slot.ends != wanted[begins][2].ends
    ]
    _take_up(gone)
    kept = known.keys() - {slot.begins for slot in gone}
    Slot.objects.bulk_create(
        Slot(edition=edition, on=on, block=block, begins=slot.begins, ends=slot.ends)
        for begins, (on, block, slot) in wanted.items()
        if begins not in kept
    )
    laid = list(Slot.objects.filter(edition=edition))
    for slot in laid:
        slot.on, slot.block, _told = wanted[slot.begins]
    Slot.objects.bulk_update(laid, ["on", "block"], batch_size=200)
    if gone or len(kept) < len(wanted):
        record("slots_laid", edition, actor=actor, slots=len(wanted), gone=len(gone))
    return laid


def _take_up(slots: list[Slot]) -> None:
    """Locked slots go with all that was said of them; a cancelled meeting keeps the hours that it had."""
    keys = [slot.pk for slot in slots]
    sat = Slot.objects.filter(pk__in=keys, seats__isnull=False).values("seats__meeting").distinct().count()
    require(not sat, SlotsInUse, meetings=sat)
    for slot in Slot.objects.filter(pk__in=keys, meetings__isnull=False).distinct():
        hours = Slot.objects.create(on=slot.on, block=slot.block, begins=slot.begins, ends=slot.ends)
        slot.meetings.update(slot=hours)
    Slot.objects.filter(pk__in=keys).delete()


@transaction.atomic
def follow_days(edition: Edition, *, actor: Any = None) -> None:
    """Other days, hours or a grid: where meetings are made, their slots are those of the edition now."""
    matching = matching_of(edition)
    if matching and matching.opened_at and is_open_to_change(matching):
        lay_slots(edition, actor=actor)


@transaction.atomic
def settle_parties(edition: Edition) -> int:
    """Every exhibitor and every buyer who is admitted is a party; who left is one no more. Safe to run twice.

    Returns how many came or left. As many queries however many stay as they are.
    """
    if matching_of(edition) is None:
        return 0
    edition = lock(edition)
    known = {(one.organisation_id, one.side): one for one in Party.objects.filter(edition=edition)}
    told = {**_exporters(edition), **_buyers(edition)}
    came = [key for key in told if key not in known]
    back = [known[key] for key in told if key in known and _comes_back(known[key])]
    left = [one for key, one in known.items() if key not in told and one.left_at is None]
    otherwise = [one for key, one in known.items() if key in told and one.is_hosted != told[key]["is_hosted"]]
    for key in came:
        _bring_in(Party.objects.create(edition=edition, **told[key]))
    _take_requests_back(left)
    # All in one query, in the order of their keys, as whoever books locks its two.
    list(lock_all(Party.objects.filter(pk__in=[one.pk for one in (*otherwise, *back, *left)])))
    for is_hosted in (True, False):
        changed = [one.pk for one in otherwise if one.is_hosted != is_hosted]
        Party.objects.filter(pk__in=changed).update(is_hosted=is_hosted)
    _take_back(back)
    _let_go(left)
    return len(came) + len(back) + len(left)


@transaction.atomic
def settle_exporter(exhibitor: Exhibitor) -> None:
    """One exhibitor is a party as long as it exhibits, whoever else comes or goes. Safe to run twice."""
    edition = exhibitor.edition
    if matching_of(edition) is None:
        return
    of_house = {"edition": edition, "organisation": exhibitor.organisation, "side": Side.EXPORTER}
    party = Party.objects.filter(**of_house).first()
    exhibits = exhibitor.left_at is None
    if party is None and exhibits:
        languages = exhibitor.organisation.languages
        _bring_in(Party.objects.create(**of_house, exhibitor=exhibitor, languages=languages))
    elif party and exhibits and _comes_back(party):
        _take_back([party])
    elif party and not exhibits and party.left_at is None:
        _take_requests_back([party])
        _let_go([party])


def bring_back(party: Party) -> None:
    """One party is there again, as long as it comes to the fair; nobody else is settled for it.

    Who settles others as well locks what they asked for, and would wait for whoever holds that.
    """
    told = {**_exporters(party.edition), **_buyers(party.edition)}.get(
        (party.organisation_id, str(party.side))
    )
    if told:
        Party.objects.filter(pk=party.pk).update(is_hosted=told["is_hosted"])
        _take_back([party])


def _take_back(parties: list[Party]) -> None:
    # Whoever wants no meetings since they were read is left alone.
    Party.objects.filter(pk__in=[one.pk for one in parties], wants_no_meetings=False).update(left_at=None)
    for one in parties:
        let_somebody_meet(one)
    record_each("party_came_back", [(one, {}) for one in parties], actor=None)


def _take_requests_back(parties: list[Party]) -> None:
    # Their requests and meetings first: whoever books holds them while they wait for both parties.
    for one in parties:
        party_left.announce(Party, party=one, actor=None)


def _let_go(parties: list[Party]) -> None:
    Party.objects.filter(pk__in=[one.pk for one in parties], left_at=None).update(left_at=timezone.now())
    record_each("party_left", [(one, {}) for one in parties], actor=None)


def _comes_back(party: Party) -> bool:
    return party.left_at is not None and not party.wants_no_meetings


def _exporters(edition: Edition) -> dict[tuple[int, str], dict[str, Any]]:
    """What is kept of each exhibitor as a party."""
    return {
        (one.organisation_id, str(Side.EXPORTER)): {
            "organisation": one.organisation,
            "side": Side.EXPORTER,
            "exhibitor": one,
            "is_hosted": False,
            "languages": one.organisation.languages,
        }
        for one in exhibitors_of(edition)
    }


def _buyers(edition: Edition) -> dict[tuple[int, str], dict[str, Any]]:
    """What is kept of each buyer; several people of one organisation are one party."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for guest in edition.guests.buyers().select_related("organisation").order_by("pk"):
        fields = found.setdefault(
            (guest.organisation_id, str(Side.BUYER)),
            {
                "organisation": guest.organisation,
                "side": Side.BUYER,
                "is_hosted": False,
                "languages": guest.languages or guest.organisation.languages,
            },
        )
        fields["is_hosted"] |= guest.tier == Tier.HOSTED
    return found


def _bring_in(party: Party) -> None:
    """The people of a new party are its delegates, and the booth of an exporter is a table of its own."""
    record("party_settled", party, actor=None, side=str(party.side))
    let_somebody_meet(party)
    if party.side == Side.EXPORTER:
        numbers = MeetingTable.objects.filter(edition=party.edition, kind=TableKind.BOOTH)
        number = max(numbers.values_list("number", flat=True), default=0) + 1
        MeetingTable.objects.create(edition=party.edition, kind=TableKind.BOOTH, number=number, owner=party)


def let_somebody_meet(party: Party) -> bool:
    """Where nobody meets for a party, everybody does who acts for it; True where that is somebody."""
    if party.delegates.there().exists():
        return False
    return sum(add_delegate(party, person) for person in people_of(party)) > 0


def add_delegate(party: Party, person: User) -> bool:
    """A person meets for a party unless they meet for another one at the same edition; True where they do."""
    held = {"edition": party.edition, "time_zone": person.time_zone or party.edition.time_zone}
    try:
        with transaction.atomic():
            # Whoever met for a party that takes no part any more is free to meet for another one.
            before = Delegate.objects.filter(edition=party.edition, person=person, left_at=None)
            gone = before.exclude(party=party).exclude(party__left_at=None)
            Delegate.objects.filter(pk__in=gone.values("pk")).update(left_at=timezone.now())
            delegate, _new = Delegate.objects.get_or_create(party=party, person=person, defaults=held)
            if delegate.left_at is not None:
                delegate.left_at = None
                delegate.save(update_fields=["left_at"])
                delegate_back.announce(Delegate, delegate=delegate)
    except IntegrityError:
        return False
    return True
