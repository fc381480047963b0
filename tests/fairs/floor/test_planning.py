from dataclasses import replace
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairs.editions.actions import clone_edition
from fairs.editions.errors import EditionOver
from fairs.editions.states import EditionState
from fairs.floor.actions import (
    allot_booth,
    change_booth,
    delete_hall,
    draw_hall,
    free_booth,
    mean_booths_for,
    start_hall,
    take_drawing,
)
from fairs.floor.errors import (
    BoothsInUse,
    BoothsOverlap,
    BoothTooLarge,
    DrawingRefused,
    HallInUse,
    HallNameTaken,
    NumbersElsewhere,
    TooManyBooths,
)
from fairs.floor.geometry import Table
from fairs.floor.models import Allotment, Booth, Hall
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.floor import NAMES, booth, exhibitor, fair
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OTHER_NAMES = {"name_en": "Hall 9", "name_fr": "Hall neuf", "name_ar": "القاعة 9"}
PLANNED = Table(rows=2, columns=4, width=30, depth=30, aisle=30)
SMALLER = Table(rows=1, columns=4, width=30, depth=30, aisle=30)
PLAN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 500"><path d="M0 0H500"/>'
    '<rect id="A1" x="0" y="0" width="50" height="50"/>'
    '<rect id="Z9" x="{x}" y="0" width="50" height="50"/></svg>'
)


def upload(text):
    return SimpleUploadedFile("hall.svg", text.encode())


def numbers(hall):
    return sorted(hall.booths.standing().values_list("number", flat=True))


def test_hall_is_drawn_from_its_table():
    scene = fair()

    assert numbers(scene.hall) == ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]
    assert (scene.hall.width, scene.hall.height) == (180, 135)
    assert booth(scene, "A1").area == Decimal("9.0")
    logged = LogEntry.objects.filter(subject_type="fairs.edition").order_by("pk")
    assert list(logged.values_list("verb", flat=True)) == ["hall_started", "hall_drawn"]


def test_doors_go_with_the_plan_to_the_next_edition_and_go_when_a_drawing_takes_its_place():
    scene = fair(table=replace(SMALLER, doors=("left",)))
    later = scene.edition.starts_on.replace(year=scene.edition.starts_on.year + 1)

    new = clone_edition(scene.edition, actor=scene.organiser, starts_on=later)
    hall, _drawing = take_drawing(scene.hall, actor=scene.organiser, upload=upload(PLAN.format(x=60)))

    assert new.halls.get().entrances == [["left", 30]]
    assert Hall.objects.get(pk=hall.pk).entrances == []


def test_two_halls_have_no_name_in_common():
    scene = fair()

    with pytest.raises(HallNameTaken):
        start_hall(scene.edition, actor=scene.organiser, table=SMALLER, **NAMES)

    assert scene.edition.halls.count() == 1


def test_stranger_draws_nothing():
    scene = fair(table=None)

    with pytest.raises(NotYours):
        start_hall(scene.edition, actor=UserFactory(), table=SMALLER, **NAMES)

    assert Hall.objects.count() == 0


def test_plan_stands_fast_once_the_edition_is_over():
    scene = fair(state=EditionState.CLOSED)

    with pytest.raises(EditionOver):
        draw_hall(scene.hall, actor=scene.organiser, table=SMALLER)

    assert len(numbers(scene.hall)) == 8


def test_new_plan_keeps_who_stands_in_a_booth_of_the_same_number():
    scene = fair()
    one = exhibitor(scene.edition)
    allot_booth(booth(scene, "A2"), one, actor=scene.organiser)

    draw_hall(scene.hall, actor=scene.organiser, table=SMALLER)

    assert numbers(scene.hall) == ["A1", "A2", "A3", "A4"]
    assert Allotment.objects.current().get().booth.number == "A2"


@pytest.mark.parametrize(("said", "kept"), [("12.5", "12.5"), ("9", "16"), ("0", "16")])
def test_new_plan_keeps_the_size_that_somebody_gave_a_booth(said, kept):
    scene = fair()
    change_booth(booth(scene, "A2"), actor=scene.organiser, area=Decimal(said), category=None)

    draw_hall(scene.hall, actor=scene.organiser, table=replace(SMALLER, width=40, depth=40))

    areas = dict(scene.hall.booths.standing().values_list("number", "area"))
    assert (areas["A1"], areas["A2"]) == (Decimal("16.0"), Decimal(kept))


def test_booths_of_a_drawing_that_nobody_measured_take_the_size_of_the_next_table():
    scene = fair()
    change_booth(booth(scene, "B1"), actor=scene.organiser, area=Decimal("12.25"), category=None)
    drawn = '<svg viewBox="0 0 500 500"><rect id="A1" width="50" height="30"/>'
    drawn += '<rect id="B1" y="60" width="50" height="30"/></svg>'
    take_drawing(scene.hall, actor=scene.organiser, upload=upload(drawn))

    draw_hall(scene.hall, actor=scene.organiser, table=replace(PLANNED, width=50, depth=40))

    areas = dict(scene.hall.booths.standing().values_list("number", "area"))
    assert (areas["A1"], areas["B1"]) == (Decimal(20), Decimal("12.25"))


def test_drawing_whose_width_is_said_gives_booths_their_sizes():
    scene = fair()
    change_booth(booth(scene, "A2"), actor=scene.organiser, area=Decimal(7), category=None)
    drawn = '<svg viewBox="0 0 500 250"><rect id="A1" width="50" height="30"/>'
    drawn += '<rect id="A2" y="60" width="50" height="30"/></svg>'

    take_drawing(scene.hall, actor=scene.organiser, upload=upload(drawn), metres=Decimal(50))

    areas = dict(scene.hall.booths.standing().values_list("number", "area"))
    assert areas == {"A1": Decimal(15), "A2": Decimal(7)}


def test_size_is_reckoned_from_the_drawing_before_it_is_rounded():
    scene = fair()
    drawn = '<svg viewBox="0 0 700 700"><rect id="A1" width="3" height="3"/></svg>'

    take_drawing(scene.hall, actor=scene.organiser, upload=upload(drawn), metres=Decimal(700))

    assert booth(scene, "A1").area == Decimal(9)


def test_width_by_which_a_booth_is_larger_than_any_hall_is_refused(refused):
    scene = fair()
    drawn = '<svg viewBox="0 0 100 4000"><rect id="A1" width="10" height="10"/>'
    drawn += '<rect id="B2" y="20" width="100" height="900"/></svg>'

    refusal = refused(
        BoothTooLarge,
        take_drawing,
        scene.hall,
        actor=scene.organiser,
        upload=upload(drawn),
        metres=Decimal(1000),
    )

    assert refusal.facts == {"number": "B2"}
    assert len(numbers(scene.hall)) == 8


def test_drawing_far_longer_than_wide_is_refused():
    scene = fair()
    drawn = '<svg viewBox="0 0 0.5 4000"><rect id="A1" width="0.5" height="900"/></svg>'

    with pytest.raises(DrawingRefused) as refusal:
        take_drawing(scene.hall, actor=scene.organiser, upload=upload(drawn), metres=Decimal(1000))

    assert "more than 50 times as long as it is wide" in refusal.value.message
    assert len(numbers(scene.hall)) == 8


def test_size_that_was_given_stays_with_a_booth_that_goes_and_comes_back():
    scene = fair()
    change_booth(booth(scene, "B1"), actor=scene.organiser, area=Decimal("12.25"), category=None)

    draw_hall(scene.hall, actor=scene.organiser, table=SMALLER)
    draw_hall(scene.hall, actor=scene.organiser, table=PLANNED)

    assert (booth(scene, "B1").area, booth(scene, "B1").is_measured) == (Decimal("12.25"), True)


def test_booth_sent_back_as_it_is_is_logged_as_no_change():
    scene = fair()
    before = LogEntry.objects.count()

    change_booth(booth(scene, "B1"), actor=scene.organiser, area=Decimal(9), category=None)

    assert LogEntry.objects.count() == before


def test_size_that_was_given_before_it_was_kept_apart_is_found_in_the_log():
    scene = fair()
    for number, areas in (("A1", ("12.5",)), ("A2", ("12.5", "9")), ("A3", ("12.5", "0"))):
        for area in areas:
            change_booth(booth(scene, number), actor=scene.organiser, area=Decimal(area), category=None)
    Booth.objects.update(is_measured=False)

    import_module("fairs.migrations.0020_sizes_that_were_given").mark_given(apps, None)

    assert set(Booth.objects.filter(is_measured=True).values_list("number", flat=True)) == {"A1", "A2"}


def test_booth_of_half_metres_is_kept_to_the_hundredth():
    scene = fair()

    draw_hall(scene.hall, actor=scene.organiser, table=replace(PLANNED, width=25, depth=25))

    assert booth(scene, "A1").area == Decimal("6.25")


def test_new_plan_leaves_out_no_booth_where_somebody_stands():
    scene = fair()
    allot_booth(booth(scene, "B1"), exhibitor(scene.edition), actor=scene.organiser)

    with pytest.raises(BoothsInUse) as refusal:
        draw_hall(scene.hall, actor=scene.organiser, table=SMALLER)

    assert refusal.value.facts == {"numbers": "B1"}
    assert len(numbers(scene.hall)) == 8


def test_booth_that_was_left_out_comes_back_with_its_history():
    scene = fair()
    there = booth(scene, "B1")
    allot_booth(there, exhibitor(scene.edition), actor=scene.organiser)
    free_booth(there, actor=scene.organiser)
    draw_hall(scene.hall, actor=scene.organiser, table=SMALLER)

    second = start_hall(
        scene.edition, actor=scene.organiser, table=Table(1, 1, 30, 30, 30, first_row=1), **OTHER_NAMES
    )

    assert second.booths.get() == there
    assert Booth.objects.filter(number="B1").count() == 1


def test_two_halls_have_no_number_in_common():
    scene = fair()

    with pytest.raises(NumbersElsewhere) as refusal:
        start_hall(scene.edition, actor=scene.organiser, table=SMALLER, **OTHER_NAMES)

    assert refusal.value.facts == {"numbers": "A1, A2, A3, A4"}
    assert Hall.objects.count() == 1


def test_hall_holds_so_many_booths_and_no_more():
    scene = fair(table=None)

    with pytest.raises(TooManyBooths):
        start_hall(scene.edition, actor=scene.organiser, table=Table(25, 10, 30, 30, 30), **NAMES)

    assert Hall.objects.count() == 0


def test_drawing_takes_the_place_of_the_table_and_booths_keep_their_size():
    scene = fair()

    hall, drawing = take_drawing(scene.hall, actor=scene.organiser, upload=upload(PLAN.format(x=60)))

    assert numbers(hall) == ["A1", "Z9"]
    assert (hall.width, hall.height, drawing.left_out) == (1000, 1000, ())
    assert [booth(scene, number).area for number in ("A1", "Z9")] == [Decimal(9), Decimal(0)]
    assert booth(scene, "Z9").x == 120


@pytest.mark.parametrize(
    ("text", "refusal"), [("<svg/>", DrawingRefused), (PLAN.format(x=10), BoothsOverlap)]
)
def test_drawing_that_is_refused_leaves_the_plan_as_it_was(text, refusal):
    scene = fair()
    logged = LogEntry.objects.count()

    with pytest.raises(refusal):
        take_drawing(scene.hall, actor=scene.organiser, upload=upload(text))

    assert len(numbers(scene.hall)) == 8
    assert LogEntry.objects.count() == logged


class NotingUpload:
    """A file that notes what the database was asked before it is read."""

    size = 1

    def __init__(self, text, asked):
        self.text, self.asked, self.before = text, asked, []

    def read(self, _most):
        self.before = [one["sql"] for one in self.asked.captured_queries]
        return self.text.encode()


def test_drawing_is_read_before_anything_is_locked():
    scene = fair()

    with CaptureQueriesContext(connection) as asked:
        file = NotingUpload(PLAN.format(x=60), asked)
        take_drawing(scene.hall, actor=scene.organiser, upload=file)

    assert [sql for sql in file.before if "SAVEPOINT" in sql or "FOR UPDATE" in sql] == []
    assert "SAVEPOINT" in "".join(one["sql"] for one in asked.captured_queries)


def test_drawing_of_a_stranger_is_not_even_read():
    scene = fair()

    with CaptureQueriesContext(connection) as asked, pytest.raises(NotYours):
        file = NotingUpload("<svg/>", asked)
        take_drawing(scene.hall, actor=UserFactory(), upload=file)

    assert file.before == []


def test_refusal_of_a_drawing_says_which_booth():
    scene = fair()
    twice = PLAN.format(x=60).replace("Z9", "A1")

    with pytest.raises(DrawingRefused) as refusal:
        take_drawing(scene.hall, actor=scene.organiser, upload=upload(twice))

    assert "booth A1 is in it twice." in refusal.value.message


def test_drawing_of_twenty_megabytes_is_refused_with_a_sentence():
    scene = fair()

    with pytest.raises(DrawingRefused) as refusal:
        take_drawing(scene.hall, actor=scene.organiser, upload=upload("x" * 20_000_000))

    assert "it is larger than 2 MB." in refusal.value.message


def test_hall_where_somebody_stood_is_not_deleted():
    scene = fair()
    there = booth(scene, "A1")
    allot_booth(there, exhibitor(scene.edition), actor=scene.organiser)
    free_booth(there, actor=scene.organiser)

    with pytest.raises(HallInUse):
        delete_hall(scene.hall, actor=scene.organiser)

    assert Hall.objects.count() == 1


def test_unused_hall_is_deleted_with_its_booths():
    scene = fair()

    delete_hall(scene.hall, actor=scene.organiser)

    assert (Hall.objects.count(), Booth.objects.count()) == (0, 0)


def test_booths_are_meant_for_a_category_one_by_one_or_several():
    scene = fair()
    saffron, rugs = scene.categories

    mean_booths_for(scene.hall, actor=scene.organiser, numbers=["A1", "A2"], category=saffron)
    change_booth(booth(scene, "A2"), actor=scene.organiser, area=Decimal("7.5"), category=rugs)

    meant = dict(scene.edition.booths.exclude(category=None).values_list("number", "category"))
    assert meant == {"A1": saffron.pk, "A2": rugs.pk}
    assert booth(scene, "A2").area == Decimal("7.5")


def test_clone_takes_the_floor_along_and_leaves_who_stood_there():
    scene = fair()
    mean_booths_for(scene.hall, actor=scene.organiser, numbers=["A1"], category=scene.categories[1])
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)
    later = scene.edition.starts_on.replace(year=scene.edition.starts_on.year + 1)

    new = clone_edition(scene.edition, actor=scene.organiser, starts_on=later)

    assert numbers(new.halls.get()) == numbers(scene.hall)
    assert new.booths.get(number="A1").category == new.categories.get(name_en="Rugs")
    assert Allotment.objects.filter(booth__edition=new).count() == 0
