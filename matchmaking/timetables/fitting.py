"""What of a draft, or of an earlier timetable, can be held as things stand now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import timezone

from matchmaking.meetings.pacing import Pace, fits
from matchmaking.meetings.queries import kinds_for, languages_to_bridge
from matchmaking.meetings.states import Origin
from matchmaking.requests.states import RequestState
from matchmaking.timetables.comparing import Place, compare, places_from
from matchmaking.timetables.facts import Facts, place_of
from matchmaking.timetables.models import Run, Version


class Seating:
    """Who and what is there, and what is taken as one place after the other is."""

    def __init__(self, facts: Facts, places: Iterable[Place] = ()) -> None:
        self.facts = facts
        self.delegates = {one.pk: one for one in facts.delegates}
        self.tables = {one.pk: one for one in facts.tables}
        self.interpreters = {one.pk: one for one in facts.interpreters}
        self.requests = {one.pk: one for one in facts.requests}
        present = {one.pk for one in facts.parties if one.left_at is None}
        self.there = {
            "delegate": {one.pk for one in facts.delegates if not one.left_at and one.party_id in present},
            "table": {one.pk for one in facts.tables if one.withdrawn_at is None},
            "interpreter": set(self.interpreters),
        }
        self.lost = {"delegate": facts.away, "table": facts.closed, "interpreter": facts.interpreters_away}
        self.paces = {one.pk: Pace(n, one.on, one.block) for n, one in enumerate(facts.slots)}
        self.in_order = dict(enumerate(self.paces.values()))
        self.taken: set[tuple[str, int, int]] = set()
        self.meets: dict[int, list[Pace]] = defaultdict(list)
        for one in places:
            self._sit(one)

    def _sit(self, place: Place) -> None:
        self.taken |= place.seats
        for one in place.people:
            self.meets[one].append(self.paces[place.slot])

    def is_there(self, place: Place) -> bool:
        """Whether everybody and everything that a place takes up is there then."""
        return place.slot in self.paces and all(
            key in self.there[what] and slot not in self.lost[what].get(key, ())
            for what, slot, key in place.seats
        )

    def takes(self, place: Place) -> bool:
        """Whether there is room for one more place; if so, it is taken."""
        has_room = (
            self.is_there(place)
            and not place.seats & self.taken
            and self._suits(place)
            and all(self._has_time(one, self.paces[place.slot]) for one in place.people)
        )
        if has_room:
            self._sit(place)
        return has_room

    def _suits(self, place: Place) -> bool:
        """Whether the two understand each other there, and sit where both meet."""
        request, spoken = self.requests[place.request], self.interpreters.get(place.interpreter or 0)
        needed = languages_to_bridge(request)
        is_bridged = not needed or (spoken and (spoken.language, spoken.other_language) in needed)
        return bool(is_bridged) and self.tables[place.table].kind in kinds_for(request)

    def _has_time(self, delegate: int, pace: Pace) -> bool:
        """Whether one more meeting leaves a person within their limits."""
        own, matching = self.delegates[delegate], self.facts.matching
        return fits(
            pace,
            self.meets[delegate],
            paces=self.in_order,
            most_a_day=own.most_a_day or matching.most_a_day,
            most_in_a_row=own.most_in_a_row or matching.most_in_a_row,
        )


def wanted_of(facts: Facts, draft: Sequence[Place]) -> list[Place]:
    """The places of a draft whose requests still stand; one that was accepted meanwhile is no proposal.

    A meeting that has begun stays although its request was taken back: nobody can undo it.
    """
    states, begun = {one.pk: one.state for one in facts.requests}, _begun(facts)
    kept = [place_of(one) for one in facts.meetings if one.slot_id in begun and one.request_id not in states]
    for one in draft:
        state = states.get(one.request)
        if state == RequestState.ACCEPTED:
            kept.append(replace(one, is_proposal=False))
        elif state == RequestState.PENDING and one.is_proposal:
            kept.append(one)
    return kept


def still_fits(run: Run, facts: Facts, wanted: Sequence[Place]) -> bool:
    """Whether a draft can be published: the same meetings stand, and whatever changes is possible.

    One more table or interpreter since does no harm; a slot that has begun is nobody's to give away.
    """
    if facts.digest != run.digest:
        return False
    standing = [place_of(one) for one in facts.meetings]
    difference = compare(standing, [one for one in wanted if not one.is_proposal])
    changed = [*difference.moved, *difference.quiet]
    come = [*difference.new, *(after for _before, after in changed)]
    gone = [*difference.cancelled, *(before for before, _after in changed)]
    begun, seating = _begun(facts), Seating(facts)
    return all(one.slot not in begun for one in (*come, *gone)) and all(map(seating.is_there, come))


def wanted_again(facts: Facts, version: Version) -> list[Place]:
    """An earlier timetable as it can be held now: what is not possible any more is left out.

    What has begun or is pinned stays as it is, and what was booked at once since: whoever booked it was told
    so, and it goes before an old place. So does what is where it was: no limit set since takes it away.
    """
    before = {one.request: one for one in places_from(version.meetings)}
    begun = _begun(facts)
    stays = [
        place
        for one, place in ((one, place_of(one)) for one in facts.meetings)
        if one.slot_id in begun
        or one.is_pinned
        or place == before.get(one.request_id)
        or (one.origin != Origin.TIMETABLE and one.request_id not in before)
    ]
    seating, held = Seating(facts, stays), {one.request for one in stays}
    old = [one for one in wanted_of(facts, list(before.values())) if one.request not in held]
    return [*stays, *(one for one in old if one.slot not in begun and seating.takes(one))]


def _begun(facts: Facts) -> set[int]:
    """The slots that have begun."""
    now = timezone.now()
    return {one.pk for one in facts.slots if one.begins <= now}
