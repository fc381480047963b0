"""Polls are written, opened and closed by moderators; each person votes once."""

from uuid import uuid4

import pytest

from fairs.live.commands import ANSWERS, answer
from fairs.live.models import LiveEntry
from fairs.live.protocol import Command
from fairs.live.stage.actions import lead_poll, vote_in_poll, write_poll
from fairs.live.stage.errors import NotModerator, PollNotOpen, PollWrong, VotedAlready
from fairs.live.stage.models import LiveBallot, LivePoll
from fairs.live.stage.states import PollState
from moussem.core.errors import MoveNotAllowed, NotYours
from tests.factories.live import guest_of, session_room
from tests.factories.stage import poll_of, with_duty

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TEXTS = {"en": "Ship?", "fr": "", "ar": ""}


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def nadia(room):
    return with_duty(room)


def opened(room, nadia, results="voted"):
    return lead_poll(room, poll_of(room, nadia, results).pk, PollState.OPEN, actor=nadia)


def seen(room, person):
    (told,) = answer(person, Command("poll.list", "1", {"room": room.pk}))["polls"]
    return told["standing"]


def test_draft_is_seen_by_moderators_alone(room, nadia, refused):
    poll = poll_of(room, nadia)

    assert answer(guest_of(room), Command("poll.list", "1", {"room": room.pk}))["polls"] == []
    assert seen(room, nadia)["total"] == 0
    choice = poll.choices.first().pk
    refused(NotYours, vote_in_poll, room, poll.pk, choice, voter=guest_of(room))


def test_poll_is_written_once_however_often_it_is_sent(room, nadia):
    told = {"results": "voted", "actor": nadia, "client_uuid": uuid4()}
    polls = [write_poll(room, TEXTS, {"en": ["A", "B"]}, **told) for _time in range(2)]

    assert polls == [LivePoll.objects.get()] * 2
    assert [one.text_en for one in polls[0].choices.all()] == ["A", "B"]


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ({"en": ""}, {"en": ["A", "B"]}),
        ({"en": "Ship?"}, {"en": ["A"]}),
        ({"en": "Ship?"}, {"en": ["A", "A"]}),
        ({"en": "Ship?"}, {"en": list("ABCDEFGHI")}),
        ({"en": "Ship?"}, {"en": ["A", "B"], "fr": ["A", "B"]}),
        ({"en": "Ship?", "fr": "Envoi ?"}, {"en": ["A", "B"], "fr": ["A", "B", "C"]}),
        ({}, {}),
    ],
)
def test_poll_is_whole_in_each_of_its_languages(room, nadia, refused, question, choices):
    told = {"results": "voted", "actor": nadia, "client_uuid": uuid4()}

    refused(PollWrong, write_poll, room, question, choices, **told)


def test_opening_and_closing_stand_in_the_log(room, nadia, refused):
    poll = opened(room, nadia)
    vote_in_poll(room, poll.pk, poll.choices.first().pk, voter=guest_of(room))
    lead_poll(room, poll.pk, PollState.CLOSED, actor=nadia)

    entries = [one.data for one in LiveEntry.objects.filter(kind="poll")]
    assert [(one["state"], one["standing"] and one["standing"]["total"]) for one in entries] == [
        ("open", None),
        ("closed", 1),
    ]
    refused(MoveNotAllowed, lead_poll, room, poll.pk, PollState.CLOSED, actor=nadia)


def test_each_person_votes_once(room, nadia, refused):
    poll, salma = opened(room, nadia), guest_of(room)
    air, sea = poll.choices.all()

    for _time in range(2):
        vote_in_poll(room, poll.pk, air.pk, voter=salma)
    refused(VotedAlready, vote_in_poll, room, poll.pk, sea.pk, voter=salma)

    assert [(one.person, one.choice) for one in LiveBallot.objects.all()] == [(salma, air)]


def test_closed_poll_and_strange_choice_take_no_vote(room, nadia, refused):
    poll, salma = opened(room, nadia), guest_of(room)
    other = opened(room, nadia)

    refused(NotYours, vote_in_poll, room, poll.pk, other.choices.first().pk, voter=salma)
    lead_poll(room, poll.pk, PollState.CLOSED, actor=nadia)
    refused(PollNotOpen, vote_in_poll, room, poll.pk, poll.choices.first().pk, voter=salma)


@pytest.mark.parametrize(
    ("results", "voter", "other", "once_closed"),
    [
        ("always", True, True, True),
        ("voted", True, False, True),
        ("closed", False, False, True),
        ("never", False, False, False),
    ],
)
def test_results_are_seen_by_whom_the_poll_says(room, nadia, results, voter, other, once_closed):
    poll, salma, brahim = opened(room, nadia, results), guest_of(room), guest_of(room)
    vote_in_poll(room, poll.pk, poll.choices.first().pk, voter=salma)

    assert [seen(room, who) is not None for who in (salma, brahim, nadia)] == [voter, other, True]
    lead_poll(room, poll.pk, PollState.CLOSED, actor=nadia)
    assert [seen(room, who) is not None for who in (salma, brahim, nadia)] == [once_closed, once_closed, True]


def test_guest_writes_opens_and_closes_no_poll(room, nadia, refused):
    poll, salma = poll_of(room, nadia), guest_of(room)

    refused(NotModerator, lead_poll, room, poll.pk, PollState.OPEN, actor=salma)
    told = {"results": "always", "actor": salma, "client_uuid": uuid4()}
    refused(NotModerator, write_poll, room, TEXTS, {"en": ["A", "B"]}, **told)
    assert "poll.write" in ANSWERS
