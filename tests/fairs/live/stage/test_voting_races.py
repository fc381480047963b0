"""Many vote, merge and write at once, on a database with row locks."""

from uuid import uuid4

import pytest

from fairs.live.models import LiveEntry
from fairs.live.stage.actions import (
    ask_question,
    erase_questions_of,
    erase_votes_of,
    lead_poll,
    lead_question,
    merge_questions,
    vote_for_question,
    vote_in_poll,
)
from fairs.live.stage.errors import VotedAlready
from fairs.live.stage.models import LiveBallot, LiveQuestion, LiveVote
from fairs.live.stage.states import PollState
from tests.factories.live import guest_of, session_room
from tests.factories.stage import asked, poll_of, with_duty
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql
VOTERS = 12


def test_every_vote_is_counted_and_each_persons_once():
    room = session_room()
    question, people = asked(room), [guest_of(room) for _number in range(VOTERS)]

    at_once(
        *[
            lambda who=who: vote_for_question(room, question.pk, voter=who, wants=True)
            for who in people
            for _time in range(2)
        ]
    )

    assert (LiveQuestion.objects.get().votes, LiveVote.objects.count()) == (VOTERS, VOTERS)


def test_votes_and_a_merger_at_once_lose_no_vote_that_was_taken():
    room = session_room()
    nadia, one, other = with_duty(room), asked(room), asked(room)
    people = [guest_of(room) for _number in range(VOTERS)]
    votes = [lambda who=who: vote_for_question(room, other.pk, voter=who, wants=True) for who in people]

    *answers, _target = at_once(*votes, lambda: merge_questions(room, other.pk, one.pk, actor=nadia))

    taken = sum(isinstance(answer, LiveQuestion) for answer in answers)
    assert LiveQuestion.objects.get(pk=one.pk).votes == taken == LiveVote.objects.filter(question=one).count()


def test_one_person_votes_once_in_a_poll_from_many_windows():
    room = session_room()
    nadia, salma = with_duty(room), guest_of(room)
    poll = lead_poll(room, poll_of(room, nadia).pk, PollState.OPEN, actor=nadia)
    choices = [one.pk for one in poll.choices.all()]

    answers = at_once(
        *[lambda pk=pk: vote_in_poll(room, poll.pk, pk, voter=salma) for pk in choices for _time in range(4)]
    )

    kept = LiveBallot.objects.get().choice_id
    assert sum(isinstance(answer, VotedAlready) for answer in answers) == 4
    assert kept in choices


def test_question_that_is_sent_many_times_at_once_is_asked_once():
    room, key = session_room(), uuid4()
    salma = guest_of(room)

    at_once(*[lambda: ask_question(room, "By hand?", author=salma, client_uuid=key)] * 8)

    assert (LiveQuestion.objects.count(), LiveEntry.objects.filter(kind="question").count()) == (1, 1)


def test_two_moderators_who_merge_crosswise_do_not_wait_for_each_other():
    room = session_room()
    nadia, one, other = with_duty(room), asked(room), asked(room)

    at_once(
        lambda: merge_questions(room, one.pk, other.pk, actor=nadia),
        lambda: merge_questions(room, other.pk, one.pk, actor=nadia),
    )

    assert LiveQuestion.objects.filter(state="merged").count() == 1


@pytest.mark.parametrize("act", ["lead", "merge"])
def test_moderator_and_somebody_who_is_erased_do_not_wait_in_a_ring(act):
    room = session_room()
    nadia, salma = with_duty(room), guest_of(room)
    one, other, hers = asked(room), asked(room), asked(room, salma)
    for question in (one, other):
        vote_for_question(room, question.pk, voter=salma, wants=True)
    acts = {
        "lead": lambda: lead_question(room, one.pk, "answered", actor=nadia),
        "merge": lambda: merge_questions(room, one.pk, other.pk, actor=nadia),
    }

    # Erasing holds the rooms before it comes to the questions in them.
    with while_it_waits(room, acts[act]) as answer:
        erase_questions_of(salma)
        erase_votes_of(salma)

    hers.refresh_from_db()
    assert isinstance(answer.result(), LiveQuestion)
    assert (hers.author, hers.state, LiveVote.objects.count()) == (None, "hidden", 0)


def test_poll_that_is_led_waits_for_the_room_and_holds_nothing_in_it():
    room = session_room()
    nadia, salma = with_duty(room), guest_of(room)
    poll = lead_poll(room, poll_of(room, nadia).pk, PollState.OPEN, actor=nadia)

    with while_it_waits(room, lambda: lead_poll(room, poll.pk, PollState.CLOSED, actor=nadia)):
        vote_in_poll(room, poll.pk, poll.choices.first().pk, voter=salma)

    assert LiveBallot.objects.get().person == salma
