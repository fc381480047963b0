"""Questions are asked, voted for and led; what is not public is read by nobody but moderators."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from fairs.live.actions import close_room
from fairs.live.commands import answer
from fairs.live.errors import RoomClosed, SlowMode
from fairs.live.models import LiveEntry
from fairs.live.protocol import Command
from fairs.live.stage.actions import (
    ask_question,
    lead_question,
    let_questions_wait,
    merge_questions,
    vote_for_question,
)
from fairs.live.stage.errors import MergedWithItself, NotModerator, QuestionsEnough, QuestionTakesNoVotes
from fairs.live.stage.models import LiveQuestion, LiveStage, LiveVote
from fairs.live.stage.queries import questions_in
from fairs.live.stage.states import QuestionState
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.log import history_of
from tests.factories.live import guest_of, session_room, stand_room
from tests.factories.sessions import organiser
from tests.factories.stage import asked, waiting, with_duty

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def nadia(room):
    return with_duty(room)


def in_the_log(room):
    return [one.data for one in LiveEntry.objects.filter(room=room, kind="question")]


def listed(room, person):
    return answer(person, Command("question.list", "1", {"room": room.pk}))["questions"]


def test_question_is_shown_at_once_with_the_name_of_who_asks(room):
    salma = guest_of(room)
    question = asked(room, salma)

    (told,) = in_the_log(room)
    assert (told["question"], told["text"], told["state"]) == (question.pk, "By hand?", "shown")
    assert told["asker"] == {"id": salma.pk, "name": "Salma Idrissi"}


def test_question_that_is_sent_twice_is_asked_once(room):
    salma, key = guest_of(room), uuid4()

    first = ask_question(room, "By hand?", author=salma, client_uuid=key)
    again = ask_question(room, "Something else", author=salma, client_uuid=key)

    assert (again, again.text, len(in_the_log(room))) == (first, "By hand?", 1)


def test_nobody_is_told_who_asked_an_anonymous_question(room, nadia):
    salma = guest_of(room, last_name="Leaks")
    question = asked(room, salma, is_anonymous=True)
    lead_question(room, question.pk, QuestionState.ANSWERED, actor=nadia, answer="Yes")

    entries = LiveEntry.objects.filter(room=room)
    assert [(one.data["asker"], one.by) for one in entries] == [(None, ""), (None, "")]
    assert "Leaks" not in str([listed(room, nadia), listed(room, guest_of(room))])


def test_question_that_waits_is_read_by_its_author_and_moderators_alone(room, nadia):
    salma = guest_of(room)
    question = waiting(room, salma)

    seen = {who: [(one["question"], one["text"]) for one in listed(room, person)]
            for who, person in (("salma", salma), ("nadia", nadia), ("else", guest_of(room)))}  # fmt: skip

    assert seen == {"salma": [(question.pk, "By hand?")], "nadia": [(question.pk, "By hand?")], "else": []}
    assert in_the_log(room) == []


def test_moderator_shows_and_hides(room, nadia):
    question = waiting(room)

    lead_question(room, question.pk, QuestionState.SHOWN, actor=nadia)
    lead_question(room, question.pk, QuestionState.HIDDEN, actor=nadia)

    assert [(one["state"], one["text"]) for one in in_the_log(room)] == [
        ("shown", "By hand?"),
        ("hidden", ""),
    ]
    assert [one.verb for one in history_of(question)] == ["moved.shown", "moved.hidden"]
    assert listed(room, guest_of(room)) == []


def test_answer_in_writing_is_read_by_everybody_and_may_be_mended(room, nadia):
    question = asked(room)

    lead_question(room, question.pk, QuestionState.ANSWERED, actor=nadia)
    lead_question(room, question.pk, QuestionState.ANSWERED, actor=nadia, answer="By hand, at dawn.")

    assert [one["answer"] for one in in_the_log(room)] == ["", "", "By hand, at dawn."]
    assert listed(room, guest_of(room))[0]["answer"] == "By hand, at dawn."


def test_votes_of_merged_questions_count_once_a_person(room, nadia):
    one, other = asked(room), asked(room, text="Handpicked?")
    salma, brahim = guest_of(room), guest_of(room)
    for question, person in ((one, salma), (other, salma), (other, brahim)):
        vote_for_question(room, question.pk, voter=person, wants=True)

    target = merge_questions(room, other.pk, one.pk, actor=nadia)

    assert (target, target.votes, LiveQuestion.objects.get(pk=one.pk).votes) == (one, 2, 2)
    assert [found.pk for found in questions_in(room, salma)] == [one.pk]
    assert in_the_log(room)[-2]["into"] == one.pk


def test_question_is_merged_with_another_that_is_shown(room, nadia, refused):
    one, hidden = asked(room), asked(room)
    lead_question(room, hidden.pk, QuestionState.HIDDEN, actor=nadia)

    refused(MergedWithItself, merge_questions, room, one.pk, one.pk, actor=nadia)
    refused(MergedWithItself, merge_questions, room, one.pk, hidden.pk, actor=nadia)
    refused(NotYours, merge_questions, room, one.pk, asked(session_room()).pk, actor=nadia)


def test_vote_counts_once_and_is_taken_back(room):
    question, salma = asked(room), guest_of(room)

    for wants, votes in ((True, 1), (True, 1), (False, 0), (False, 0)):
        assert vote_for_question(room, question.pk, voter=salma, wants=wants).votes == votes
        assert LiveVote.objects.count() == votes


def test_list_is_sorted_by_votes_and_what_is_answered_comes_last(room, nadia):
    first, second, third = asked(room), asked(room), asked(room)
    for question, voters in ((second, 1), (third, 2)):
        for _voter in range(voters):
            vote_for_question(room, question.pk, voter=guest_of(room), wants=True)
    lead_question(room, third.pk, QuestionState.ANSWERED, actor=nadia)

    assert [one.pk for one in questions_in(room, nadia)] == [second.pk, first.pk, third.pk]


def test_of_too_many_those_to_be_dealt_with_are_listed_before_what_was_answered(room, nadia, monkeypatch):
    monkeypatch.setattr("fairs.live.stage.queries.LISTED", 2)
    answered, opened = asked(room), asked(room)
    vote_for_question(room, answered.pk, voter=guest_of(room), wants=True)
    lead_question(room, answered.pk, QuestionState.ANSWERED, actor=nadia)
    latest = waiting(room)

    assert {one.pk for one in questions_in(room, nadia, moderates=True)} == {opened.pk, latest.pk}
    assert [one.pk for one in questions_in(room, guest_of(room))] == [opened.pk, answered.pk]


def test_what_takes_no_votes_gets_none(room, nadia, refused):
    question, salma = asked(room), guest_of(room)
    lead_question(room, question.pk, QuestionState.ANSWERED, actor=nadia)

    refused(QuestionTakesNoVotes, vote_for_question, room, question.pk, voter=salma, wants=True)
    refused(NotYours, vote_for_question, session_room(), question.pk, voter=salma, wants=True)
    refused(QuestionTakesNoVotes, vote_for_question, room, waiting(room, salma).pk, voter=salma, wants=True)
    refused(NotYours, vote_for_question, room, waiting(room).pk, voter=salma, wants=True)


def test_guest_leads_nothing_and_an_organiser_everything(room, refused):
    question = asked(room)

    for act, told in ((lead_question, {"to": QuestionState.HIDDEN}), (merge_questions, {"into": 1})):
        refused(NotModerator, act, room, question.pk, actor=guest_of(room), **told)
    refused(
        NotModerator, lead_question, room, question.pk, QuestionState.HIDDEN, actor=with_duty(session_room())
    )
    lead_question(room, question.pk, QuestionState.HIDDEN, actor=organiser(room.edition))
    refused(
        MoveNotAllowed, lead_question, room, question.pk, QuestionState.ANSWERED,
        actor=organiser(room.edition),
    )  # fmt: skip


def test_slow_mode_holds_up_questions_too(room, refused):
    room.slow_seconds = 10
    room.save()
    salma, now = guest_of(room), timezone.now()
    asked(room, salma, now=now)

    told = {"author": salma, "client_uuid": uuid4()}
    refusal = refused(SlowMode, ask_question, room, "And?", now=now + timedelta(seconds=4), **told)
    assert refusal.facts == {"every": 10, "seconds": 6}


def test_nobody_fills_the_queue(room, refused):
    salma = guest_of(room)
    for _time in range(10):
        asked(room, salma)

    refused(QuestionsEnough, ask_question, room, "And?", author=salma, client_uuid=uuid4())


def test_questions_are_of_open_sessions(room, refused):
    stand = stand_room(room.edition)
    told = {"author": guest_of(room), "client_uuid": uuid4()}

    refused(NotYours, ask_question, stand, "By hand?", **told)
    refused(RoomClosed, ask_question, close_room(room), "By hand?", **told)


def test_moderator_lets_questions_wait(room, nadia, refused):
    let_questions_wait(room, True, actor=nadia)

    assert asked(room).state == QuestionState.WAITING
    refused(NotModerator, let_questions_wait, room, False, actor=guest_of(room))
    assert LiveStage.objects.get().questions_wait


def test_ones_own_questions_are_listed_however_many_others_are_wanted_more(room, monkeypatch):
    salma = guest_of(room)
    monkeypatch.setattr("fairs.live.stage.queries.LISTED", 2)
    first, second, third, hers = asked(room), asked(room), asked(room), asked(room, salma)

    assert [one.pk for one in questions_in(room, salma)] == [first.pk, second.pk, hers.pk]
    assert [one.pk for one in questions_in(room, third.author)] == [first.pk, second.pk, third.pk]
