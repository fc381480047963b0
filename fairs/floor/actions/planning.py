"""Halls and booths are drawn, named, meant for categories, and copied to the next edition."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from fairs.applications.models import Category
from fairs.applications.queries import copies_of_categories
from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.queries import bears_a_name
from fairs.editions.rules import may_organise
from fairs.editions.states import Mode
from fairs.floor.errors import (
    BoothsInUse,
    BoothsMeetSo,
    BoothsOverlap,
    BoothsWouldGo,
    BoothTooLarge,
    DrawingRefused,
    HallInUse,
    HallNameTaken,
    NumbersElsewhere,
    TooManyBooths,
)
from fairs.floor.geometry import (
    LARGEST_BOOTH,
    MOST_BOOTHS,
    Place,
    Table,
    counted,
    doors_of,
    extent_of,
    overlapping,
    places_of,
)
from fairs.floor.models import Allotment, Booth, Hall
from fairs.floor.queries import plan_word
from fairs.floor.svg import MOST_BYTES, BadDrawing, Drawing, drawing_from
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.shown import require_as_shown

COPIED = ("name_en", "name_fr", "name_ar", "position", "width", "height", "drawing", "entrances")
PLACED = ("x", "y", "width", "height", "area", "is_measured", "is_on_plan", "hall")


@transaction.atomic
def start_hall(edition: Edition, *, actor: Any, table: Table, **names: str) -> Hall:
    """A hall with the booths of a table."""
    edition = hold_own_edition(edition, actor)
    require(not bears_a_name(edition.halls.all(), names), HallNameTaken)
    hall = Hall.objects.create(edition=edition, position=edition.halls.count(), width=0, height=0, **names)
    record("hall_started", edition, actor=actor, hall=hall.pk, **names)
    return _draw(hall, actor=actor, table=table)


@transaction.atomic
def draw_hall(hall: Hall, *, actor: Any, table: Table, without: str | None = None) -> Hall:
    """The hall with the booths of a table in the place of those it had; who stands in one keeps it.

    ``without`` are the free booths that its maker agreed to lose, where a page stands between. A booth whose
    size was given by somebody keeps it.
    """
    hold_own_edition(hall.edition, actor)
    return _draw(lock(hall), actor=actor, table=table, without=without)


def _draw(hall: Hall, *, actor: Any, table: Table, without: str | None = None) -> Hall:
    require(table.rows * table.columns <= MOST_BOOTHS, TooManyBooths, **_many(table.rows * table.columns))
    places = places_of(table)
    _ask_for_those_that_go(hall, places, without)
    areas = {one.number: Decimal(str(one.area)) for one in places}
    areas |= {one.number: one.area for one in hall.booths.filter(is_measured=True)}
    hall.width, hall.height = extent_of(places, table.aisle)
    hall.drawing, hall.entrances = "", [list(door) for door in doors_of(table)]
    return _keep_plan(hall, places, areas, actor=actor, by="table")


def take_drawing(
    hall: Hall,
    *,
    actor: Any,
    upload: Any,
    metres: Decimal | None = None,
    seen: str | None = None,
    without: str | None = None,
) -> tuple[Hall, Drawing]:
    """The hall as somebody drew it: booths are the shapes whose ids are booth numbers.

    ``metres`` is how wide the whole drawing is, where that was said: it gives booths their sizes.
    ``seen`` is the word of the plan in whose place it comes, and ``without`` the free booths that its maker
    agreed to lose, where a page stands between.
    """
    require(may_organise(actor, hall.edition), NotYours)
    # Read before anything is locked: a drawing that takes long holds up nobody else.
    drawing = _read(upload)
    require(len(drawing.places) <= MOST_BOOTHS, TooManyBooths, **_many(len(drawing.places)))
    if met := overlapping(drawing.places):
        raise BoothsOverlap(one=met[0].number, other=met[1].number)
    return _draw_as(hall, drawing, actor=actor, metres=metres, seen=seen, without=without), drawing


@transaction.atomic
def _draw_as(
    hall: Hall,
    drawing: Drawing,
    *,
    actor: Any,
    metres: Decimal | None,
    seen: str | None,
    without: str | None,
) -> Hall:
    """The hall as in a drawing; where nobody said its metres, a booth keeps its size, a new one has none."""
    hold_own_edition(hall.edition, actor)
    hall = lock(hall)
    require_as_shown(seen, plan_word(hall))
    _ask_for_those_that_go(hall, drawing.places, without)
    booths = hall.booths.filter(is_measured=True) if metres else hall.booths.all()
    known = dict(booths.values_list("number", "area"))
    sizes = _sizes_in(drawing, metres or Decimal(0))
    areas = {one.number: known.get(one.number, sizes[one.number]) for one in drawing.places}
    if large := next((number for number, area in areas.items() if area > LARGEST_BOOTH), None):
        raise BoothTooLarge(number=large)
    hall.width, hall.height, hall.drawing = drawing.width, drawing.height, drawing.markup
    hall.entrances = []
    return _keep_plan(hall, drawing.places, areas, actor=actor, by="drawing")


def _sizes_in(drawing: Drawing, metres: Decimal) -> dict[str, Decimal]:
    """The square metres of each booth of a drawing so many metres wide."""
    return {number: round(Decimal(share) * metres**2, 2) for number, share in drawing.shares.items()}


def _ask_for_those_that_go(hall: Hall, places: Iterable[Place], without: str | None) -> None:
    kept = {one.number for one in places}
    going = hall.booths.free().exclude(number__in=kept) if without is not None else ()
    require(not going or without == _listed(going), BoothsWouldGo, numbers=_listed(going))


def _read(upload: Any) -> Drawing:
    try:
        if upload.size > MOST_BYTES:
            raise BadDrawing("bytes")
        return drawing_from(upload.read(MOST_BYTES + 1))
    except BadDrawing as bad:
        raise DrawingRefused(reason=str(DrawingRefused.reasons[bad.why]) % bad.facts) from bad


def _many(count: int) -> dict[str, int]:
    return {"count": count, "most": MOST_BOOTHS}


def _keep_plan(
    hall: Hall, places: Sequence[Place], areas: dict[str, Decimal], *, actor: Any, by: str
) -> Hall:
    """A number keeps its booth; one that is left out must be free, and stays for its history."""
    numbers = [one.number for one in places]
    elsewhere = hall.edition.booths.filter(number__in=numbers).exclude(hall=hall)
    gone_ones = elsewhere.filter(is_on_plan=False)
    require(not (met := elsewhere.filter(is_on_plan=True)), NumbersElsewhere, numbers=_listed(met))
    known = {one.number: one for one in lock_all(hall.booths.all())}
    left_out = [one for number, one in known.items() if number not in set(numbers)]
    held = Allotment.objects.current().filter(booth__in=left_out).values("booth")
    require(not (met := Booth.objects.filter(pk__in=held)), BoothsInUse, numbers=_listed(met))
    # A number that another hall gave up goes where the new plan has it, with its history.
    known |= {one.number: one for one in lock_all(gone_ones)}
    kept, new = [], []
    for place in places:
        booth = known.get(place.number) or Booth(edition=hall.edition, number=place.number)
        (kept if booth.pk else new).append(_set(booth, hall, place, areas[place.number]))
    Booth.objects.bulk_update(kept, PLACED)
    Booth.objects.bulk_create(new)
    hall.booths.filter(pk__in=[one.pk for one in left_out]).update(is_on_plan=False)
    hall.save(update_fields=["width", "height", "drawing", "entrances"])
    facts = {"hall": hall.pk, "booths": len(places), "left_out": sorted(one.number for one in left_out)}
    record("hall_drawn", hall.edition, actor=actor, by=by, **facts)
    return hall


def _set(booth: Booth, hall: Hall, place: Place, area: Decimal) -> Booth:
    # Of one that comes back with another size nobody has said that.
    booth.is_measured = booth.is_measured and booth.area == area
    booth.hall, booth.area, booth.is_on_plan = hall, area, True
    booth.x, booth.y, booth.width, booth.height = place.x, place.y, place.width, place.height
    return booth


def _listed(booths: Iterable[Booth]) -> str:
    return ", ".join(sorted((one.number for one in booths), key=counted))


@transaction.atomic
def name_hall(hall: Hall, *, actor: Any, **names: str) -> Hall:
    """The hall under other names."""
    edition = hold_own_edition(hall.edition, actor)
    require(not bears_a_name(edition.halls.all(), names, but=hall), HallNameTaken)
    hall = lock(hall)
    was = hall.name_en
    for name, value in names.items():
        setattr(hall, name, value)
    hall.save(update_fields=list(names))
    record("hall_named", hall.edition, actor=actor, hall=hall.pk, was=was, **names)
    return hall


@transaction.atomic
def delete_hall(hall: Hall, *, actor: Any) -> None:
    """A hall where nobody ever stood, gone with its booths."""
    hold_own_edition(hall.edition, actor)
    list(lock_all(hall.booths.all()))
    used = Allotment.objects.filter(booth__hall=hall)
    require(not used.exists(), HallInUse)
    record("hall_deleted", hall.edition, actor=actor, hall=hall.pk, name=hall.name_en)
    hall.delete()


@transaction.atomic
def change_booth(booth: Booth, *, actor: Any, area: Decimal, category: Category | None) -> Booth:
    """The size of a booth, and what it is meant for."""
    hold_own_edition(booth.edition, actor)
    booth = lock(booth)
    was = [str(booth.area), booth.category_id]
    # Shown and sent back as it is, nobody gave it.
    if booth.area != area:
        booth.area, booth.is_measured = area, area > 0
    booth.category = category
    booth.save(update_fields=["area", "is_measured", "category"])
    now = [str(booth.area), booth.category_id]
    if was != now:
        record("booth_changed", booth.edition, actor=actor, booth=booth.number, was=was, now=now)
    return booth


@transaction.atomic
def mean_booths_for(hall: Hall, *, actor: Any, numbers: Sequence[str], category: Category | None) -> int:
    """Booths of a hall meant for a category, or for nobody any more; how many."""
    edition = hold_own_edition(hall.edition, actor)
    changed = hall.booths.standing().filter(number__in=numbers).update(category=category)
    facts = {"numbers": list(numbers), "category": category and category.pk}
    record("booths_meant", edition, actor=actor, hall=hall.pk, **facts)
    return changed


def copy_floor(old: Edition, new: Edition) -> None:
    """Halls, booths and plans of an edition, for its clone; who stood where stays behind."""
    categories = copies_of_categories(old, new)
    halls = {
        hall.pk: Hall(edition=new, **{name: getattr(hall, name) for name in COPIED})
        for hall in old.halls.all()
    }
    Hall.objects.bulk_create(halls.values())
    Booth.objects.bulk_create(
        _copy(booth, halls[booth.hall_id], categories.get(booth.category_id))
        for booth in old.booths.standing()
    )


def _copy(booth: Booth, hall: Hall, category: Category | None) -> Booth:
    return Booth(
        edition=hall.edition,
        hall=hall,
        number=booth.number,
        area=booth.area,
        is_measured=booth.is_measured,
        x=booth.x,
        y=booth.y,
        width=booth.width,
        height=booth.height,
        category=category,
    )


def refuse_mode_of_booths(edition: Edition, was: str) -> None:
    """A fair with halls does not move to a screen alone."""
    drawn = edition.booths.standing().count() if edition.mode == Mode.DIGITAL else 0
    require(not drawn, BoothsMeetSo, count=drawn)
