"""The organiser's pages of the timetable, its papers and its spreadsheet."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import override
from openpyxl import load_workbook

from matchmaking.meetings.actions import book, cancel_meeting, move_meeting, pin
from matchmaking.models import Delegate, Meeting, Request, Run, Slot, Version
from matchmaking.parties.actions import advance_matching, hire_interpreter
from matchmaking.parties.states import MatchingState
from matchmaking.timetables.actions import ask_run, make_timetable, publish
from matchmaking.timetables.errors import SameTimetable
from matchmaking.timetables.papers import agendas
from matchmaking.timetables.states import RunMode, RunState
from matchmaking.views import repairing
from moussem.core.models import OutboxMessage
from tests.factories.matchmaking import meeting_edition, organiser_of, speaker_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Two of the last read the parties, which are not joined to all the rest.
HOME_QUERIES, RUN_QUERIES, MEETINGS_QUERIES = 16, 28, 11


@pytest.fixture
def browser(client, fair):
    client.force_login(fair.organiser)
    return client


def address(edition, name, *rest):
    return reverse(f"matchmaking:{name}", args=[edition.slug, *rest])


def text_of(answer):
    return answer.content.decode()


def pages_of(fair, run, version):
    """Every page of the timetable."""
    names = [("timetable",), ("repair",), ("all_meetings",), ("run", run.pk), ("version", version.number)]
    return [address(fair.edition, *one) for one in names]


def test_a_run_that_is_asked_for_on_the_page_comes_to_a_draft(browser, fair):
    browser.post(address(fair.edition, "timetable"), {"mode": "plan", "seconds": "10"})

    run = Run.objects.get()
    assert (run.mode, run.seconds, run.asked_by) == (RunMode.PLAN, 10, fair.organiser)
    assert (run.state, {row["request"] for row in run.draft}) == (
        RunState.DONE,
        {one.pk for one in fair.requests},
    )
    names = ("value", "bound", "shortfall", "least", "held", "asked")
    assert [run.progress[one] for one in names] == [300, 300, 0, 0, 3, 3]


def test_a_second_run_is_refused_above_the_form(browser, fair):
    ask_run(fair.edition, actor=fair.organiser)

    answer = browser.post(address(fair.edition, "timetable"), {"mode": "plan", "seconds": "10"})

    assert (answer.status_code, Run.objects.count()) == (200, 1)


def test_a_draft_is_compared_person_by_person_and_published(browser, fair, makes):
    run = makes()

    page = browser.get(address(fair.edition, "run", run.pk))
    assert [len(page.context["difference"].new), len(page.context["page"].object_list)] == [3, 4]

    browser.post(address(fair.edition, "publish", run.pk))
    assert (Version.objects.count(), Meeting.objects.count()) == (1, 3)


def test_a_draft_of_another_past_offers_no_button(browser, fair, makes):
    run = makes()
    publish(makes(), actor=fair.organiser)

    page = browser.get(address(fair.edition, "run", run.pk))

    first = Meeting.objects.order_by("changed_at", "pk").first().request
    pair = f"{first.buyer.organisation.label} – {first.exporter.organisation.label}"
    assert page.context["outdated"] == f"The meeting of {pair} was booked since."
    assert address(fair.edition, "publish", run.pk) not in text_of(page)


def test_a_repair_that_was_overtaken_is_worked_out_again_with_the_same_answers(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.first()
    upset = {"tables": {str(meeting.table_id): [meeting.slot_id]}}
    run = makes(mode="repair", upset=upset, most_moves=3)
    cancel_meeting(meeting, actor=fair.organiser)
    page = browser.get(address(fair.edition, "run", run.pk))
    assert page.context["outdated"].endswith("was cancelled since.")
    assert address(fair.edition, "run_again", run.pk) in text_of(page)

    answer = browser.post(address(fair.edition, "run_again", run.pk))

    again = Run.objects.latest("pk")
    assert answer["Location"] == address(fair.edition, "run", again.pk)
    assert (again.mode, again.upset, again.most_moves, again.pk != run.pk) == ("repair", upset, 3, True)


def test_a_run_is_stopped_from_its_page(browser, fair):
    run = ask_run(fair.edition, actor=fair.organiser)
    assert 'data-hx-trigger="every 2s"' in text_of(browser.get(address(fair.edition, "run", run.pk)))

    browser.post(address(fair.edition, "stop_run", run.pk))

    run.refresh_from_db()
    assert run.state == RunState.STOPPED


def test_a_repair_keeps_what_went_wrong_from_one_slot_to_another(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    slots = list(Slot.objects.filter(edition=fair.edition))
    table = Meeting.objects.first().table
    typed = {"what": f"tables-{table.pk}", "since": slots[0].pk, "until": slots[2].pk, "most_moves": "4"}

    browser.post(address(fair.edition, "repair"), typed)

    run = Run.objects.first()
    assert (run.mode, run.most_moves) == (RunMode.REPAIR, 4)
    assert run.upset == {"tables": {str(table.pk): [one.pk for one in slots[:3]]}}


def test_a_repair_that_ends_before_it_begins_is_named_by_its_field(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    slots = list(Slot.objects.filter(edition=fair.edition))
    table = Meeting.objects.first().table
    typed = {"what": f"tables-{table.pk}", "since": slots[2].pk, "until": slots[0].pk, "most_moves": "4"}

    answer = browser.post(address(fair.edition, "repair"), typed)

    assert (list(answer.context["form"].errors), Run.objects.count()) == (["until"], 1)


def test_a_repair_asks_for_the_kind_first_and_finds_people_by_name(browser, fair, makes, monkeypatch):
    publish(makes(), actor=fair.organiser)
    monkeypatch.setattr(repairing, "MOST_PEOPLE", 2)
    person = fair.buyers[1].delegates.get()
    here = address(fair.edition, "repair")

    def offered(**asked):
        field = browser.get(here, asked).context["form"].fields.get("what")
        rows = [row for row in field.choices if row[0]] if field else []
        return [key for key, told in rows for key, _n in (told if isinstance(told, list) else [(key, told)])]

    assert offered() == []
    assert all(key.startswith("tables-") for key in offered(kind="tables"))
    assert len(offered(kind="delegates")) == 2
    house = person.party.organisation.name
    assert f"delegates-{person.pk}" in offered(kind="delegates", text=house)


def test_an_interpreter_is_told_with_their_languages_by_name(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    hired = hire_interpreter(fair.edition, actor=fair.organiser, name="Aiko", languages=("en", "ja"))
    slot = Slot.objects.filter(edition=fair.edition)[0]
    run = makes(mode="repair", upset={"interpreters": {str(hired.pk): [slot.pk]}})

    field = browser.get(address(fair.edition, "repair"), {"kind": "interpreters"}).context["form"].fields
    title = browser.get(address(fair.edition, "run", run.pk)).context["title"]

    assert (f"interpreters-{hired.pk}", "Aiko (English–Japanese)") in field["what"].choices
    assert title.startswith("Aiko (English–Japanese) not there")


def test_meetings_that_were_booked_one_by_one_are_no_timetable_of_nobody(browser, fair):
    here = address(fair.edition, "timetable")
    assert "Nobody holds a timetable yet." in text_of(browser.get(here))
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    book(fair.requests[0], actor=fair.organiser, slot=Slot.objects.filter(edition=fair.edition)[0])

    page = text_of(browser.get(here))

    assert "Nobody holds a timetable yet." not in page
    assert "No timetable was published." in page


def test_a_repair_of_somebody_beyond_the_list_is_taken(browser, fair, makes, monkeypatch):
    publish(makes(), actor=fair.organiser)
    monkeypatch.setattr(repairing, "MOST_PEOPLE", 1)
    last = Delegate.objects.filter(edition=fair.edition).order_by("party__organisation__name", "pk").last()
    slots = list(Slot.objects.filter(edition=fair.edition))
    typed = {"what": f"delegates-{last.pk}", "since": slots[0].pk, "until": slots[0].pk, "most_moves": "4"}

    browser.post(address(fair.edition, "repair") + "?kind=delegates", typed)

    assert Run.objects.first().upset == {"delegates": {str(last.pk): [slots[0].pk]}}


def test_a_repair_without_its_table_is_refused_and_one_of_nothing_new_is_not(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    here = address(fair.edition, "repair")

    answer = browser.post(f"{here}?kind=tables", {"what": "", "most_moves": "4"})
    assert (list(answer.context["form"].errors), Run.objects.count()) == (["what", "since", "until"], 1)

    browser.post(here, {"most_moves": "4"})
    assert Run.objects.first().upset == {}


def test_buyers_read_that_the_timetable_is_published(client, fair, makes):
    buys = speaker_of(fair.buyers[0])
    client.force_login(buys)
    here = address(fair.edition, "home")
    before = client.get(here).content.decode()
    publish(makes(), actor=fair.organiser)
    client.force_login(buys)
    after = client.get(here).content.decode()

    follows, published = "the timetable follows", "The timetable is published."
    assert [(follows in page, published in page) for page in (before, after)] == [
        (True, False),
        (False, True),
    ]


def test_what_has_no_place_yet_is_chosen_once_a_timetable_stands(browser, fair, makes):
    page = browser.get(address(fair.edition, "timetable"))
    assert (page.context["form"]["mode"].value(), "A timetable stands." in text_of(page)) == ("plan", False)
    publish(makes(), actor=fair.organiser)

    page = browser.get(address(fair.edition, "timetable"))

    assert (page.context["form"]["mode"].value(), "A timetable stands." in text_of(page)) == (
        "unbooked",
        True,
    )


def test_a_repair_is_called_by_what_went_wrong_and_when(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.first()
    slots = list(Slot.objects.filter(edition=fair.edition))
    first, last = slots[0], [one for one in slots if one.on == slots[0].on][-1]
    clock = ZoneInfo(fair.edition.time_zone)
    begins, *ends = [f"{one.astimezone(clock):%H:%M}" for one in (first.begins, first.ends, last.ends)]
    # Kept in their order in Arabic as well.
    hours = [f"\N{LEFT-TO-RIGHT ISOLATE}{begins}–{one}\N{POP DIRECTIONAL ISOLATE}" for one in ends]
    day = date_format(first.on, "D j F")
    runs = [
        makes(mode="repair", upset={"delegates": {str(meeting.buyer_id): [first.pk]}}),
        makes(mode="repair", upset={"tables": {str(meeting.table_id): [first.pk, last.pk]}}),
        makes(mode="repair"),
    ]

    listed = browser.get(address(fair.edition, "timetable")).context["runs"]

    titles = {one.pk: one.title for one in listed}
    asked = timezone.localtime(runs[2].asked_at)
    names = [
        f"{meeting.buyer.person} – {meeting.buyer.party.organisation} not there, {day}, {hours[0]}",
        f"Table {meeting.table.number} in the meeting area closed, {day}, {hours[1]}",
        f"Repair: what has become free is filled, {asked:%-d %B %H:%M}",
    ]
    assert [titles[one.pk] for one in runs] == names
    assert [browser.get(address(fair.edition, "run", one.pk)).context["title"] for one in runs] == names


def test_what_changes_nothing_is_not_published(browser, refused, fair, makes):
    publish(makes(), actor=fair.organiser)
    run = makes(mode="unbooked")

    page = browser.get(address(fair.edition, "run", run.pk))

    assert address(fair.edition, "publish", run.pk) not in text_of(page)
    assert "nothing to publish" in text_of(page)
    refused(SameTimetable, publish, run, actor=fair.organiser)


def test_a_table_that_closes_where_nobody_sits_is_written_down(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    last, table = Slot.objects.filter(edition=fair.edition).last(), Meeting.objects.first().table
    run = makes(mode="repair", upset={"tables": {str(table.pk): [last.pk]}})

    page = text_of(browser.get(address(fair.edition, "run", run.pk)))
    publish(run, actor=fair.organiser)

    assert "only writes down what went wrong" in page
    assert list(table.closures.values_list("slot", flat=True)) == [last.pk]


def test_the_whole_page_follows_a_run_with_a_script_and_without(browser, fair):
    ask_run(fair.edition, actor=fair.organiser)

    page = text_of(browser.get(address(fair.edition, "timetable")))

    assert 'data-hx-select="#timetable"' in page and 'id="timetable"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_figures_are_written_as_numbers_with_their_units(browser, fair, makes):
    run = makes()
    figures = {**run.progress, "value": 2982, "bound": 2982, "shortfall": 1907, "least": 1906}
    Run.objects.filter(pk=run.pk).update(progress=figures)

    page = strip_tags(text_of(browser.get(address(fair.edition, "run", run.pk))))

    assert "of the best that any timetable could be: 2,982 of 2,982 points" in page
    assert "1,906 of which no timetable could give" in page


def test_a_meeting_is_pinned_and_unpinned_from_the_list(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.first()

    for said, is_pinned in (("yes", True), ("no", False)):
        browser.post(address(fair.edition, "pin", meeting.pk), {"pinned": said})
        meeting.refresh_from_db()
        assert meeting.is_pinned is is_pinned


def test_a_draft_says_what_it_moves_of_what_its_people_chose_and_what_stays(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    slot = Slot.objects.filter(edition=fair.edition).last()
    meeting = Meeting.objects.first()
    move_meeting(meeting, actor=meeting.buyer.person, slot=slot)

    stays = makes()
    moves = makes(mode="repair", upset={"delegates": {str(meeting.buyer_id): [slot.pk]}})

    told = [text_of(browser.get(address(fair.edition, "run", one.pk))) for one in (stays, moves)]
    assert ["1</bdi> of them booked or moved by the two themselves" in one for one in told] == [True, False]
    assert ["The two had booked or moved it themselves." in one for one in told] == [False, True]


def test_a_version_shows_what_going_back_changes_and_goes_back(browser, fair, makes):
    version = publish(makes(), actor=fair.organiser)
    Meeting.objects.first().seats.all().delete()
    Meeting.objects.filter(pk=Meeting.objects.first().pk).update(state="cancelled")

    page = browser.get(address(fair.edition, "version", version.number))
    assert len(page.context["difference"].new) == 1

    browser.post(address(fair.edition, "roll_back", version.number))
    assert Version.objects.count() == 2


def test_every_page_is_read_in_arabic_and_by_nobody_else(client, fair, makes):
    version = publish(makes(), actor=fair.organiser)
    pages = pages_of(fair, makes(), version)

    client.force_login(fair.organiser)
    answers = [client.get(one.replace("/en/", "/ar/")) for one in pages]
    assert [one.status_code for one in answers] == [200] * 5
    assert all('dir="rtl"' in text_of(one) for one in answers)

    for who in (UserFactory(), speaker_of(fair.buyers[0]), organiser_of(meeting_edition())):
        client.force_login(who)
        assert [client.get(one).status_code for one in pages] == [404] * 5


def test_an_address_of_another_edition_is_an_address_of_nothing(browser, fair, makes):
    run = makes()
    version = publish(run, actor=fair.organiser)
    other = meeting_edition()
    browser.force_login(organiser_of(other))
    meeting = Meeting.objects.first()

    for name, key in (("run", run.pk), ("version", version.number), ("agenda_pdf", meeting.buyer_id)):
        assert browser.get(address(other, name, key)).status_code == 404
    pressed = (("publish", run.pk), ("run_again", run.pk), ("roll_back", version.number), ("pin", meeting.pk))
    for name, key in pressed:
        assert browser.post(address(other, name, key)).status_code == 404


def test_each_person_has_a_sheet_in_their_own_language(browser, fair, makes):
    person = speaker_of(fair.exporters[0])
    person.language = "ar"
    person.save(update_fields=["language"])
    publish(makes(), actor=fair.organiser)

    sheets = agendas(fair.edition)
    assert [len(one["days"][0]["rows"]) for one in sheets] == [2, 1, 2, 1]
    assert sorted(one["language"] for one in sheets) == sorted(
        speaker_of(one).language for one in (*fair.buyers, *fair.exporters)
    )

    answer = browser.get(address(fair.edition, "agendas_pdf"))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_spreadsheet_has_each_meeting_once_and_once_for_each_person(browser, fair, makes):
    publish(makes(), actor=fair.organiser)

    answer = browser.get(address(fair.edition, "agendas_xlsx"))

    book = load_workbook(BytesIO(answer.content))
    assert [sheet.max_row for sheet in book.worksheets] == [4, 7]
    first = Meeting.objects.order_by("slot__begins", "pk").first().slot
    begins, ends = (
        moment.astimezone(ZoneInfo(fair.edition.time_zone)).time() for moment in (first.begins, first.ends)
    )
    for sheet in book.worksheets:
        heads = [cell.value for cell in sheet[1]]
        at = heads.index("Day")
        assert heads[at + 1 : at + 3] == ["From (Moroccan time)", "Until (Moroccan time)"]
        assert [cell.number_format for cell in sheet[2][at : at + 3]] == ["yyyy-mm-dd", "hh:mm", "hh:mm"]
    day, *hours = [cell.value for cell in book.worksheets[0][2][:3]]
    assert (day.date(), hours) == (first.on, [begins, ends])


@pytest.mark.parametrize(("language", "mark"), [("en", ": "), ("fr", "\N{NO-BREAK SPACE}: "), ("ar", ": ")])
def test_a_letter_of_a_timetable_is_set_as_its_language_is(fair, makes, language, mark):
    buys = speaker_of(fair.buyers[1])
    buys.language = language
    buys.save()

    run = makes()
    OutboxMessage.objects.all().delete()

    publish(run, actor=fair.organiser)

    (body,) = [one.payload["body"] for one in OutboxMessage.objects.all() if one.payload["to"] == buys.email]
    (line,) = [one for one in body.splitlines() if one.startswith("- ")]
    with override(language):
        assert line.startswith(f"- {fair.exporters[0].organisation.label}{mark}")
    assert (", " in line, "، " in line) == (language != "ar", language == "ar")


@pytest.mark.parametrize("meetings", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("timetable", HOME_QUERIES), ("run", RUN_QUERIES), ("all_meetings", MEETINGS_QUERIES)],
)
def test_pages_ask_as_much_for_three_meetings_as_for_one(
    browser, fair, makes, django_assert_num_queries, meetings, name, queries
):
    gone = [one.pk for one in fair.requests[meetings:]]
    Request.objects.filter(pk__in=gone).update(state="withdrawn")
    run = makes()
    if name != "run":
        publish(run, actor=fair.organiser)
    here = address(fair.edition, name, *([run.pk] if name == "run" else []))
    browser.get(here)

    with django_assert_num_queries(queries):
        browser.get(here)


def test_a_single_pinned_meeting_that_cannot_be_held_is_named_with_the_way_to_unpin_it(browser, fair):
    meeting = book(fair.requests[0], actor=fair.organiser, slot=Slot.objects.filter(edition=fair.edition)[0])
    pin(meeting, actor=fair.organiser, is_pinned=True)
    upset = {"delegates": {str(meeting.buyer_id): [meeting.slot_id]}}
    run = make_timetable(ask_run(fair.edition, actor=fair.organiser, mode="repair", upset=upset).pk)

    page = text_of(browser.get(address(fair.edition, "run", run.pk)))

    assert (run.state, run.explained) == (RunState.FAILED, {"conflict": [fair.requests[0].pk]})
    assert "This pinned meeting cannot be held as it is pinned" in page
    assert "contradict each other" not in page
    assert f"{address(fair.edition, 'all_meetings')}?state=pinned" in page
    # What was named as lost need not be named again once it is unpinned.
    assert f'action="{address(fair.edition, "run_again", run.pk)}"' in page
