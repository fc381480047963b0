"""Booths are allotted, changed, given back; by hand or all at once."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.states import Mode, Presence
from fairs.floor.actions.telling import write_of_lost_numbers, write_of_other_numbers
from fairs.floor.allotting import Guest, Seating, Spot, seat
from fairs.floor.errors import (
    AlreadyFree,
    BoothTaken,
    ExhibitorLeft,
    HasBooth,
    HasMoved,
    NeedsNoBooth,
    NobodyToSeat,
    NothingToUndo,
    NotOfThisEdition,
    NotOnPlan,
    RunHasMoved,
    RunStands,
)
from fairs.floor.geometry import neighbours_of
from fairs.floor.models import Allotment, AllottingRun, Booth
from fairs.floor.queries import (
    WHO,
    booth_held_by,
    free_booths,
    numbers_before,
    pairs_of_last_time,
    waiting_for_booths,
)
from fairs.selection.models import Exhibitor
from moussem.core.errors import require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record, record_each


def _name(exhibitor: Exhibitor) -> str:
    return exhibitor.organisation.label


def _both(booth: Booth, exhibitor: Exhibitor, actor: Any) -> tuple[Booth, Exhibitor]:
    """A free booth and the exhibitor for it under locks: the booth first, so that no two wait in a ring."""
    hold_own_edition(booth.edition, actor)
    require(booth.edition_id == exhibitor.edition_id, NotOfThisEdition, number=booth.number)
    booth = lock(booth)
    exhibitor = lock(exhibitor)
    require(booth.is_on_plan, NotOnPlan, number=booth.number)
    require(exhibitor.left_at is None, ExhibitorLeft, exhibitor=_name(exhibitor))
    on_a_screen = booth.edition.mode == Mode.HYBRID and exhibitor.mode == Presence.DIGITAL
    require(not on_a_screen, NeedsNoBooth, exhibitor=_name(exhibitor))
    require(not booth.allotments.current().exists(), BoothTaken, number=booth.number)
    return booth, exhibitor


@transaction.atomic
def allot_booth(booth: Booth, exhibitor: Exhibitor, *, actor: Any) -> Allotment:
    """The exhibitor stands in the booth from now on; each of the two is free before.

    Who had another booth, and lost it, is told both numbers, once the plan is public.
    """
    booth, exhibitor = _both(booth, exhibitor, actor)
    if held := booth_held_by(exhibitor):
        raise HasBooth(exhibitor=_name(exhibitor), number=held.number)
    allotment = Allotment.objects.create(booth=booth, exhibitor=exhibitor)
    record("booth_allotted", booth.edition, actor=actor, booth=booth.number, exhibitor=exhibitor.pk)
    _tell_of_others(booth.edition, [allotment])
    return allotment


def _tell_of_others(edition: Edition, allotments: list[Allotment]) -> None:
    """Whoever had a booth before is told where it stands now; a first number is read on the pages."""
    if edition.is_public:
        had = numbers_before(one.exhibitor for one in allotments)
        write_of_other_numbers(edition, [one for one in allotments if one.exhibitor_id in had], had)


@transaction.atomic
def move_exhibitor(exhibitor: Exhibitor, *, actor: Any, away_from: Booth, to: Booth) -> Allotment:
    """The exhibitor leaves the booth where it was seen for a free one; told, once the plan is public."""
    to, exhibitor = _both(to, exhibitor, actor)
    here = Allotment.objects.current().filter(exhibitor=exhibitor, booth=away_from).first()
    require(here, HasMoved, exhibitor=_name(exhibitor))
    now = timezone.now()
    here.until = now
    here.save(update_fields=["until"])
    allotment = Allotment.objects.create(booth=to, exhibitor=exhibitor, since=now)
    facts = {"was": away_from.number, "booth": to.number, "exhibitor": exhibitor.pk}
    record("booth_changed_over", to.edition, actor=actor, **facts)
    _tell_of_others(to.edition, [allotment])
    return allotment


@transaction.atomic
def free_booth(booth: Booth, *, actor: Any) -> Allotment:
    """The booth is free again; who stood there, and until when, is kept. Told, once the plan is public."""
    hold_own_edition(booth.edition, actor)
    booth = lock(booth)
    allotment = booth.allotments.current().select_related("booth", *WHO).first()
    require(allotment, AlreadyFree, number=booth.number)
    allotment.until = timezone.now()
    allotment.save(update_fields=["until"])
    facts = {"booth": booth.number, "exhibitor": allotment.exhibitor_id}
    record("booth_freed", booth.edition, actor=actor, **facts)
    if booth.edition.is_public:
        write_of_lost_numbers(booth.edition, [allotment])
    return allotment


@transaction.atomic
def free_of_who_left(exhibitor: Exhibitor) -> int:
    """The booth of an exhibitor that gave its place back is free again; how many. Safe to run twice."""
    return _free(exhibitor.allotments.current(), exhibitor.edition, actor=None)


def _free(held: QuerySet[Allotment], edition: Edition, *, actor: Any, **facts: Any) -> int:
    """Nobody stands there from now on: a line for each, as when booths are freed by hand."""
    found = list(lock_all(held).select_related("booth"))
    Allotment.objects.filter(pk__in=[one.pk for one in found]).update(until=timezone.now())
    told = [(edition, {"booth": one.booth.number, "exhibitor": one.exhibitor_id, **facts}) for one in found]
    record_each("booth_freed", told, actor=actor)
    return len(found)


@transaction.atomic
def allot_at_once(edition: Edition, *, actor: Any) -> AllottingRun:
    """Booths for all exhibitors that have none: categories together, neighbours of last time too.

    Nobody who has a booth is moved. While the fair runs there is no second run beside one that stands.
    """
    edition = hold_own_edition(edition, actor)
    require(edition.is_planned or not edition.allotting_runs.filter(undone_at=None).exists(), RunStands)
    # In the order of the writes by hand: booths, then exhibitors.
    list(lock_all(edition.booths.standing()))
    list(lock_all(edition.exhibitors.filter(left_at=None)))
    free = {one.number: one for one in free_booths(edition)}
    waiting = {one.pk: one for one in waiting_for_booths(edition)}
    require(free and waiting, NobodyToSeat)
    found = _seated(edition, free, waiting)
    run = AllottingRun.objects.create(
        edition=edition,
        started_by=actor,
        parted=[list(pair) for pair in found.parted],
        left_over=list(found.left_over),
    )
    allotted = Allotment.objects.bulk_create(
        Allotment(
            booth=free[one.number],
            exhibitor=waiting[one.guest],
            run=run,
            since=run.at,
            reasons=[*one.reasons],
        )
        for one in found.seats
    )
    record("booths_allotted", edition, actor=actor, run=run.pk, booths=len(found.seats))
    record_each(
        "booth_allotted",
        [(edition, {"booth": one.number, "exhibitor": one.guest, "run": run.pk}) for one in found.seats],
        actor=actor,
    )
    _tell_of_others(edition, allotted)
    return run


def _seated(edition: Edition, free: dict[str, Booth], waiting: dict[int, Exhibitor]) -> Seating:
    around: dict[str, tuple[str, ...]] = {}
    by_hall: dict[int, list[Booth]] = {}
    for booth in edition.booths.standing():
        by_hall.setdefault(booth.hall_id, []).append(booth)
    for booths in by_hall.values():
        around |= neighbours_of([one.place for one in booths])
    current = Allotment.objects.current().filter(booth__edition=edition)
    held = dict(current.values_list("booth__number", "exhibitor__category_id"))
    key_of = {one.organisation_id: one.pk for one in waiting.values()}
    pairs = [
        (key_of[one], key_of[other])
        for one, other in pairs_of_last_time(edition)
        if one in key_of and other in key_of
    ]
    return seat(
        [Spot(number, around[number], one.category_id) for number, one in free.items()],
        [Guest(one.pk, one.category_id) for one in waiting.values()],
        held=held,
        pairs=pairs,
        around=around,
    )


@transaction.atomic
def undo_run(run: AllottingRun, *, actor: Any, seen: int) -> int:
    """What a run allotted is free again, but for what was changed by hand since; how many booths.

    ``seen`` is how many the organiser was told: another number is not undone. Once the plan is public, who
    loses a number is written to.
    """
    edition = hold_own_edition(run.edition, actor)
    run = lock(run)
    require(run.undone_at is None, NothingToUndo)
    require(edition.is_planned, RunStands)
    losing = list(run.allotments.current().select_related("booth", *WHO))
    require(len(losing) == seen, RunHasMoved)
    run.undone_at = timezone.now()
    run.save(update_fields=["undone_at"])
    freed = _free(run.allotments.current(), edition, actor=actor, run=run.pk)
    record("booths_freed", edition, actor=actor, run=run.pk, booths=freed)
    if edition.is_public:
        write_of_lost_numbers(edition, losing)
    return freed
