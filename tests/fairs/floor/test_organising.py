from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fairs.floor.actions import allot_at_once, allot_booth, change_booth, take_drawing
from fairs.floor.geometry import row_letters
from fairs.floor.models import Allotment, Hall
from tests.factories.floor import booth, exhibitor, fair
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FLOOR_QUERIES = 14
NAMED = {"name_en": "Hall 2", "name_fr": "Salle 2", "name_ar": "القاعة 2"}
HALL = {**NAMED, "rows": 2, "columns": 3, "width": 3, "depth": 3, "aisle": 3, "block": 0, "first_row": 4}


def address(name, scene, *more):
    return reverse(f"fairs:{name}", args=[scene.edition.slug, *more])


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def scene(client):
    """A fair whose organiser is signed in."""
    found = fair()
    client.force_login(found.organiser)
    return found


def standing():
    return dict(Allotment.objects.current().values_list("booth__number", "exhibitor"))


@pytest.mark.parametrize("number", [1, 3])
def test_floor_asks_as_much_for_many_as_for_one(client, scene, django_assert_num_queries, number):
    for column in range(number):
        one = exhibitor(scene.edition, category=scene.categories[0])
        allot_booth(booth(scene, f"A{column + 1}"), one, actor=scene.organiser)
    for _column in range(number):
        exhibitor(scene.edition, category=scene.categories[1])
    client.get(address("floor", scene))

    with django_assert_num_queries(FLOOR_QUERIES):
        client.get(address("floor", scene))


def test_hall_is_drawn_from_what_was_typed(client, scene):
    answer = client.post(address("start_hall", scene), HALL)

    hall = Hall.objects.exclude(pk=scene.hall.pk).get()
    assert answer.url == f"{address('hall', scene, hall.pk)}?done=start_hall-new-{scene.edition.slug}"
    assert list(hall.booths.values_list("number", flat=True)) == ["E1", "E2", "E3", "F1", "F2", "F3"]


def test_doors_are_ticked_by_their_wall_and_come_back_when_the_hall_is_drawn_anew(client, scene):
    client.post(address("start_hall", scene), {**HALL, "doors": ["top", "left"]})
    hall = Hall.objects.exclude(pk=scene.hall.pk).get()

    form = client.get(address("draw_hall", scene, hall.pk)).context["form"]
    send(client, address("draw_hall", scene, hall.pk), doors=["right"])

    assert [wall for wall, _at in hall.entrances] == form["doors"].value() == ["top", "left"]
    hall.refresh_from_db()
    assert [wall for wall, _at in hall.entrances] == ["right"]


def test_hall_that_is_sent_as_it_is_shown_stays_as_it_is(client, scene):
    sizes = {"width": "2.5", "depth": "3.5", "aisle": "1.5", "block": 2, "first_row": 27}
    client.post(address("start_hall", scene), {**HALL, **sizes, "doors": ["top"]})
    hall = Hall.objects.exclude(pk=scene.hall.pk).get()
    change_booth(hall.booths.get(number="AB1"), actor=scene.organiser, area=Decimal(20), category=None)
    before = [*Hall.objects.values(), *hall.booths.order_by("pk").values()]

    answer = send(client, address("draw_hall", scene, hall.pk))

    assert answer.status_code == 302
    assert [*Hall.objects.values(), *hall.booths.order_by("pk").values()] == before


def sheet_of(booths):
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 500">{booths}</svg>'
    return SimpleUploadedFile("h.svg", drawn.encode())


def test_table_after_a_drawing_of_many_rows_opens_with_values_that_it_takes(client, scene):
    booths = (f'<rect id="{row_letters(row)}1" y="{row * 10}" width="9" height="9"/>' for row in range(45))
    take_drawing(scene.hall, actor=scene.organiser, upload=sheet_of("".join(booths)))

    form = client.get(address("draw_hall", scene, scene.hall.pk)).context["form"]

    assert (form["rows"].value(), form["columns"].value()) == (40, 1)


def test_width_of_a_drawing_is_asked_in_metres(client, scene):
    one = '<rect id="A1" width="50" height="30"/>'
    page = address("take_drawing", scene, scene.hall.pk)

    asked = client.post(page, {"drawing": sheet_of(one), "metres": "50"})
    agreed = asked.context["form"].fields["without"].widget.attrs["value"]
    seen = asked.context["asked"]
    client.post(page, {"drawing": sheet_of(one), "metres": "50", "without": agreed, "asked": seen})

    assert booth(scene, "A1").area == Decimal(15)


def test_table_that_leaves_out_free_booths_asks_first_and_names_them(client, scene):
    page = address("draw_hall", scene, scene.hall.pk)

    asked = send(client, page, rows=1)
    assert "leaves out free booths: B1, B2, B3, B4. The plan stays" in asked.content.decode()
    assert scene.hall.booths.standing().count() == 8

    client.post(page, as_shown(asked, without="B1, B2, B3, B4"))
    assert scene.hall.booths.standing().count() == 4


def test_hall_is_drawn_after_twenty_six_rows_too(client, scene):
    client.post(address("start_hall", scene), {**HALL, "rows": 24, "first_row": 2})
    form = client.get(address("start_hall", scene)).context["form"]

    third = {"name_en": "Hall 3", "name_fr": "Salle 3", "name_ar": "القاعة 3"}
    client.post(address("start_hall", scene), {**HALL, **third, "first_row": form["first_row"].value()})

    numbers = Hall.objects.get(name_en="Hall 3").booths.values_list("number", flat=True)
    assert list(numbers) == ["AA1", "AA2", "AA3", "AB1", "AB2", "AB3"]


@pytest.mark.parametrize("sent", ["roof", "\x00"])
def test_door_in_no_wall_is_refused_at_its_field(client, scene, sent):
    page = client.post(address("start_hall", scene), {**HALL, "doors": [sent]})

    assert list(page.context["form"].errors) == ["doors"]
    assert Hall.objects.count() == 1


def test_next_hall_begins_with_the_first_free_letter(client, scene):
    form = client.get(address("start_hall", scene)).context["form"]

    assert form["first_row"].value() == 2


def test_refused_plan_is_told_above_what_was_typed(client, scene):
    page = client.post(address("start_hall", scene), {**HALL, "first_row": 0})

    assert "Another hall of this edition has these booth numbers already" in page.content.decode()
    assert Hall.objects.count() == 1


def drawing_of(*numbers, more=""):
    shapes = "".join(f'<rect id="{one}" x="{at}" width="1" height="1"/>' for at, one in enumerate(numbers))
    content = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{more}{shapes}</svg>'
    return SimpleUploadedFile("a.svg", content.encode())


def test_drawing_is_taken_and_says_what_was_left_out(client, scene):
    every = sorted(scene.hall.booths.values_list("number", flat=True))

    answer = client.post(
        address("take_drawing", scene, scene.hall.pk), {"drawing": drawing_of(*every, more="<animate/>")}
    )

    assert told(answer) == ["The drawing is taken, with 8 booths. Left out: animate."]


def test_drawing_that_leaves_out_free_booths_asks_first_and_names_them(client, scene):
    page = address("take_drawing", scene, scene.hall.pk)
    every = sorted(scene.hall.booths.values_list("number", flat=True))

    asked = client.post(page, {"drawing": drawing_of(*every[2:])})
    other = client.post(page, {"drawing": drawing_of(*every[1:]), "without": "A1, A2"})

    assert 'value="A1, A2"' in asked.content.decode()
    assert "leaves out free booths: A1. The plan stays" in other.content.decode()
    assert scene.hall.booths.standing().count() == 8
    client.post(page, {"drawing": drawing_of(*every[2:]), "without": "A1, A2"})
    assert sorted(scene.hall.booths.standing().values_list("number", flat=True)) == every[2:]


def test_free_booth_of_a_fair_without_exhibitors_says_so(client, scene):
    page = client.get(address("floor_booth", scene, booth(scene, "A1").pk)).content.decode()

    assert "Nobody exhibits in the halls yet." in page
    assert "Every exhibitor has a booth." not in page


def test_booths_are_meant_for_a_category_by_their_numbers(client, scene):
    category = scene.categories[0]

    client.post(
        address("mean_booths", scene, scene.hall.pk), {"numbers": "a1-a3, b2", "category": category.pk}
    )

    meant = category.booths.values_list("number", flat=True)
    assert sorted(meant) == ["A1", "A2", "A3", "B2"]


def test_strange_number_is_told_at_its_field(client, scene):
    page = client.post(address("mean_booths", scene, scene.hall.pk), {"numbers": "A1, X9"})

    assert page.context["form"].errors == {"numbers": ["This hall has no such booth: X9."]}


def test_booth_is_allotted_moved_and_freed_without_script(client, scene):
    one = exhibitor(scene.edition)
    first, second = booth(scene, "A1"), booth(scene, "A2")

    client.post(address("allot", scene), {"booth": first.pk, "exhibitor": one.pk})
    assert standing() == {"A1": one.pk}
    client.post(address("allot", scene), {"booth": second.pk, "exhibitor": one.pk, "away_from": first.pk})
    assert standing() == {"A2": one.pk}
    client.post(address("free_booth", scene, second.pk))
    assert standing() == {}


def test_loser_of_a_race_reads_why(client, scene):
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)
    late = exhibitor(scene.edition)

    answer = client.post(address("allot", scene), {"booth": booth(scene, "A1").pk, "exhibitor": late.pk})

    assert told(answer) == ["Booth A1 has just been taken. Nothing was changed; choose another one."]


@pytest.mark.parametrize("sent", [{}, {"booth": "x", "exhibitor": "9" * 40}])
def test_allotment_of_nothing_is_told(client, scene, sent):
    answer = client.post(address("allot", scene), sent)

    assert told(answer) == ["Choose a booth and an exhibitor. Nothing was changed."]


def test_booth_of_another_edition_is_not_found(client, scene):
    other = fair()
    one = exhibitor(other.edition)

    client.post(address("allot", scene), {"booth": booth(other, "A1").pk, "exhibitor": one.pk})

    assert standing() == {}
    assert client.get(address("floor_booth", scene, booth(other, "A1").pk)).status_code == 404
    assert client.get(address("hall", scene, other.hall.pk)).status_code == 404


def test_run_is_explained_and_undone(client, scene):
    one = exhibitor(scene.edition, category=scene.categories[0])

    client.post(address("allot_all", scene))
    page = client.get(address("floor", scene))

    run = page.context["explained"]["run"]
    assert [each.exhibitor for each in run.kept] == [one]
    assert "the nearest free booth" in page.content.decode()
    undo = client.get(address("undo_run", scene, run.pk))
    assert undo.context["intro"] == "The plan is public. 1 exhibitor loses its number, and is written to."
    client.post(address("undo_run", scene, run.pk), {"asked": undo.context["asked"]})
    assert standing() == {}


def test_booth_page_tells_who_stood_there(client, scene):
    one = exhibitor(scene.edition)
    run = allot_at_once(scene.edition, actor=scene.organiser)
    there = run.allotments.get().booth
    client.post(address("free_booth", scene, there.pk))

    page = client.get(address("floor_booth", scene, there.pk))

    assert [each.exhibitor for each in page.context["history"]] == [one]
    assert list(page.context["form"]["exhibitor"].field.queryset) == [one]


def test_booth_page_changes_size(client, scene):
    there = booth(scene, "A1")

    send(client, address("change_booth", scene, there.pk), area="12.5")

    there.refresh_from_db()
    assert str(there.area) == "12.50"


def test_board_tells_how_far_allotting_has_come(client, scene):
    exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)

    shown = client.get(address("board", scene)).context

    assert [(row.name, row.done, row.of) for row in shown["progress"]] == [("Booths allotted", 1, 8)]
    assert [(todo.count, todo.text) for todo in shown["agenda"].now if todo.address == "fairs:floor"] == [
        (1, "exhibitor has no booth")
    ]


def test_board_says_in_words_what_was_done_on_the_floor(client, scene):
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)

    page = client.get(address("board", scene)).content.decode()

    assert [word for word in ("A booth was allotted", "A hall was drawn") if word not in page] == []


def test_page_of_all_booths_speaks_of_a_run_once_there_was_one(client, scene):
    exhibitor(scene.edition)

    shown = client.get(address("allot_all", scene)).context

    assert (shown["heading"], shown["intro"]) == (
        "Allot all by category",
        "It gives a number to 1 exhibitor that has none, and moves nobody.",
    )


def test_second_run_asks_first_and_says_how_many_it_seats(client, scene):
    exhibitor(scene.edition)
    client.post(address("allot_all", scene))
    exhibitor(scene.edition)

    pressed = client.post(address("allot_all", scene))
    asked = client.get(pressed.url)

    assert (pressed.url, len(standing())) == (address("allot_all", scene), 1)
    assert asked.context["intro"].endswith("gives a number to 1 exhibitor that has none, and moves nobody.")
    client.post(address("allot_all", scene), {"asked": asked.context["asked"]})
    assert len(standing()) == 2
