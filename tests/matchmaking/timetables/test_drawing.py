"""A day of a timetable drawn: marks in cells, closed slots, and shares where tables are many."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.models import Closure, Matching, Meeting, MeetingTable, Slot, Version
from matchmaking.timetables import drawing
from matchmaking.timetables.actions import publish
from matchmaking.timetables.comparing import Difference, Place
from matchmaking.timetables.drawing import drawn, held, marked_of
from matchmaking.timetables.states import Mark
from matchmaking.timetables.told import Told
from tests.factories.matchmaking import meeting_edition

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def scene(fair):
    """The slots and tables of the fair, and a meeting of each request wherever it is put."""
    slots = list(Slot.objects.filter(edition=fair.edition))
    tables = list(MeetingTable.objects.filter(edition=fair.edition, kind="standard"))

    def place(request, slot, table):
        asked = fair.requests[request]
        return Place(asked.pk, slots[slot].pk, tables[table].pk, asked.buyer_id, asked.exporter_id)

    def draw(marked, *, closed=None, **asked):
        return drawn(fair.edition, marked, told=Told(fair.edition, []), closed=closed or {}, asked=asked)

    fair.slots, fair.tables, fair.place, fair.draw = slots, tables, place, draw
    return fair


def cells_of(shown, kind=0):
    return [[cell for cell in row.cells if cell] for row in shown.kinds[kind].rows]


def test_nothing_is_drawn_while_no_meeting_has_a_place(scene):
    assert scene.draw([]) is None


def test_each_cell_says_what_is_new_about_its_meeting(scene):
    new, was, now, gone = (
        scene.place(0, 0, 0),
        scene.place(1, 1, 0),
        scene.place(1, 2, 0),
        scene.place(2, 1, 1),
    )
    marked = marked_of(Difference(new=[new], moved=[(was, now)], cancelled=[gone]))

    shown = scene.draw(marked, closed={scene.tables[1].pk: {scene.slots[0].pk}})

    assert cells_of(shown) == [[Mark.NEW, Mark.MOVED], [Mark.CLOSED, Mark.CANCELLED]]
    assert shown.marks == [Mark.NEW, Mark.MOVED, Mark.CANCELLED, Mark.CLOSED]
    said = [(line["mark"], line["request"]) for line in shown.page.object_list]
    assert said == [
        (Mark.NEW, scene.requests[0]),
        (Mark.CANCELLED, scene.requests[2]),
        (Mark.MOVED, scene.requests[1]),
    ]


def test_a_meeting_hides_the_one_that_was_cancelled_at_its_place(scene):
    comes, gone = scene.place(0, 0, 0), scene.place(1, 0, 0)

    shown = scene.draw(marked_of(Difference(new=[comes], cancelled=[gone])))

    assert cells_of(shown) == [[Mark.NEW], []]


def test_the_day_that_changes_is_drawn_and_any_other_on_request(scene):
    last = len(scene.slots) - 1
    first_day, last_day = scene.slots[0].on, scene.slots[last].on
    marked = marked_of(Difference(same=[scene.place(0, 0, 0)], new=[scene.place(1, last, 0)]))

    assert scene.draw(marked).on == last_day
    assert scene.draw(marked, on=first_day.isoformat()).on == first_day
    for wrong in ("2026-99-99", "soon", (last_day + timedelta(days=400)).isoformat()):
        assert scene.draw(marked, on=wrong).on == last_day


def test_many_tables_are_drawn_by_how_many_of_them_are_taken(scene, monkeypatch):
    monkeypatch.setattr(drawing, "MOST_ROWS", 1)
    places = held([scene.place(0, 0, 0), scene.place(1, 1, 0), scene.place(2, 1, 1)])

    shown = scene.draw(places, closed={scene.tables[1].pk: {scene.slots[0].pk}})

    (kind,) = shown.kinds
    assert (shown.is_dense, kind.rows) == (True, [])
    assert [(one.taken, one.opened, one.shade) for one in kind.filled[:3]] == [
        (1, 1, 5),
        (2, 2, 5),
        (0, 2, 0),
    ]


def test_a_slot_that_exists_no_more_is_left_out(scene):
    other = meeting_edition()
    lost = Slot.objects.filter(edition=other).first()
    strange = Place(scene.requests[0].pk, lost.pk, scene.tables[0].pk, 1, 2)

    shown = scene.draw(held([strange, scene.place(1, 0, 0)]))

    assert [line["request"] for line in shown.page.object_list] == [scene.requests[1]]


def test_draft_version_and_timetable_are_drawn_on_their_pages(client, fair, makes):
    client.force_login(fair.organiser)
    run = makes()
    page = client.get(reverse("matchmaking:run", args=[fair.edition.slug, run.pk]))
    assert [page.content.count(b'class="is-new"'), page.context["drawn"].page.paginator.count] == [3, 3]
    version = publish(run, actor=fair.organiser)

    for name, rest in (("version", [version.number]), ("timetable", [])):
        page = client.get(reverse(f"matchmaking:{name}", args=[fair.edition.slug, *rest]))
        assert page.content.count(b'class="is-held"') == 3


def test_a_table_that_a_repair_closes_is_drawn_closed(client, fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.first()
    last = Slot.objects.filter(edition=fair.edition, on=meeting.slot.on).last()
    run = makes(mode="repair", upset={"tables": {str(meeting.table_id): [last.pk]}})
    client.force_login(fair.organiser)

    page = client.get(reverse("matchmaking:run", args=[fair.edition.slug, run.pk]))

    assert (page.content.count(b'<td class="is-closed">'), Closure.objects.count()) == (1, 0)


def test_pages_of_a_draft_lead_on(client, fair, makes):
    client.force_login(fair.organiser)
    home, run = reverse("matchmaking:timetable", args=[fair.edition.slug]), makes()
    answer = client.post(home, {"mode": "plan", "seconds": "10"})
    newer = fair.edition.timetable_runs.first()
    assert answer.url.partition("?")[0] == reverse("matchmaking:run", args=[fair.edition.slug, newer.pk])
    assert [one.stands for one in client.get(home).context["runs"]] == ["fresh", "fresh"]
    assert client.get(home).context["to_read"] == newer

    answer = client.post(reverse("matchmaking:publish", args=[fair.edition.slug, run.pk]), follow=True)

    version = Version.objects.get()
    here = reverse("matchmaking:version", args=[fair.edition.slug, version.number])
    assert (answer.redirect_chain[0][0], len(list(answer.context["messages"]))) == (here, 1)
    assert reverse("matchmaking:agendas_pdf", args=[fair.edition.slug]) in answer.content.decode()
    listed = client.get(home)
    assert [(one.stands, one.published_as) for one in listed.context["runs"]] == [("outdated", None), ("", 1)]
    assert "published as 1" in listed.content.decode()


def test_a_version_that_stands_does_not_tell_what_going_back_changes(client, fair, makes):
    client.force_login(fair.organiser)
    first = publish(makes(), actor=fair.organiser)
    here = reverse("matchmaking:version", args=[fair.edition.slug, first.number])
    assert "What going back to it changes" not in client.get(here).content.decode()

    Version.objects.create(edition=fair.edition, number=2, published_by=fair.organiser)

    assert "What going back to it changes" in client.get(here).content.decode()


def test_without_slots_requests_are_opened_first(client, fair):
    Matching.objects.filter(edition=fair.edition).update(state="preparing")
    Slot.objects.filter(edition=fair.edition).delete()
    client.force_login(fair.organiser)

    page = client.get(reverse("matchmaking:timetable", args=[fair.edition.slug])).content.decode()

    assert "Make a draft" not in page
    assert f'action="{reverse("matchmaking:advance", args=[fair.edition.slug])}"' in page
