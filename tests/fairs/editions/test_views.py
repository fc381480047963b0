"""The organiser's pages of an edition."""

import re
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from moussem.core.log import record
from moussem.organisations.states import Role
from tests.factories.fairs import (
    BreakFactory,
    DeadlineFactory,
    EditionFactory,
    SeriesFactory,
    organiser,
    who_runs,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.trade import member_of
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

START = {
    "name_en": "Honey days",
    "name_fr": "Journées du miel",
    "name_ar": "أيام العسل",
    "mode": "digital",
    "starts_on": "2026-09-01",
    "ends_on": "2026-09-02",
    "time_zone": "Africa/Dakar",
}
NO_DAY = ["9999-12-31", "0001-01-01", "0026-09-01", "2026-13-01", "tomorrow", "2026-09-01\0"]


@pytest.fixture
def desk(client):
    """An organiser who is signed in, and the browser."""
    member = organiser()
    client.force_login(member.user)
    return member


def page(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def draft_of(member, **fields):
    return EditionFactory(series=SeriesFactory(organiser=member.organisation), **fields)


def typed_in(answer):
    """What a form that came back still holds, and what it says is wrong."""
    assert answer.status_code == 200
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields}, form.errors


def sent_days(edition, **changes):
    """The days page as it was shown, sent back."""
    shown = {"starts_on": str(edition.starts_on), "ends_on": str(edition.ends_on)}
    shown |= {"time_zone": edition.time_zone, "meeting_minutes": "20", "between_minutes": "5"}
    for day in edition.days.all():
        shown |= {f"open-{day.on}": "on", f"opens-{day.on}": "09:00", f"closes-{day.on}": "18:00"}
    return {**{f"initial-{name}": value for name, value in shown.items()}, **shown, **changes}


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_editions_asks_the_same_number_of_questions(client, desk, rows, django_assert_num_queries):
    for _row in range(rows):
        draft_of(desk)

    with django_assert_num_queries(12):
        shown = client.get(reverse("fairs:editions"))

    assert len(shown.context["editions"]) == rows


def test_list_leads_from_a_draft_to_what_keeps_it_from_being_announced(client, desk):
    unwritten, ready = draft_of(desk, summary_fr=""), draft_of(desk)

    shown = client.get(reverse("fairs:editions"))

    assert {edition: agenda.coming.href for edition, agenda in shown.context["rows"]} == {
        unwritten: page("texts", unwritten),
        ready: page("board", ready),
    }
    assert page("texts", unwritten) in shown.content.decode()


def test_list_shows_only_what_this_person_runs(client, desk):
    mine, _others = draft_of(desk), EditionFactory(announced=True)

    assert list(client.get(reverse("fairs:editions")).context["editions"]) == [mine]


def test_who_holds_no_fair_is_told_who_may(client):
    client.force_login(MembershipFactory().user)

    for name in ("editions", "start"):
        answer = client.get(reverse(f"fairs:{name}"))
        assert answer.status_code == 403
        assert "organisations/membership_needed.html" in [one.name for one in answer.templates]


def test_fair_is_started_without_script(client, desk):
    answer = client.post(reverse("fairs:start"), {**START, "organiser": desk.organisation.pk}, follow=True)

    edition = Edition.objects.get()
    assert answer.redirect_chain == [(page("board", edition) + "?done=start-new", 302)]
    assert (edition.state, edition.starts_on, edition.days.count()) == ("draft", date(2026, 9, 1), 2)
    assert 'data-draft-done="fair-start-new"' in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ar": ""}, "name_ar"),
        ({"mode": "by post"}, "mode"),
        ({"starts_on": "2026-05-03", "ends_on": "2026-05-05"}, "starts_on"),
        ({"ends_on": "2026-08-31"}, "ends_on"),
        ({"ends_on": "2026-10-02"}, "ends_on"),
        *[({"ends_on": typed}, "ends_on") for typed in NO_DAY],
        ({"organiser": "0"}, "organiser"),
    ],
)
def test_start_that_is_refused_keeps_what_was_typed(client, desk, wrong, field):
    sent = {**START, "organiser": str(desk.organisation.pk), **wrong}

    values, errors = typed_in(client.post(reverse("fairs:start"), sent))

    assert (values, list(errors)) == (sent, [field])
    assert Edition.objects.count() == 0


def test_fair_is_held_by_nobody_elses_body(client, desk):
    sent = {**START, "organiser": organiser().organisation.pk}

    assert list(typed_in(client.post(reverse("fairs:start"), sent))[1]) == ["organiser"]


def test_texts_are_kept_and_a_refusal_keeps_what_was_typed(client, desk):
    edition = draft_of(desk)
    sent = as_shown(client.get(page("texts", edition)), place_ar="تزنيت")

    values, errors = typed_in(client.post(page("texts", edition), {**sent, "name_fr": ""}))
    assert (values["place_ar"], list(errors)) == ("تزنيت", ["name_fr"])
    client.post(page("texts", edition), sent)

    assert Edition.objects.get().place_ar == "تزنيت"


def test_page_of_refused_texts_names_the_edition_as_it_is(client, desk):
    edition = draft_of(desk)

    answer = client.post(page("texts", edition), {"name_en": "Typed"})

    assert answer.context["edition"].name_en == edition.name_en


def test_way_to_meet_has_a_page_of_its_own(client, desk):
    edition = draft_of(desk)

    assert 'href="' + page("mode", edition) in client.get(page("texts", edition)).content.decode()
    values, errors = typed_in(client.post(page("mode", edition), {"mode": "by post"}))
    assert (values["mode"], list(errors)) == ("by post", ["mode"])
    send(client, page("mode", edition), mode="in_person")

    assert Edition.objects.get().mode == "in_person"


def test_next_edition_is_cloned_and_a_refusal_keeps_what_was_typed(client, desk):
    edition = draft_of(desk)
    names = {
        "name_en": "Honey 2027",
        "name_fr": "Miel 2027",
        "name_ar": "العسل 2027",
        "time_zone": "Africa/Dakar",
    }
    taken = {**names, "starts_on": str(edition.starts_on)}
    told = client.get(page("clone", edition)).content.decode()
    assert [word for word in ("sessions", "halls", "booths", "deadlines", "place") if word not in told] == []

    values, errors = typed_in(client.post(page("clone", edition), taken))
    assert (values, list(errors)) == (taken, ["__all__"])
    client.post(page("clone", edition), {**names, "starts_on": "2027-07-05"})

    new = Edition.objects.get(cloned_from=edition)
    assert (new.name_ar, new.time_zone, edition.time_zone) == (
        "العسل 2027",
        "Africa/Dakar",
        "Africa/Casablanca",
    )


def test_days_show_what_is_kept_and_the_slots_of_each(client, desk):
    edition = draft_of(desk)
    BreakFactory(edition=edition)

    shown = client.get(page("days", edition))

    assert [plan.slots for plan in shown.context["plans"]] == [18, 18, 18]
    assert [row[0].value() for row in shown.context["form"].break_rows] == ["lunch", "", ""]


def test_breaks_of_a_page_kept_unchanged_are_all_there(client, desk):
    edition = draft_of(desk)
    for hour in range(9, 15):
        BreakFactory(edition=edition, begins=time(hour), ends=time(hour, 30))
    before = [str(one) for one in edition.breaks.all()]

    form = client.get(page("days", edition)).context["form"]
    client.post(
        page("days", edition), {one.name: one.value() or "" for one in form if one.value() is not False}
    )

    assert len(list(form.break_rows)) == 8
    assert [str(one) for one in Edition.objects.get().breaks.all()] == before


def test_days_hours_and_breaks_are_kept(client, desk):
    edition = draft_of(desk)
    first, second, _third = [str(day.on) for day in edition.days.all()]
    rest = {"kind-0": "prayer", "on-0": first, "begins-0": "12:30", "ends-0": "13:00"}
    sent = sent_days(edition, **rest, **{f"opens-{first}": "10:30"})
    del sent[f"open-{second}"]

    client.post(page("days", edition), sent)

    kept = Edition.objects.get()
    assert [day.opens for day in kept.days.all()] == [time(10, 30), time(9)]
    assert list(kept.breaks.values_list("kind", "begins")) == [("prayer", time(12, 30))]
    assert str(kept.breaks.get().on) == first


def test_longer_span_brings_new_days_with_the_usual_hours(client, desk):
    edition = draft_of(desk)
    last = "2026-07-07"

    client.post(page("days", edition), sent_days(edition, ends_on=last))

    kept = Edition.objects.get()
    assert (kept.days.count(), str(kept.ends_on)) == (5, last)
    assert {(day.opens, day.closes) for day in kept.days.all()} == {(time(9), time(18))}


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"closes-2026-07-03": "08:00"}, ["closes-2026-07-03"]),
        ({"opens-2026-07-03": "at nine"}, ["opens-2026-07-03"]),
        ({"opens-2026-07-03": "", "closes-2026-07-03": ""}, ["opens-2026-07-03", "closes-2026-07-03"]),
        ({"kind-0": "lunch", "begins-0": "13:00"}, ["ends-0"]),
        ({"kind-3": "nap"}, ["kind-3"]),
        ({"kind-0": "lunch", "on-0": "2026-07-09", "begins-0": "13:00", "ends-0": "14:00"}, ["on-0"]),
        ({"meeting_minutes": "4"}, ["meeting_minutes"]),
        ({"between_minutes": "61"}, ["between_minutes"]),
        ({"ends_on": "2026-07-02"}, ["ends_on", "__all__"]),
        *[({"ends_on": typed}, ["ends_on"]) for typed in NO_DAY],
    ],
)
def test_days_that_are_refused_keep_what_was_typed(client, desk, wrong, fields):
    edition = draft_of(desk)

    values, errors = typed_in(client.post(page("days", edition), sent_days(edition, **wrong)))

    assert {name: values[name] for name in wrong} == wrong
    assert list(errors) == fields
    assert edition.days.count() == 3


def test_days_stand_once_an_edition_runs(client, desk):
    edition = draft_of(desk, state=EditionState.RUNNING)

    values, errors = typed_in(client.post(page("days", edition), sent_days(edition, meeting_minutes="45")))

    assert (values["meeting_minutes"], list(errors)) == ("45", ["__all__"])
    assert Edition.objects.get().meeting_minutes == 20


def test_edition_goes_on_step_by_step_and_says_why_not(client, desk):
    edition = draft_of(desk)

    said = []
    for to in ("open", "open", "running", "archived"):
        answer = client.post(page("advance", edition), {"to": to}, follow=True)
        said.append(str(next(iter(answer.context["messages"]))).split(":")[0].split(".")[0])

    assert said == [
        "The edition is announced",
        "This edition is announced already",
        "The doors of this edition open on 3 July 2026 at 09",
        "This edition is announced already",
    ]
    assert client.post(page("advance", edition), {"to": "draft"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_board_asks_the_same_number_of_questions(client, desk, rows, django_assert_num_queries):
    edition = draft_of(desk, announced=True)
    for number in range(rows):
        BreakFactory(edition=edition, begins=time(10 + number), ends=time(11 + number))
        record("planned", edition, actor=member_of(desk.organisation, Role.SALES).user)

    with django_assert_num_queries(16):
        client.get(page("board", edition))


def test_draft_is_seen_by_nobody_but_who_runs_it(desk):
    edition = draft_of(desk)
    strangers = [
        organiser().user,
        member_of(desk.organisation, Role.VIEWER).user,
        MembershipFactory().user,
        UserFactory(),
    ]
    names = ("edition", "board", "texts", "days", "clone", "asked", "received")

    for person in strangers:
        browser = Client()
        browser.force_login(person)
        assert {browser.get(page(name, edition)).status_code for name in names} == {404}
    assert Client().get(page("edition", edition)).status_code == 404


def test_organiser_looks_at_the_page_of_a_draft(client, desk):
    edition = draft_of(desk)

    steps = client.get(page("edition", edition)).context["steps"]

    assert [step.address for step in steps] == [page("board", edition)]


def test_announced_edition_is_run_by_nobody_else(client):
    edition = EditionFactory(announced=True)
    client.force_login(organiser().user)

    assert client.get(page("board", edition)).status_code == 404
    assert client.post(page("advance", edition), {"to": "running"}).status_code == 404
    client.force_login(who_runs(edition))
    assert client.get(page("board", edition)).status_code == 200


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (EditionState.RUNNING, "Days and hours stand fast once an edition runs"),
        (EditionState.CLOSED, "its days and hours are a record"),
    ],
)
def test_days_that_stand_fast_are_told_with_the_reason_and_not_asked(client, desk, state, reason):
    edition = draft_of(desk, state=state)

    shown = client.get(page("days", edition))

    assert shown.templates[0].name == "fairs/organise/days_told.html"
    assert reason in shown.content.decode()
    assert 'name="opens-' not in shown.content.decode()


def test_days_sent_too_late_come_back_as_they_were_typed(client, desk):
    edition = draft_of(desk, state=EditionState.RUNNING)

    values, errors = typed_in(client.post(page("days", edition), sent_days(edition, meeting_minutes="30")))

    assert (values["meeting_minutes"], list(errors)) == ("30", ["__all__"])


def test_missing_texts_are_named_on_the_board_and_asked_for_in_their_form(client, desk):
    edition = draft_of(desk, place_en="", place_fr="", place_ar="", summary_fr="")

    board, texts = client.get(page("board", edition)), client.get(page("texts", edition))

    said = "Missing before it can be announced: what it is about, the place."
    assert board.context["agenda"].first.text == said
    shown = texts.content.decode()
    assert (shown.count("(needed before it is announced)"), shown.count("(optional)")) == (6, 0)


def test_other_clocks_of_an_announced_edition_are_asked_for_once_with_what_they_do(client, desk):
    edition = draft_of(desk, announced=True)
    sent = sent_days(edition, time_zone="America/Los_Angeles")

    asked = client.post(page("days", edition), sent)
    edition.refresh_from_db()
    was = edition.time_zone
    shown = asked.content.decode()
    client.post(page("days", edition), {**sent, "agreed": "America/Los_Angeles"})

    said = "By Los Angeles time the doors would open on 3 July 2026 at 09:00, which is 3 July 2026, 17:00"
    assert said in shown and 'value="America/Los_Angeles"' in shown
    edition.refresh_from_db()
    assert (was, edition.time_zone) == ("Africa/Casablanca", "America/Los_Angeles")


def test_last_day_that_other_clocks_move_is_named_before_and_after(client, desk):
    edition = draft_of(desk, announced=True)
    DeadlineFactory(edition=edition)
    sent = sent_days(edition, time_zone="Europe/Paris")

    asked = client.post(page("days", edition), sent).content.decode()
    after = client.post(page("days", edition), {**sent, "agreed": "Europe/Paris"}, follow=True)

    said = "until the end of 13 June 2026 (Paris time) in place of 12 June 2026."
    assert said in asked and said in after.content.decode()
    assert edition.deadlines.get().last_day == date(2026, 6, 13)


def test_clocks_that_show_the_same_hours_are_not_asked_about(client, desk):
    edition = draft_of(desk, announced=True)

    client.post(page("days", edition), sent_days(edition, time_zone="Europe/London"))

    edition.refresh_from_db()
    assert edition.time_zone == "Europe/London"


def test_clocks_that_were_agreed_to_stay_ticked_where_something_else_is_wrong(client, desk):
    edition = draft_of(desk, announced=True)
    told = {"time_zone": "Europe/Paris", "agreed": "Europe/Paris", "meeting_minutes": "x"}

    back = client.post(page("days", edition), sent_days(edition, **told)).content.decode()

    assert re.search(r'<input[^>]*name="agreed"[^>]*checked', back)
