"""What of a draft, or of an earlier timetable, can be held as things stand now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from matchmaking.meetings.models import Meeting
from matchmaking.meetings.openings import languages_to_bridge
from matchmaking.meetings.pacing import Pace, fits
from matchmaking.meetings.states import MeetingState, Origin
from matchmaking.requests.states import RequestState
from matchmaking.timetables.comparing import Place, compare, places_from
from matchmaking.timetables.facts import Facts, pace_of, place_of
from matchmaking.timetables.models import Run, Version
from matchmaking.timetables.states import Changed, KeptBack


@dataclass(frozen=True)
class Obstacle:
    """What keeps a draft from being published, and of which request, where it is one."""

    what: Changed
    request: int | None = None


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
        # How much somebody meets already who may have asked for less since.
        self.stood: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in places:
            self._sit(one)

    def _sit(self, place: Place) -> None:
        self.taken |= place.seats
        for one in place.people:
            self.meets[one].append(self.paces[place.slot])

    def is_there(self, place: Place) -> bool:
        """Whether everybody and everything that a place takes up is there then."""
        return place.slot in self.paces and not self.missing(place)

    def missing(self, place: Place) -> set[str]:
        """What of a place is not there then: a delegate, its table, its interpreter."""
        return {
            what
            for what, slot, key in place.seats
            if key not in self.there[what] or slot in self.lost[what].get(key, ())
        }

    def takes(self, place: Place, *, stands: bool = False) -> bool:
        """Whether there is room for one more place; if so, it is taken.

        What ``stands`` there already was agreed to, whoever is away or speaks something else since.
        """
        has_room = (
            (stands or (self.is_there(place) and self._suits(place)))
            and not place.seats & self.taken
            and self.has_time(place)
        )
        if has_room:
            self._sit(place)
        return has_room

    def refuses(self, places: Iterable[Place]) -> Obstacle | None:
        """The first that cannot be of all that is new in a draft, each within the limits of those who meet.

        Whoever asked for less than they hold already is not asked to give any of it up.
        """
        slots = {pace: key for key, pace in self.paces.items()}
        for person, met in self.meets.items():
            self.stood[person] = pace_of(self.facts.slots, {slots[pace] for pace in met})
        for one in places:
            if not self.is_there(one):
                return Obstacle(Changed.GONE, one.request)
            if not self._suits(one):
                return Obstacle(Changed.SUITED, one.request)
            if not self.has_time(one):
                return Obstacle(Changed.LIMITS, one.request)
            self._sit(one)
        return None

    def elsewhere(self, place: Place) -> Iterator[Place]:
        """The same meeting at the same hour at other tables, those of its kind first, however interpreted."""
        request = self.requests[place.request]
        kinds, needed = self.facts.kinds_for(request), languages_to_bridge(request)
        own = self.tables[place.table].kind if place.table in self.tables else ""
        theirs = {None, request.buyer_id, request.exporter_id}
        tables = [one for one in self.tables.values() if one.kind in kinds and one.owner_id in theirs]
        tables.sort(key=lambda one: (one.pk != place.table, one.kind != own, kinds.index(one.kind), one.pk))
        spoken = [
            one.pk for one in self.interpreters.values() if (one.language, one.other_language) in needed
        ]
        spoken.sort(key=lambda key: (key != place.interpreter, key))
        for table in tables:
            for interpreter in spoken if needed else [None]:
                yield replace(place, table=table.pk, interpreter=interpreter)

    def _suits(self, place: Place) -> bool:
        """Whether the two understand each other there, and sit where both meet."""
        request, spoken = self.requests[place.request], self.interpreters.get(place.interpreter or 0)
        needed = languages_to_bridge(request)
        is_bridged = not needed or (spoken and (spoken.language, spoken.other_language) in needed)
        return bool(is_bridged) and self.tables[place.table].kind in self.facts.kinds_for(request)

    def has_time(self, place: Place) -> bool:
        """Whether one more meeting leaves both within their limits."""
        return all(self._has_time(one, self.paces[place.slot]) for one in place.people)

    def _has_time(self, delegate: int, pace: Pace) -> bool:
        own, matching = self.delegates[delegate], self.facts.matching
        a_day, in_a_row = self.stood[delegate]
        return fits(
            pace,
            self.meets[delegate],
            paces=self.in_order,
            most_a_day=max(own.most_a_day or matching.most_a_day, a_day),
            most_in_a_row=max(own.most_in_a_row or matching.most_in_a_row, in_a_row),
        )


def wanted_of(facts: Facts, draft: Sequence[Place]) -> list[Place]:
    """The places of a draft whose requests still stand; one that was accepted meanwhile is no proposal.

    Nobody is proposed a slot that is gone or has begun. A meeting that has begun stays although its request
    was taken back: nobody can undo it.
    """
    states, begun = {one.pk: one.state for one in facts.requests}, _begun(facts)
    to_come = {one.pk for one in facts.slots} - begun
    kept = [place_of(one) for one in facts.meetings if one.slot_id in begun and one.request_id not in states]
    for one in draft:
        state = states.get(one.request)
        if state == RequestState.ACCEPTED:
            kept.append(replace(one, is_proposal=False))
        elif state == RequestState.PENDING and one.is_proposal and one.slot in to_come:
            kept.append(one)
    return kept


def obstacle_to(run: Run, facts: Facts, wanted: Sequence[Place]) -> Obstacle | None:
    """Why a draft cannot be published; None where the same meetings stand, and whatever changes is possible.

    One more table or interpreter since does no harm, nor does who meets more; a slot that has begun is
    nobody's to give away.
    """
    if facts.digest != run.digest:
        return _changed_since(run)
    standing = [place_of(one) for one in facts.meetings]
    difference = compare(standing, [one for one in wanted if not one.is_proposal])
    changed = [*difference.moved, *difference.quiet]
    come = [*difference.new, *(after for _before, after in changed)]
    gone = [*difference.cancelled, *(before for before, _after in changed)]
    begun = _begun(facts)
    if over := next((one for one in (*come, *gone) if one.slot in begun), None):
        return Obstacle(Changed.BEGUN, over.request)
    return Seating(facts, difference.same).refuses(come)


def _changed_since(run: Run) -> Obstacle:
    """The first meeting that was booked, moved or cancelled since a draft was begun, and which of these."""
    since = run.began_at or run.asked_at
    found = Meeting.objects.filter(edition=run.edition, changed_at__gte=since)
    first = found.order_by("changed_at", "pk").first()
    if first is None:
        return Obstacle(Changed.OTHER)
    if first.state == MeetingState.CANCELLED:
        return Obstacle(Changed.CANCELLED, first.request_id)
    return Obstacle(Changed.BOOKED if first.booked_at >= since else Changed.MOVED, first.request_id)


def changes_anything(run: Run, facts: Facts, wanted: Sequence[Place]) -> bool:
    """Whether publishing a draft moves or proposes anything, or writes down what went wrong."""
    held = [one for one in wanted if not one.is_proposal]
    difference = compare([place_of(one) for one in facts.meetings], held)
    return not difference.is_empty or bool(difference.quiet or run.upset or len(held) < len(wanted))


def wanted_again(facts: Facts, version: Version) -> list[Place]:
    """An earlier timetable as it can be held now; what cannot stand beside it is cancelled, and nothing else.

    What has begun or is pinned stays as it is, and what was booked at once or moved by its people since:
    whoever did so was told, and it goes before an old place. So does what is where it was: no limit set since
    takes it away. An old place whose table is gone is held at the same hour at another one; else, as what
    came since, the meeting stays where it stands.
    """
    now = {one.request_id: place_of(one) for one in facts.meetings}
    before = {one.request: one for one in places_from(version.meetings)}
    begun = _begun(facts)
    stays = [
        place
        for one, place in ((one, place_of(one)) for one in facts.meetings)
        if one.slot_id in begun
        or one.is_pinned
        or place == before.get(one.request_id)
        or (one.origin != Origin.TIMETABLE and one.request_id not in before)
        or _is_chosen_since(one, version)
    ]
    seating, held = Seating(facts, stays), {one.request for one in stays}
    old = [one for one in wanted_of(facts, list(before.values())) if one.request not in held]
    old = [one for one in old if one.slot not in begun]
    back = [one for one in old if seating.takes(one)]
    held |= {one.request for one in back}
    for one in old:
        if one.request not in held and (place := _nearest(seating, one, now.get(one.request))):
            back.append(place)
            held.add(one.request)
    left = [one for one in now.values() if one.request not in held and one.request in seating.requests]
    return [*stays, *back, *(one for one in left if seating.takes(one, stands=True))]


def kept_back(facts: Facts, version: Version, wanted: Iterable[Place]) -> Counter[str]:
    """Of an earlier timetable what does not go back to its very place, by why not."""
    again = {one.request: replace(one, interpreter=None) for one in wanted}
    now = {one.request_id: one for one in facts.meetings}
    states, begun, seating = {one.pk: one.state for one in facts.requests}, _begun(facts), Seating(facts)
    counted: Counter[str] = Counter()
    for old in places_from(version.meetings):
        if again.get(old.request) == replace(old, interpreter=None):
            continue
        meeting = now.get(old.request)
        missing = seating.missing(old)
        whys = {
            KeptBack.WITHDRAWN: states.get(old.request) != RequestState.ACCEPTED,
            KeptBack.BEGUN: old.slot not in seating.paces
            or not begun.isdisjoint({old.slot, meeting.slot_id if meeting else None}),
            KeptBack.PINNED: meeting and meeting.is_pinned,
            KeptBack.CHOSEN: meeting and _is_chosen_since(meeting, version),
            **{one: one in missing for one in (KeptBack.PERSON, KeptBack.TABLE, KeptBack.INTERPRETER)},
            KeptBack.TAKEN: True,
        }
        counted[next(why for why, holds in whys.items() if holds)] += 1
    return counted


def _is_chosen_since(meeting: Meeting, version: Version) -> bool:
    """Whether its people gave a meeting its slot after a timetable was published."""
    return meeting.chosen_at is not None and meeting.chosen_at > version.published_at


def _nearest(seating: Seating, old: Place, now: Place | None) -> Place | None:
    """Where a meeting is held at its old hour if not at its old table: as it stands, if it stands then."""
    if now and (now.slot, now.people) == (old.slot, old.people) and seating.takes(now, stands=True):
        return now
    return next((place for place in seating.elsewhere(old) if seating.takes(place)), None)


def _begun(facts: Facts) -> set[int]:
    """The slots that have begun."""
    now = timezone.now()
    return {one.pk for one in facts.slots if one.begins <= now}
