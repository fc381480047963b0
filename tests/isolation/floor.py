"""The addresses of a floor: what everybody reads, what its organiser draws, what an exhibitor shows."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fairs.floor.actions import add_document, add_offer, add_person, allot_at_once
from tests.factories.floor import exhibitor, fair
from tests.factories.pdfs import a_pdf

PUBLIC = {
    "fairs:booth": "pages of booths of an announced edition are for everybody; drafts are below",
    "fairs:booth_paper": "a paper that a shown booth hands out to everybody",
    "fairs:exhibitor": "as the page of a booth",
    "fairs:exhibitors": "exhibitors of an announced edition are for everybody",
    "fairs:exhibitors_now": "the same, those at whose stand somebody is",
    "fairs:hall_plan": "the plan of an announced edition is for everybody",
}
HALL = {"name_en": "Ours now", "name_fr": "Ours now", "name_ar": "Ours now"}
TABLE = {"rows": 2, "columns": 4, "width": 3, "depth": 3, "aisle": 3, "block": 0, "first_row": 0}


def build(keeper: Any) -> SimpleNamespace:
    """A fair where the keeper’s cooperative has a booth with everything that a booth shows."""
    scene = fair()
    one = exhibitor(scene.edition, membership=keeper)
    run = allot_at_once(scene.edition, actor=scene.organiser)
    upload = SimpleUploadedFile("paper.pdf", a_pdf())
    last_day = timezone.localdate() + timedelta(days=1)
    return SimpleNamespace(
        edition=scene.edition,
        hall=scene.hall,
        booth=run.allotments.get().booth,
        free=scene.edition.booths.last(),
        exhibitor=one,
        run=run,
        keeper=keeper,
        organiser=SimpleNamespace(user=scene.organiser, organisation=scene.edition.series.organiser),
        person=add_person(one, actor=keeper.user, name="Amina", languages=["ar"]),
        offer=add_offer(one, actor=keeper.user, last_day=last_day, text_en="Less"),
        paper=add_document(one, actor=keeper.user, name="List", upload=upload),
    )


def owned(floor: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and body of each address that is not for everybody."""
    yield from _of_the_organiser(floor, {"slug": floor.edition.slug})
    yield from _of_the_exhibitor(floor, {"slug": floor.edition.slug})


def _of_the_organiser(floor: Any, slug: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    runs, hall, booth = floor.organiser, {**slug, "pk": floor.hall.pk}, {**slug, "pk": floor.booth.pk}
    moved = {"booth": floor.free.pk, "exhibitor": floor.exhibitor.pk, "away_from": floor.booth.pk}
    yield "fairs:floor", slug, runs
    yield "fairs:start_hall", slug, runs, False, {**HALL, **TABLE, "first_row": 5}
    yield "fairs:allot", slug, runs, False, moved
    yield "fairs:allot_all", slug, runs
    yield "fairs:undo_run", {**slug, "pk": floor.run.pk}, runs, False, {"asked": 0}
    yield "fairs:hall", hall, runs
    yield "fairs:name_hall", hall, runs, False, HALL
    yield "fairs:draw_hall", hall, runs, False, TABLE
    yield "fairs:take_drawing", hall, runs
    yield "fairs:mean_booths", hall, runs, False, {"numbers": "A1", "category": ""}
    yield "fairs:delete_hall", hall, runs
    yield "fairs:floor_booth", booth, runs
    yield "fairs:change_booth", booth, runs, False, {"area": "1", "category": ""}
    yield "fairs:free_booth", booth, runs


def _of_the_exhibitor(floor: Any, slug: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    keeper = floor.keeper
    yield "fairs:booth_desk", slug, keeper
    yield "fairs:booth_texts", slug, keeper, False, {"about_en": "Ours now"}
    yield "fairs:booth_products", slug, keeper, False, {"products": []}
    yield "fairs:booth_people", slug, keeper, False, {"name": "Me", "languages": ["ar"]}
    yield "fairs:booth_person", {**slug, "pk": floor.person.pk}, keeper, False, {"where": "there"}
    yield "fairs:remove_booth_person", {**slug, "pk": floor.person.pk}, keeper
    yield "fairs:issue_from_booth", {**slug, "pk": floor.person.pk}, keeper
    offered = {"text_en": "Ours now", "last_day": str(floor.offer.last_day)}
    yield "fairs:booth_offers", slug, keeper, False, offered
    yield "fairs:remove_booth_offer", {**slug, "pk": floor.offer.pk}, keeper
    yield "fairs:booth_papers", slug, keeper, False, {"name": "Ours now"}
    yield "fairs:remove_booth_paper", {**slug, "pk": floor.paper.pk}, keeper
