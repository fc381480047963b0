"""Blocks, reports, unheard and kept out; taken along and erased."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from fairs.live.actions import open_call, write
from fairs.live.queries import latest_of_kind, room_for
from fairs.live.safety.actions import (
    block_person,
    close_report,
    forget_reports,
    lift_measure,
    report_entry,
    take_measure,
    unblock_person,
)
from fairs.live.safety.errors import (
    Blocked,
    MeasureOver,
    NotAboutOrganisers,
    NothingToReport,
    NotThemselves,
    ReasonMissing,
    ReportClosed,
    ReportFull,
    SayWhatIsWrong,
)
from fairs.live.safety.evidence import is_ours, sealed
from fairs.live.safety.models import LiveBlock, LiveMeasure, LiveReport
from fairs.live.safety.personal import erase, held_of
from fairs.live.safety.states import Measure
from fairs.live.stands.queries import threads_at
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.live import guest_of, receiving_at, session_room, stand_room, thread_at
from tests.factories.people import UserFactory
from tests.factories.sessions import organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def said(room, person, *texts):
    for text in texts:
        write(room, "chat", {"text": text}, author=person, client_uuid=uuid4())


def read(room, reader):
    return [one.data["text"] for one in latest_of_kind(room, "chat", reader=reader)]


def mute(at, person):
    runs = organiser(at.edition)
    return take_measure(at.edition, Measure.MUTE, actor=runs, person=person, reason="Adverts")


def ban(at, person, **told):
    runs = organiser(at.edition)
    return take_measure(at.edition, Measure.BAN, actor=runs, person=person, reason="Insults", **told)


@pytest.fixture
def room(db):
    """The open room of a session."""
    return session_room()


def test_neither_of_two_reads_the_other_until_it_is_taken_back(room):
    salma, brahim, other = (guest_of(room) for _each in range(3))
    said(room, salma, "From her")
    said(room, brahim, "From him")

    block_person(room, actor=salma, other=brahim.pk)
    assert [read(room, one) for one in (salma, brahim)] == [["From her"], ["From him"]]
    assert read(room, other) == ["From her", "From him"]
    unblock_person(actor=salma, other=brahim.pk)
    assert read(room, salma) == ["From her", "From him"]


def test_nobody_is_blocked_who_was_never_met_there(room, refused):
    salma = guest_of(room)

    refused(NotYours, block_person, room, actor=salma, other=UserFactory().pk)
    refused(NotThemselves, block_person, room, actor=salma, other=salma.pk)
    assert LiveBlock.objects.count() == 0


def test_two_who_are_kept_apart_do_not_call(room, refused):
    salma, brahim = guest_of(room), guest_of(room)
    said(room, brahim, "Hey")
    block_person(room, actor=salma, other=brahim.pk)

    refused(Blocked, open_call, room.edition, [brahim, salma])


def test_report_keeps_the_message_and_the_ten_before_it(room, refused):
    salma, brahim = guest_of(room), guest_of(room, first_name="Brahim")
    said(room, brahim, *map(str, range(15)))

    report = report_entry(room, actor=salma, seq=13, words="Spam")

    assert [one["data"]["text"] for one in report.evidence] == [str(n) for n in range(2, 13)]
    assert (report.about, report_entry(room, actor=salma, seq=13)) == (brahim, report)
    refused(NotThemselves, report_entry, room, actor=brahim, seq=13)
    refused(NothingToReport, report_entry, room, actor=salma, seq=99)


def test_report_says_why_and_what_is_said_later_goes_into_it(room, refused):
    salma, brahim = guest_of(room), guest_of(room)
    said(room, brahim, "Bad words")
    refused(SayWhatIsWrong, report_entry, room, actor=salma, seq=1, words=" ")
    for words in ("Insults", "", "He does it again", "He does it again"):
        report = report_entry(room, actor=salma, seq=1, words=words)

    assert report.words == "Insults\nHe does it again"
    assert [one.verb for one in history_of(report)] == ["live_reported", "live_report_said_more"]
    refused(ReportFull, report_entry, room, actor=salma, seq=1, words="x" * 480)
    close_report(report, actor=organiser(room.edition))
    refused(ReportClosed, report_entry, room, actor=salma, seq=1, words="And more")


def test_evidence_outlives_what_it_shows_and_tells_what_was_changed(room):
    salma, brahim = guest_of(room), guest_of(room)
    said(room, brahim, "Bad words")
    report = report_entry(room, actor=salma, seq=1, words="Rude")
    erase(brahim)

    told = sealed(LiveReport.objects.get(pk=report.pk))

    assert (told["evidence"]["entries"][0]["data"], is_ours(told)) == ({"text": "Bad words"}, True)
    told["evidence"]["entries"][0]["data"]["text"] = "Kind words"
    assert is_ours(told) is False


def test_words_beside_what_was_reported_go_with_their_author(room):
    salma, brahim, omar = guest_of(room), guest_of(room), guest_of(room)
    said(room, omar, "My number is 0600")
    said(room, brahim, "Bad words", "Worse words")
    report = report_entry(room, actor=salma, seq=3, words="Rude")
    erase(omar)
    erase(brahim)

    kept = LiveReport.objects.get(pk=report.pk).evidence

    gone = {"text": "", "erased": True}
    assert [one["data"] for one in kept] == [gone, gone, {"text": "Worse words"}]
    assert [one["by"] and one["by"]["id"] for one in kept] == [None, None, brahim.pk]


def test_report_goes_a_year_after_it_was_made_once_somebody_looked_at_it(room):
    salma, brahim = guest_of(room), guest_of(room)
    said(room, brahim, "Bad words", "Worse words")
    looked_at, waits = (report_entry(room, actor=salma, seq=one, words="Rude") for one in (1, 2))
    close_report(looked_at, actor=organiser(room.edition))

    assert forget_reports(looked_at.at + timedelta(days=364)) == 0
    assert forget_reports(waits.at + timedelta(days=365)) == 1
    assert list(LiveReport.objects.all()) == [waits]
    assert LogEntry.objects.last().verb == "live_report_forgotten"


def test_report_is_done_once_by_who_runs_the_edition(room, refused):
    salma, brahim = guest_of(room), guest_of(room)
    said(room, brahim, "Bad words")
    report = report_entry(room, actor=salma, seq=1, words="Rude")

    refused(NotYours, close_report, report, actor=salma)
    assert close_report(report, actor=organiser(room.edition)).is_done


def test_only_the_author_reads_what_an_unheard_person_writes(room):
    salma, brahim = guest_of(room), guest_of(room)
    mute(room, brahim)
    said(room, brahim, "Buy now")
    said(room, salma, "Salam")

    assert (read(room, brahim), read(room, salma)) == (["Buy now", "Salam"], ["Salam"])
    assert read(room, organiser(room.edition)) == ["Salam"]


def test_unheard_question_reaches_no_stand(db):
    stand = stand_room()
    amina, visitor = receiving_at(stand), guest_of(stand)
    mute(stand, visitor)
    thread = thread_at(stand, visitor).thread

    assert (thread.visitor, list(threads_at(stand.exhibitor, amina))) == (visitor, [])


def test_whoever_is_kept_out_enters_again_when_it_ends(room):
    guest = guest_of(room)
    measure = ban(room, guest, room=room, until=timezone.now() + timedelta(hours=1))
    assert room_for(guest, room.pk) is None

    past = timezone.now() - timedelta(hours=1)
    LiveMeasure.objects.filter(pk=measure.pk).update(at=past - timedelta(hours=1), until=past)
    assert room_for(guest, room.pk) == room


def test_ban_from_one_room_leaves_the_others_open(room):
    guest, other = guest_of(room), stand_room(room.edition)
    ban(room, guest, room=room)

    assert (room_for(guest, room.pk), room_for(guest, other.pk)) == (None, other)


def test_ban_is_logged_and_written_about_and_taken_back_once(room, refused):
    guest = guest_of(room)
    measure = ban(room, guest)
    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [guest.email]

    lift_measure(measure, actor=organiser(room.edition))
    refused(MeasureOver, lift_measure, measure, actor=organiser(room.edition))

    verbs = LogEntry.objects.filter(subject_type="fairs.livemeasure").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["live_banned", "live_measure_lifted"]
    assert room_for(guest, room.pk) == room


def test_measures_need_a_reason_and_somebody_who_runs_the_edition(room, refused):
    guest, runs = guest_of(room), organiser(room.edition)
    told = {"person": guest, "reason": "Insults"}

    refused(NotYours, take_measure, room.edition, Measure.BAN, actor=guest_of(room), **told)
    refused(ReasonMissing, take_measure, room.edition, Measure.BAN, actor=runs, **{**told, "reason": " "})
    refused(
        NotAboutOrganisers, take_measure, room.edition, Measure.BAN, actor=runs, **{**told, "person": runs}
    )
    assert LiveMeasure.objects.count() == 0


def test_erased_words_leave_their_numbers_and_conversations(db):
    stand = stand_room()
    visitor, amina = guest_of(stand), receiving_at(stand)
    thread = thread_at(stand, visitor, "My secret").thread
    assert held_of(visitor)["questions_at_stands"][0]["room"] == thread.room_id

    erase(visitor)

    thread.refresh_from_db()
    entry = thread.room.entries.get(seq=1)
    assert (entry.author, entry.data, thread.visitor, thread.is_over) == (
        None, {"text": "", "erased": True}, None, True,
    )  # fmt: skip
    assert room_for(amina, thread.room_id) == thread.room
    assert held_of(visitor)["entries"] == []
