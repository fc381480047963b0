"""What went wrong of a morning is named one thing after the other, and mended in one go."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from matchmaking.models import Absence, Closure, MeetingTable, Run, Slot, Version
from matchmaking.parties.actions import hire_interpreter
from matchmaking.parties.states import TableKind
from matchmaking.timetables.actions import publish
from matchmaking.timetables.states import RunMode
from tests.factories.matchmaking import meeting_edition
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def here(fair, makes):
    """The page of repairs, of a fair that holds a timetable."""
    publish(makes(), actor=fair.organiser)
    return reverse("matchmaking:repair", args=[fair.edition.slug])


@pytest.fixture
def slots(fair):
    return list(Slot.objects.filter(edition=fair.edition))


def hours(slots, first, last):
    return {"since": slots[first].pk, "until": slots[last].pk}


def keys(slots, first, last):
    return [one.pk for one in slots[first : last + 1]]


def name_in_turn(browser, here, turns):
    """What a browser sends of one kind after the other; the answer to the last."""
    page = browser.get(f"{here}?kind={turns[0][0]}")
    for (kind, rows, lasts), after in zip(turns, [*turns[1:], None], strict=True):
        typed = {"what": [f"{kind}-{one.pk}" for one in rows], **lasts}
        more = {"go": after[0], "most_moves": "7"} if after else {}
        answer = browser.post(here, as_shown(page, typed, **more))
        page = browser.get(answer["Location"])
    return answer


def test_tables_and_people_are_named_one_after_the_other_and_mended_in_one_go(browser, fair, here, slots):
    tables = list(MeetingTable.objects.filter(edition=fair.edition, kind=TableKind.STANDARD))
    people = [one.delegates.get() for one in (fair.buyers[1], fair.exporters[1])]
    hired = hire_interpreter(fair.edition, actor=fair.organiser, name="Aiko", languages=("en", "ja"))
    turns = [("tables", tables, hours(slots, 0, 1)), ("delegates", people, hours(slots, 2, 2))]

    answer = name_in_turn(browser, here, [*turns, ("interpreters", [hired], hours(slots, 0, 0))])

    run = Run.objects.first()
    assert answer["Location"].startswith(reverse("matchmaking:run", args=[fair.edition.slug, run.pk]))
    assert (run.mode, run.most_moves) == (RunMode.REPAIR, 7)
    assert run.upset == {
        "tables": {str(one.pk): keys(slots, 0, 1) for one in tables},
        "delegates": {str(one.pk): keys(slots, 2, 2) for one in people},
        "interpreters": {str(hired.pk): keys(slots, 0, 0)},
    }
    preview = browser.get(answer["Location"]).content.decode()
    assert "and 4 things more</h1>" in preview
    assert preview.count("Aiko (English–Japanese) not there") == 1

    publish(run, actor=fair.organiser)

    assert (Version.objects.count(), Closure.objects.count(), Absence.objects.count()) == (2, 4, 2)


def test_what_was_named_before_is_left_out_where_its_box_is_emptied(browser, fair, here, slots):
    one, other = MeetingTable.objects.filter(edition=fair.edition)[:2]
    codes = [f"tables-{table.pk}-{slots[0].pk}-{slots[0].pk}" for table in (one, other)]
    page = browser.get(here, {"lost": codes})
    assert [key for key, _told in page.context["form"].fields["lost"].choices] == codes

    browser.post(here, as_shown(page, {"lost": codes[1:]}))

    assert Run.objects.first().upset == {"tables": {str(other.pk): [slots[0].pk]}}


def test_what_is_refused_keeps_all_that_was_named(browser, fair, here, slots):
    one, other = MeetingTable.objects.filter(edition=fair.edition)[:2]
    code = f"tables-{one.pk}-{slots[0].pk}-{slots[1].pk}"
    typed = {"lost": code, "what": f"tables-{other.pk}", **hours(slots, 3, 2), "most_moves": "5"}

    page = browser.post(f"{here}?kind=tables", typed)

    form = page.context["form"]
    assert (list(form.errors), Run.objects.count()) == (["until"], 1)
    sent = as_shown(page)
    assert (sent["lost"], sent["what"], sent["most_moves"]) == ([code], [f"tables-{other.pk}"], ["5"])


def test_search_for_somebody_keeps_whoever_was_ticked(browser, fair, here, slots):
    person = fair.buyers[1].delegates.get()
    page = browser.get(f"{here}?kind=delegates")
    what = [f"delegates-{person.pk}"]

    answer = browser.post(
        here, as_shown(page, {"what": what, **hours(slots, 0, 0)}, go="delegates", text="Tizi")
    )

    told = parse_qs(urlsplit(answer["Location"]).query)
    assert told["lost"] == [f"delegates-{person.pk}-{slots[0].pk}-{slots[0].pk}"]
    assert (told["kind"], told["text"]) == (["delegates"], ["Tizi"])


@pytest.mark.parametrize(
    "made_up", ["tables", "tables-x-1-2", "houses-1-1-1", "tables-1-1-1-1", "tables-9-9-9"]
)
def test_what_is_made_up_is_refused_and_shown_nowhere(browser, fair, here, made_up):
    assert browser.get(here, {"lost": made_up}).context["named"] == {}

    page = browser.post(here, {"lost": made_up, "most_moves": "4"})

    assert (list(page.context["form"].errors), Run.objects.count()) == (["lost"], 1)


def test_nothing_of_another_edition_is_named(browser, fair, here, slots):
    foreign = MeetingTable.objects.filter(edition=meeting_edition())[0]
    code = f"tables-{foreign.pk}-{slots[0].pk}-{slots[0].pk}"

    page = browser.post(here, {"lost": code, "most_moves": "4"})

    assert (page.context["named"], Run.objects.count()) == ({}, 1)


def test_a_kind_without_a_choice_is_refused_unless_something_was_named(browser, fair, here, slots):
    table = MeetingTable.objects.filter(edition=fair.edition)[0]
    typed = {**hours(slots, 0, 0), "most_moves": "4"}

    page = browser.post(f"{here}?kind=tables", typed)
    assert (list(page.context["form"].errors), Run.objects.count()) == (["what"], 1)

    browser.post(f"{here}?kind=tables", {**typed, "lost": f"tables-{table.pk}-{slots[0].pk}-{slots[0].pk}"})
    assert Run.objects.first().upset == {"tables": {str(table.pk): [slots[0].pk]}}


def test_all_that_was_named_left_out_and_nothing_chosen_is_refused(browser, fair, here, slots):
    table = MeetingTable.objects.filter(edition=fair.edition)[0]
    asked = {"lost": f"tables-{table.pk}-{slots[0].pk}-{slots[0].pk}", "kind": "tables"}
    page = browser.get(here, asked)

    answer = browser.post(f"{here}?kind=tables", as_shown(page, {"lost": []}))

    assert (list(answer.context["form"].errors), Run.objects.count()) == (["what"], 1)
