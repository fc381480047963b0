"""What both who meet read and send on the pages of their meetings."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.sessions.actions import take_seat
from matchmaking.meetings.actions import accept_and_book, call_off, cancel_meeting, pin, run_late, say_held
from matchmaking.models import Meeting, Note, Request
from matchmaking.parties.actions import advance_matching, set_absences, set_hours
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from moussem.core.templatetags.times import with_zone
from tests.factories.matchmaking import exporter_at, speaker_of
from tests.factories.people import UserFactory
from tests.factories.sessions import SessionFactory, release

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Two of them read the parties, which are not joined to all the rest.
AGENDA_QUERIES, MEETING_QUERIES = 20, 28


def address(live, name, *rest):
    return reverse(f"matchmaking:{name}", args=[live.edition.slug, *rest])


def agenda(live):
    return reverse("fairs:agenda", args=[live.edition.slug])


def meetings_in(answer):
    return [line for day in answer.context["days"] for line in day.lines if line.kind == "meeting"]


def text_of(answer):
    return answer.content.decode()


UNSEEN = str.maketrans("", "", "\u2066\u2069\u2060")


def lines_of(answer):
    """Kind and hours of each line of each day."""
    days = [day.lines for day in answer.context["days"]]
    return [[(one.kind, one.at_fair.translate(UNSEEN)) for one in lines] for lines in days]


def sends(client, live, meeting, who, act, **told):
    client.force_login(who)
    sent = {"act": act, **{f"{act}-{name}": value for name, value in told.items()}}
    return client.post(address(live, "meeting", meeting.pk), sent)


def test_an_agenda_tells_meetings_and_what_is_free_between_them(client, live, books):
    books(2)
    set_absences(live.buyer.delegates.get(), actor=live.buys, slots=live.slots[5:7])
    client.force_login(live.buys)

    answer = client.get(agenda(live))

    assert lines_of(answer)[0] == [
        ("free", "09:00–09:45"),
        ("meeting", "09:50–10:10"),
        ("free", "10:15–11:00"),
        ("away", "11:05–11:50"),
        ("free", "11:55–17:40"),
    ]
    assert live.exporter.organisation.label in text_of(answer)
    assert "Table 1 in the meeting area" in text_of(answer)


def test_an_agenda_offers_nothing_beyond_the_limits_of_a_day_or_of_a_row(client, live, books, rival):
    delegate = live.exporter.delegates.get()
    books(2)
    rival(3)
    hours = {"time_zone": delegate.time_zone, "wakes": None, "sleeps": None}
    client.force_login(live.sells)

    set_hours(delegate, actor=live.sells, **hours, most_in_a_row=2)
    assert [kind for kind, _hours in lines_of(client.get(agenda(live)))[0]] == [
        *("free", "pause", "meeting", "meeting", "pause", "free")
    ]

    set_hours(delegate, actor=live.sells, **hours, most_a_day=2)
    page = client.get(agenda(live))
    assert [kind for kind, _hours in lines_of(page)[0]] == ["full", "meeting", "meeting", "full"]
    assert "Your limit for the day is reached" in text_of(page)
    assert lines_of(page)[1][0][0] == "free"


def test_an_agenda_of_a_fair_that_is_over_offers_nothing_to_prepare(client, live, books):
    books(0)
    client.force_login(live.buys)
    offered = ("Make the address", "Change when you meet", "In your own calendar")
    assert [one in text_of(client.get(agenda(live))) for one in offered] == [True] * 3

    type(live.edition).objects.update(state=EditionState.CLOSED)

    assert [one in text_of(client.get(agenda(live))) for one in offered] == [False] * 3


def test_a_session_that_is_kept_stands_between_meetings(client, live, books):
    books(0)
    session = SessionFactory(edition=live.edition, room=None)
    release(live.edition)
    take_seat(session.showing, actor=live.buys)
    client.force_login(live.buys)

    answer = client.get(agenda(live))

    assert lines_of(answer)[0][:4] == [
        ("meeting", "09:00–09:20"),
        ("free", "09:25–09:45"),
        ("session", "10:00–11:00"),
        ("free", "11:05–17:40"),
    ]


def test_an_agenda_asks_as_much_for_one_meeting_as_for_three(
    client, live, books, rival, django_assert_num_queries
):
    books(0)
    client.force_login(live.sells)
    client.get(agenda(live))
    with django_assert_num_queries(AGENDA_QUERIES):
        client.get(agenda(live))
    rival(1), rival(2)
    with django_assert_num_queries(AGENDA_QUERIES):
        assert len(meetings_in(client.get(agenda(live)))) == 3


def test_a_meeting_asks_as_much_beside_two_others(client, live, books, rival, django_assert_num_queries):
    meeting = books(0)
    client.force_login(live.sells)
    client.get(address(live, "meeting", meeting.pk))
    with django_assert_num_queries(MEETING_QUERIES):
        client.get(address(live, "meeting", meeting.pk))
    rival(1), rival(2)
    with django_assert_num_queries(MEETING_QUERIES):
        client.get(address(live, "meeting", meeting.pk))


def test_pages_are_read_in_arabic(client, live, books):
    meeting = books(0)
    live.buys.language = "ar"
    live.buys.save()
    client.force_login(live.buys)
    with translation.override("ar"):
        pages = [agenda(live), address(live, "meeting", meeting.pk), address(live, "hours")]

    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, 'dir="rtl"' in text_of(answer)) == (200, True)


def test_a_meeting_is_moved_on_its_page_to_a_slot_that_is_offered(client, live, books):
    meeting = books(0)
    client.force_login(live.buys)
    form = client.get(address(live, "meeting", meeting.pk)).context["forms"]["move"]
    offered = [key for _day, rows in form.fields["slot"].choices for key, _label in rows]
    assert offered == [str(slot.pk) for slot in live.slots[1:7]]

    answer = sends(client, live, meeting, live.buys, "move", slot=offered[1])

    assert answer.status_code == 302
    assert Meeting.objects.get().slot == live.slots[2]


def test_the_loser_of_a_slot_keeps_the_meeting_and_reads_the_next_ones(client, live, books, rival):
    meeting = books(0)
    rival(1)

    answer = sends(client, live, meeting, live.buys, "move", slot=live.slots[1].pk)

    form = answer.context["forms"]["move"]
    offered = [key for _day, rows in form.fields["slot"].choices for key, _label in rows]
    assert offered == [str(slot.pk) for slot in live.slots[2:5]]
    assert list(form.errors) == ["slot"]
    assert Meeting.objects.get(pk=meeting.pk).slot == live.slots[0]


def test_nobody_moves_a_meeting_while_the_timetable_is_made(client, live, books):
    meeting = books(0)
    advance_matching(live.edition, MatchingState.ASKING, actor=live.organiser)

    answer = sends(client, live, meeting, live.buys, "move", slot=live.slots[1].pk)

    assert answer["Location"] == address(live, "meeting", meeting.pk)
    assert Meeting.objects.get().slot == live.slots[0]
    assert list(client.get(answer["Location"]).context["forms"]) == ["withdraw"]


def test_a_pinned_meeting_offers_no_move_and_names_whom_to_write_to(client, live, books):
    meeting = pin(books(0), actor=live.organiser, is_pinned=True)

    answer = sends(client, live, meeting, live.buys, "move", slot=live.slots[1].pk)
    page = client.get(answer["Location"])

    assert Meeting.objects.get().slot == live.slots[0]
    assert list(page.context["forms"]) == ["withdraw"]
    assert "The organiser holds this meeting where it is." in text_of(page)


def test_a_meeting_is_called_off_with_its_request(client, live, books):
    meeting = books(0)

    sends(client, live, meeting, live.buys, "withdraw", reason="Ill")

    assert (Meeting.objects.get().state, Request.objects.get().state) == ("cancelled", "withdrawn")
    page = text_of(client.get(address(live, "meeting", meeting.pk)))
    assert "Your side called this meeting off on" in page and "Ill" in page


def test_running_late_is_said_on_the_day_and_read_by_the_other_side(client, live, books):
    meeting = books(0)
    sends(client, live, meeting, live.buys, "late", minutes=10)
    assert Meeting.objects.get().late_minutes == 0

    with time_machine.travel(meeting.slot.begins - timedelta(minutes=15), tick=False):
        sends(client, live, meeting, live.buys, "late", minutes=10)
        client.force_login(live.sells)
        page = text_of(client.get(address(live, "meeting", meeting.pk)))

        sends(client, live, meeting, live.sells, "late", minutes=5)
        both = text_of(client.get(address(live, "meeting", meeting.pk)))

    assert "They come <bdi>10</bdi> minutes later." in page
    assert "They come <bdi>10</bdi> minutes later." in both
    assert "They know that you come <bdi>5</bdi> minutes later." in both


def test_afterwards_each_side_says_what_became_of_it_and_keeps_its_own_note(client, live, books):
    meeting = books(0)
    with time_machine.travel(meeting.slot.ends, tick=False):
        sends(client, live, meeting, live.buys, "held", was_held="yes")
        told = {"text": "Sweet", "next_step": "sample", "follow_up_on": "2031-01-02"}
        sends(client, live, meeting, live.buys, "note", **told)
        mine = text_of(client.get(address(live, "meeting", meeting.pk)))
        client.force_login(live.sells)
        theirs = text_of(client.get(address(live, "meeting", meeting.pk)))

    note = Note.objects.get()
    assert (note.party, note.text, note.next_step) == (live.buyer, "Sweet", "sample")
    assert (Meeting.objects.get().state, "Sweet" in mine, "Sweet" in theirs) == ("held", True, False)
    assert "The other side says that it was held." in theirs


def test_a_side_that_did_not_come_reads_so_and_differs(client, live, books):
    meeting = books(0)
    with time_machine.travel(meeting.slot.ends, tick=False):
        sends(client, live, meeting, live.buys, "held", was_held="waited")
        client.force_login(live.sells)
        before = text_of(client.get(address(live, "meeting", meeting.pk)))
        sends(client, live, meeting, live.sells, "held", was_held="yes")
        after = text_of(client.get(address(live, "meeting", meeting.pk)))

    assert "The other side says that nobody came from yours." in before
    assert "the two sides differ" in after


def test_what_cannot_be_read_is_named_and_changes_nothing(client, live, books):
    meeting = books(0)
    with time_machine.travel(meeting.slot.ends, tick=False):
        held = sends(client, live, meeting, live.buys, "held")
        note = sends(client, live, meeting, live.buys, "note", text="Kept words", follow_up_on="soon")
    unknown = sends(client, live, meeting, live.buys, "burn")

    assert list(held.context["forms"]["held"].errors) == ["was_held"]
    assert list(note.context["forms"]["note"].errors) == ["follow_up_on"]
    assert "Kept words" in text_of(note)
    assert (unknown.status_code, Note.objects.count()) == (404, 0)


def test_who_does_not_meet_finds_no_meeting(client, live, books):
    meeting = books(0)
    other = speaker_of(exporter_at(live.edition))
    for who, status in ((live.sells, 200), (other, 404), (live.organiser, 404), (UserFactory(), 404)):
        client.force_login(who)
        assert client.get(address(live, "meeting", meeting.pk)).status_code == status
    client.force_login(other)
    assert [one.kind for day in client.get(agenda(live)).context["days"] for one in day.lines] == ["free"] * 3


def test_a_cancelled_meeting_takes_no_time_in_the_agenda_and_has_a_page_still(client, live, books):
    meeting = cancel_meeting(books(0), actor=live.organiser, reason="The hall is closed")
    client.force_login(live.buys)

    day = client.get(agenda(live)).context["days"][0]
    assert [(line.kind, line.is_busy) for line in day.lines][:2] == [("meeting", False), ("free", False)]
    answer = client.get(address(live, "meeting", meeting.pk))
    assert (answer.status_code, answer.context["forms"]) == (200, {})


def test_a_meeting_and_a_session_at_the_same_time_name_each_other(client, live, books):
    books(3)
    session = SessionFactory(edition=live.edition, room=None)
    release(live.edition)
    take_seat(session.showing, actor=live.buys)
    client.force_login(live.buys)

    lines = [line for line in client.get(agenda(live)).context["days"][0].lines if line.is_busy]

    assert [line.crosses for line in lines] == [[lines[1].label], [lines[0].label]]


def test_a_meeting_that_was_called_off_says_by_whom_and_when_and_leads_on(client, live, books):
    meeting = books(0)
    with time_machine.travel(live.slots[0].begins - timedelta(days=2), tick=False):
        call_off(live.request, actor=live.buys, reason="Ill")
        pages = {}
        for who in (live.buys, live.sells):
            client.force_login(who)
            pages[who] = text_of(client.get(address(live, "meeting", meeting.pk)))

    assert "Your side called this meeting off on 4 May 2030" in pages[live.buys]
    assert "</bdi> called this meeting off on 4 May 2030" in pages[live.sells]
    assert address(live, "ask", live.exporter.pk) in pages[live.buys]
    assert address(live, "ask", live.buyer.pk) in pages[live.sells]


def test_a_meeting_that_the_organiser_cancelled_names_the_organiser(client, live, books):
    meeting = books(0)
    cancel_meeting(meeting, actor=live.organiser)
    client.force_login(live.buys)

    page = text_of(client.get(address(live, "meeting", meeting.pk)))

    assert "The organiser cancelled this meeting on" in page
    assert address(live, "ask", live.exporter.pk) not in page


def test_a_cancelled_meeting_stays_in_the_agenda_until_its_hour_or_another_one(client, live, books):
    gone = books(0)
    call_off(live.request, actor=live.buys)
    client.force_login(live.buys)

    (line,) = meetings_in(client.get(agenda(live)))
    assert (line.told["meeting"], line.is_busy) == (gone, False)

    asked = ask(live.buyer, live.exporter, actor=live.buys, lines=[{"product": live.product}])
    anew = accept_and_book(asked, actor=live.sells, slot=live.slots[1])
    assert [line.told["meeting"] for line in meetings_in(client.get(agenda(live)))] == [anew]


@pytest.mark.parametrize(("was_held", "word"), [(True, "held"), (False, "not held"), (None, "was it held?")])
def test_what_was_agreed_tells_what_became_of_its_meeting(client, live, books, was_held, word):
    meeting = books(0)
    with time_machine.travel(live.slots[0].ends + timedelta(minutes=1), tick=False):
        if was_held is not None:
            say_held(meeting, party=live.buyer, actor=live.buys, was_held=was_held)
        client.force_login(live.buys)
        page = text_of(client.get(address(live, "home")))

    assert f"{word}</span>" in page
    assert "booked</span>" not in page


@pytest.mark.parametrize(("state", "is_told"), [(EditionState.RUNNING, True), (EditionState.CLOSED, False)])
def test_an_agenda_of_a_fair_that_is_over_promises_no_reminders(client, live, books, state, is_told):
    books(0)
    Edition.objects.update(state=state)
    client.force_login(live.buys)

    assert ("You are written to a day, an hour" in text_of(client.get(agenda(live)))) is is_told


def test_a_meeting_that_is_off_speaks_in_the_past_by_the_reader_s_clocks(client, live, books):
    meeting = books(0)
    call_off(live.request, actor=live.buys, reason="Ill")
    meeting.refresh_from_db()
    pages = {}
    for who in (live.buys, live.sells):
        client.force_login(who)
        pages[who] = client.get(address(live, "meeting", meeting.pk))

    assert [pages[who].context["cancelled_tone"] for who in pages] == ["info", "warning"]
    for page in map(text_of, pages.values()):
        assert "You meet" not in page and "You were to meet" in page
        assert f"on {with_zone(meeting.changed_at)}." in page


def test_once_a_meeting_is_over_nobody_is_told_to_come_later(client, live, books):
    meeting = books(0)
    with time_machine.travel(meeting.slot.begins, tick=False):
        run_late(meeting, party=live.buyer, actor=live.buys, minutes=10)
        client.force_login(live.buys)
        assert "They know that you come" in text_of(client.get(address(live, "meeting", meeting.pk)))

    with time_machine.travel(meeting.slot.ends, tick=False):
        client.force_login(live.buys)
        page = text_of(client.get(address(live, "meeting", meeting.pk)))
        say_held(meeting, party=live.buyer, actor=live.buys, was_held=True)
        held = text_of(client.get(address(live, "meeting", meeting.pk)))

    assert "They know that you come" not in page and "You were to meet" in page
    assert "You met" in held


def test_what_follows_a_meeting_is_not_before_it(client, live, books):
    meeting = books(0)
    with time_machine.travel(meeting.slot.ends, tick=False):
        answer = sends(client, live, meeting, live.buys, "note", text="Sweet", follow_up_on="2020-01-01")
        assert not Note.objects.exists()
        assert "cannot be earlier than the meeting" in text_of(answer)
        assert f'min="{meeting.slot.on}"' in text_of(answer)

        sends(client, live, meeting, live.buys, "note", text="Sweet", follow_up_on=str(meeting.slot.on))

    assert Note.objects.get().follow_up_on == meeting.slot.on


def test_a_tab_that_moves_a_meeting_to_where_it_is_reads_so(client, live, books):
    meeting = books(0)
    answer = sends(client, live, meeting, live.buys, "move", slot=live.slots[0].pk)

    (error,) = answer.context["forms"]["move"].non_field_errors()
    assert error.startswith("The meeting is in this slot already.")
    meeting.refresh_from_db()
    assert (meeting.slot, meeting.sequence) == (live.slots[0], 0)
