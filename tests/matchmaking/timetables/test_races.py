"""A timetable is published while others publish, book and cancel."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.core import mail
from django.db import connection

from fairs.editions.actions import withdraw_edition
from fairs.editions.errors import EditionWithdrawn
from matchmaking.meetings.actions import accept_and_book, book, call_off, cancel_meeting
from matchmaking.meetings.errors import MeetingBegun, SlotTaken
from matchmaking.meetings.openings import openings_for
from matchmaking.models import Meeting, MeetingTable, Request, Seat, Slot, Version
from matchmaking.parties.actions import advance_matching, close_table, lay_tables
from matchmaking.parties.queries import matching_of
from matchmaking.parties.states import MatchingState, TableKind
from matchmaking.requests.actions import ask
from matchmaking.timetables.actions import ask_run, make_timetable, publish, roll_back
from matchmaking.timetables.actions.running import fail_run, patiently
from matchmaking.timetables.errors import DraftOutdated, PublishedAlready
from moussem.core.errors import MoveNotAllowed, Refusal
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import (
    agree,
    buyer_at,
    exhibits_at,
    exporter_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.matchmaking.timetables.greedy import solve
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql


def agreed():
    """An edition with one agreed pair, and a buyer who has asked another exporter."""
    edition, family = meeting_edition(), FamilyFactory()
    buyer, other, exporter = buyer_at(edition), buyer_at(edition), exporter_at(edition)
    agree(buyer, exporter, family)
    waits = ask(other, exporter, actor=speaker_of(other), lines=[{"family": family}])
    return edition, organiser_of(edition), waits


def drafted(edition, actor):
    return make_timetable(ask_run(edition, actor=actor).pk, solver=solve)


def test_of_ten_who_publish_one_draft_at_once_one_does():
    edition, organiser, _waits = agreed()
    run = drafted(edition, organiser)

    answers = at_once(*[partial(publish, run, actor=organiser) for _ in range(10)])

    assert sum(isinstance(one, Version) for one in answers) == 1
    assert sum(isinstance(one, PublishedAlready) for one in answers) == 9
    assert (Meeting.objects.count(), Seat.objects.count()) == (1, 3)


def test_of_ten_who_ask_for_a_run_at_once_one_gets_it():
    edition, organiser, _waits = agreed()

    answers = at_once(*[partial(ask_run, edition, actor=organiser) for _ in range(10)])

    assert sum(isinstance(one, Refusal) for one in answers) == 9


def test_of_a_draft_and_a_live_booking_at_once_none_takes_the_others_seat():
    for _ in range(8):
        edition, organiser, waits = agreed()
        run = drafted(edition, organiser)
        advance_matching(edition, MatchingState.LIVE, actor=organiser)
        exporter = waits.exporter
        slot = openings_for(waits, matching_of(edition))[0].slot

        answers = at_once(
            partial(publish, run, actor=organiser),
            partial(accept_and_book, waits, actor=speaker_of(exporter), slot=slot),
        )

        done = [one for one in answers if not isinstance(one, Refusal)]
        refused = [type(one) for one in answers if isinstance(one, Refusal)]
        assert len(done) == 1
        assert refused in ([DraftOutdated], [SlotTaken])
        assert Meeting.objects.filter(edition=edition).count() == 1
        assert Seat.objects.filter(meeting__edition=edition).count() == 3


def test_of_a_rollback_and_a_cancellation_at_once_the_seats_are_those_of_the_meetings():
    for _ in range(8):
        edition, organiser, _waits = agreed()
        version = publish(drafted(edition, organiser), actor=organiser)
        meeting = Meeting.objects.get(edition=edition)

        answers = at_once(
            partial(roll_back, version, actor=organiser),
            partial(cancel_meeting, meeting, actor=organiser),
        )

        allowed = (Refusal, Version, Meeting)
        assert all(isinstance(one, allowed) for one in answers)
        assert not any(isinstance(one, MoveNotAllowed | MeetingBegun) for one in answers)
        standing = Meeting.objects.filter(edition=edition).exclude(state="cancelled").count()
        assert Seat.objects.filter(meeting__edition=edition).count() == 3 * standing


@pytest.mark.parametrize("act", [publish, roll_back])
def test_whoever_calls_off_while_a_timetable_is_written_is_seen(act):
    edition, organiser, _waits = agreed()
    version = publish(drafted(edition, organiser), actor=organiser)
    written = version if act is roll_back else drafted(edition, organiser)
    meeting = Meeting.objects.get(edition=edition)
    request = Request.objects.get(pk=meeting.request_id)

    with pytest.raises(Refusal), while_it_waits(request, partial(act, written, actor=organiser)):
        call_off(request, actor=speaker_of(request.buyer))

    meeting.refresh_from_db()
    assert (meeting.state, Version.objects.filter(edition=edition).count()) == ("cancelled", 1)
    assert Seat.objects.filter(meeting__edition=edition).count() == 0


def close_one(row, slot, organiser):
    """A table is closed in a slot."""
    table = MeetingTable.objects.get(pk=row["table"])
    close_table(table, actor=organiser, slots=[slot])


def withdraw_all(row, slot, organiser):
    """All shared tables go."""
    lay_tables(slot.edition, actor=organiser, kind=TableKind.STANDARD, count=0)


@pytest.mark.parametrize("goes", [close_one, withdraw_all])
def test_a_table_that_goes_while_a_timetable_is_published_is_seen(goes):
    edition, organiser, _waits = agreed()
    run = drafted(edition, organiser)
    (row,) = run.draft
    slot = Slot.objects.get(pk=row["slot"])

    with pytest.raises(DraftOutdated), while_it_waits(slot, partial(publish, run, actor=organiser)):
        goes(row, slot, organiser)

    assert Meeting.objects.filter(edition=edition).count() == 0


def test_a_draft_is_read_whole_or_not_at_all():
    edition, family = meeting_edition(), FamilyFactory()
    buyers, exporters = [buyer_at(edition) for _ in range(3)], [exporter_at(edition) for _ in range(3)]
    for one in buyers:
        for other in exporters:
            agree(one, other, family)
    organiser = organiser_of(edition)
    run = drafted(edition, organiser)

    counts = at_once(
        partial(publish, run, actor=organiser),
        *[partial(Meeting.objects.filter(edition=edition).count) for _ in range(6)],
    )

    assert set(counts[1:]) <= {0, 9}
    assert Request.objects.filter(edition=edition, meetings__isnull=False).count() == 9


def lose_the_connection():
    """The server ends the connection of this thread, as where it starts anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (mine,) = cursor.fetchone()

    def end():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [mine])
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(end).result()


def test_a_run_comes_to_its_end_although_the_database_was_gone_meanwhile():
    edition, organiser, _waits = agreed()
    run = ask_run(edition, actor=organiser)

    def loses_it(problem, *, progress, should_stop, **told):
        lose_the_connection()
        progress({"value": 1})
        assert not should_stop()
        lose_the_connection()
        return solve(problem, progress=progress, should_stop=should_stop, **told)

    ended = make_timetable(run.pk, solver=loses_it)

    assert (ended.state, len(ended.draft)) == ("done", 1)


def test_a_run_that_breaks_says_so_although_the_database_is_gone_at_that_moment():
    edition, organiser, _waits = agreed()
    run = ask_run(edition, actor=organiser)
    lose_the_connection()

    patiently(fail_run, run.pk, failure="ValueError")

    run.refresh_from_db()
    assert (run.state, run.failure) == ("failed", "ValueError")


@pytest.mark.parametrize("act", [publish, roll_back])
def test_nothing_is_published_at_a_fair_that_is_withdrawn_at_that_moment(act):
    edition, organiser, _waits = agreed()
    run = drafted(edition, organiser)
    if act is roll_back:
        run = publish(run, actor=organiser)
        cancel_meeting(Meeting.objects.get(edition=edition), actor=organiser)
    known = Version.objects.count()
    mail.outbox.clear()

    with (
        pytest.raises(EditionWithdrawn),
        while_it_waits(matching_of(edition), partial(act, run, actor=organiser)),
    ):
        withdraw_edition(edition, actor=organiser, reason="Rain.")

    assert (Seat.objects.count(), Version.objects.count()) == (0, known)
    assert [one.subject for one in mail.outbox if "Your meetings" in one.subject] == []


def test_nobody_is_published_into_an_hour_in_which_another_fair_books_them():
    editions, family = [meeting_edition(starts_on=date(2030, 5, 6)) for _ in range(2)], FamilyFactory()
    sells = exporter_at(editions[0])
    agree(buyer_at(editions[0]), sells, family)
    organiser, person = organiser_of(editions[0]), speaker_of(sells)
    run = drafted(editions[0], organiser)
    elsewhere = agree(buyer_at(editions[1]), exhibits_at(editions[1], sells.organisation), family)
    then = Slot.objects.get(pk=run.draft[0]["slot"]).begins
    slot = Slot.objects.get(edition=editions[1], begins=then)

    with pytest.raises(DraftOutdated), while_it_waits(person, partial(publish, run, actor=organiser)):
        book(elsewhere, actor=organiser_of(editions[1]), slot=slot)

    assert list(Meeting.objects.values_list("edition", flat=True)) == [editions[1].pk]
