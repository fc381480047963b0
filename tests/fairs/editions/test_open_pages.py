"""A page that an organiser had open takes back nothing that a colleague has written since."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.formats import date_format

from fairs.editions.models import Break, Day, Edition
from fairs.floor.actions import draw_hall
from fairs.floor.geometry import Table
from fairs.floor.models import Booth
from fairs.guests.models import HostingPlan
from fairs.models import Category, Deadline
from fairs.selection.models import Criterion, SelectionPlan
from fairs.sessions.models import Room, Session
from moussem.core.models import LogEntry
from tests.factories.fairs import (
    BreakFactory,
    DayFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    who_runs,
)
from tests.factories.floor import fair
from tests.factories.selection import judging
from tests.factories.sessions import ProgrammeEditionFactory, SessionFactory, organiser
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def programme(client):
    edition = ProgrammeEditionFactory()
    client.force_login(organiser(edition))
    return SessionFactory(edition=edition, capacity=30)


def asked_by_the_organiser(client, part):
    """A page of what is asked, planned or drawn for a fair, and the rows that it writes."""
    scene = fair()
    client.force_login(scene.organiser)
    edition = scene.edition
    if part == "hosting":
        HostingPlan.objects.create(edition=edition, places=5, meetings=8)
        return reverse("fairs:hosting", args=[edition.slug]), HostingPlan.objects
    rows = {
        "category": Category.objects.filter(pk=scene.categories[0].pk),
        "question": edition.questions.all(),
        "name_hall": edition.halls.all(),
        "change_booth": Booth.objects.filter(edition=edition, number="A1"),
    }[part]
    if part == "question":
        QuestionFactory(edition=edition)
    if part == "category":
        rows.update(name_fr="Safran", name_ar="زعفران")
    return reverse(f"fairs:{part}", args=[edition.slug, rows.get().pk]), rows


def page_of(client, part):
    """The address of a page and the rows that it writes."""
    if part in ROOMS:
        return asked_by_the_organiser(client, part)
    if part in ("session", "room"):
        one = programme(client)
        room = reverse("fairs:part", args=[one.edition.slug, "rooms", one.room.pk])
        talk = reverse("fairs:plan_session", args=[one.edition.slug, one.pk])
        return (talk, Session.objects) if part == "session" else (room, Room.objects)
    edition = judging()
    client.force_login(who_runs(edition))
    rows = {
        "texts": Edition.objects,
        "mode": Edition.objects,
        "days": Edition.objects,
        "rubric": Criterion.objects.filter(code="price"),
        "plan_selection": SelectionPlan.objects,
    }
    return reverse(f"fairs:{part}", args=[edition.slug]), rows[part]


ROOMS = ("hosting", "category", "question", "name_hall", "change_booth")
CHANGES = [
    ("hosting", {"places": "7"}, "meetings", 4),
    ("hosting", {"places": "7"}, "places", 6),
    ("category", {"name_en": "Mine"}, "name_fr", "À lui"),
    ("question", {"name_en": "Mine"}, "kind", "text"),
    ("question", {"name_en": "Mine"}, "is_required", False),
    ("name_hall", {"name_en": "Mine"}, "name_fr", "À lui"),
    ("change_booth", {"area": "12"}, "area", 14),
    ("texts", {"place_en": "Tiznit"}, "summary_ar", "نص زميل"),
    ("texts", {"place_en": "Tiznit"}, "place_en", "Tata"),
    ("mode", {}, "mode", "digital"),
    ("days", {"between_minutes": "10"}, "meeting_minutes", 45),
    ("session", {"name_en": "Mine"}, "capacity", 12),
    ("session", {"name_en": "Mine"}, "text_fr", "D’un collègue"),
    ("session", {"name_en": "Mine"}, "languages", ["ar"]),
    ("room", {"name_en": "Mine"}, "name_fr", "À lui"),
    ("rubric", {"name_en-0": "Mine"}, "name_fr", "À lui"),
    ("plan_selection", {"women_led": "1"}, "places", 9),
]


@pytest.mark.parametrize(("part", "typed", "field", "now"), CHANGES)
def test_page_opened_before_a_colleagues_change_comes_back_once(client, part, typed, field, now):
    address, rows = page_of(client, part)
    form = as_shown(client.get(address), typed)
    rows.update(**{field: now})
    before = LogEntry.objects.count()

    back = client.post(address, form)

    kept = rows.values_list(field, flat=True).get()
    assert (back.status_code, kept, LogEntry.objects.count()) == (200, now, before)
    assert len(back.context["form"].otherwise) == 1
    again = as_shown(back)
    assert {one: again[one] for one in typed} == {one: [value] for one, value in typed.items()}

    assert client.post(address, again).status_code == 302
    mine = typed.get(field, now)
    assert rows.model.objects.filter(**{field: mine}).exists()


def test_hours_and_breaks_of_a_colleague_are_told_and_then_kept(client):
    edition = EditionFactory()
    client.force_login(who_runs(edition))
    address = reverse("fairs:days", args=[edition.slug])
    form = as_shown(client.get(address), meeting_minutes="30")
    Day.objects.filter(on=edition.starts_on).update(opens=time(11))
    BreakFactory(edition=edition)

    back = client.post(address, form)
    kept = [Edition.objects.get().meeting_minutes, Break.objects.count()]
    told = {name.split("-")[0] for name in back.context["form"].otherwise}
    client.post(address, as_shown(back))

    assert (kept, told) == ([20, 1], {"opens", "kind", "begins", "ends"})
    assert [day.opens for day in Day.objects.all()] == [time(11), time(9), time(9)]
    assert [Edition.objects.get().meeting_minutes, Break.objects.count()] == [30, 1]


def test_day_that_a_colleague_added_keeps_its_hours(client):
    edition = EditionFactory()
    client.force_login(who_runs(edition))
    address = reverse("fairs:days", args=[edition.slug])
    form = as_shown(client.get(address), meeting_minutes="30")
    last = date.fromordinal(edition.ends_on.toordinal() + 2)
    DayFactory(edition=edition, on=last, opens=time(14), closes=time(16))
    Edition.objects.update(ends_on=last)

    back = client.post(address, form)
    assert [*back.context["form"].otherwise] == ["ends_on"]
    client.post(address, as_shown(back))

    assert list(Day.objects.values_list("opens", flat=True)) == [time(9)] * 3 + [time(14)]


def test_criterion_typed_in_a_row_that_is_gone_meanwhile_is_not_dropped(client):
    edition = judging()
    client.force_login(who_runs(edition))
    address = reverse("fairs:rubric", args=[edition.slug])
    names = {f"name_{code}-3": "Third" for code in ("en", "fr", "ar")}
    form = as_shown(client.get(address), {**names, "weight-3": "40"})
    Criterion.objects.filter(code="price").delete()

    back = client.post(address, form)
    client.post(address, as_shown(back))

    assert [*edition.rubrics.get().criteria.values_list("name_en", "weight")] == [
        ("product", 60),
        ("Third", 40),
    ]


def test_page_that_nobody_else_touched_is_kept_at_once(client):
    for part in ("texts", "mode", "days", "rubric", "plan_selection", "session", "room", *ROOMS):
        assert send(client, page_of(client, part)[0]).status_code == 302


def test_deadline_that_a_colleague_set_meanwhile_is_told_before_another_is_set(client):
    scene = fair()
    client.force_login(scene.organiser)
    address = reverse("fairs:deadline", args=[scene.edition.slug])
    form = as_shown(client.get(address), last_day=str(scene.edition.starts_on - timedelta(days=9)))
    theirs = scene.edition.starts_on - timedelta(days=3)
    DeadlineFactory(edition=scene.edition, last_day=theirs)

    back = client.post(address, form)

    assert [*Deadline.objects.values_list("last_day", flat=True)] == [theirs]
    assert date_format(theirs) in back.context["form"].otherwise["days_now"].now
    again = as_shown(back, reason="Sooner.")
    assert (again["last_day"], client.post(address, again).status_code) == ([form["last_day"]], 302)
    assert str(Deadline.objects.get().last_day) == form["last_day"]


def test_hall_that_a_colleague_drew_meanwhile_is_not_drawn_over_unseen(client):
    scene = fair()
    client.force_login(scene.organiser)
    address = reverse("fairs:draw_hall", args=[scene.edition.slug, scene.hall.pk])
    form = as_shown(client.get(address), rows="3")
    draw_hall(scene.hall, actor=scene.organiser, table=Table(2, 6, 30, 30, 30))

    back = client.post(address, form)

    assert scene.hall.booths.standing().count() == 12
    assert "plan_now" in back.context["form"].otherwise
    assert client.post(address, as_shown(back)).status_code == 302
    assert scene.hall.booths.standing().count() == 18


def test_drawing_comes_in_no_place_but_that_of_the_plan_that_was_shown(client):
    scene = fair()
    client.force_login(scene.organiser)
    address = reverse("fairs:take_drawing", args=[scene.edition.slug, scene.hall.pk])
    asked = client.get(address).context["asked"]
    draw_hall(scene.hall, actor=scene.organiser, table=Table(2, 6, 30, 30, 30))

    back = client.post(address, {"asked": asked, "drawing": drawing()})

    assert "changed meanwhile" in back.content.decode()
    assert scene.hall.booths.standing().count() == 12
    told = {"asked": back.context["asked"]}
    # Free booths that go with it are named first, and agreed to.
    named = client.post(address, {**told, "drawing": drawing()}).context["form"]["without"]
    told["without"] = named.field.widget.attrs["value"]
    assert scene.hall.booths.standing().count() == 12
    assert client.post(address, {**told, "drawing": drawing()}).status_code == 302
    assert scene.hall.booths.standing().count() == 1


def drawing():
    """A plan with one booth, as somebody drew it."""
    shape = '<rect id="A1" width="3" height="3"/>'
    told = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shape}</svg>'
    return SimpleUploadedFile("hall.svg", told.encode())
