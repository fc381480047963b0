"""Polls: written, opened and closed by moderators; one vote a person."""

from typing import Any

from fairs.live.commands import Asked, command
from fairs.live.protocol import choice, identifier, many, text, whole
from fairs.live.stage.actions import (
    LANGUAGES,
    MOST_CHOICES,
    lead_poll,
    require_session,
    vote_in_poll,
    write_poll,
)
from fairs.live.stage.models import LivePoll
from fairs.live.stage.queries import polls_for, standing_of
from fairs.live.stage.rules import may_moderate, may_see_results
from fairs.live.stage.shown import poll_told
from fairs.live.stage.states import PollState, Results

MOST = 300
MOST_CHOICE = 120


def texts(most: int) -> Any:
    """Words that may be left out in a language."""
    return text(most, needed=False)


def choices() -> Any:
    """The choices of a poll in one language, in their order."""
    return many(text(MOST_CHOICE), MOST_CHOICES, needed=False)


def told(asked: Asked, poll: LivePoll, **more: Any) -> dict[str, Any]:
    """What is answered of one poll."""
    return {"room": asked.room.pk, "poll": poll.pk, "state": poll.state, **more}


@command(
    "poll.write",
    writes=True,
    uuid=identifier(),
    question_en=texts(MOST),
    question_fr=texts(MOST),
    question_ar=texts(MOST),
    choices_en=choices(),
    choices_fr=choices(),
    choices_ar=choices(),
    results=choice(*Results.values, needed=False, otherwise=Results.VOTED),
)
def write(asked: Asked) -> dict[str, Any]:
    """A poll as a draft."""
    said = asked.told
    poll = write_poll(
        asked.room,
        {code: said[f"question_{code}"] for code in LANGUAGES},
        {code: said[f"choices_{code}"] for code in LANGUAGES},
        results=said["results"],
        actor=asked.person,
        client_uuid=said["uuid"],
    )
    return told(asked, poll)


@command("poll.open", poll=whole(least=1))
def open_poll(asked: Asked) -> dict[str, Any]:
    """A poll that takes votes from now on."""
    return told(asked, lead_poll(asked.room, asked.told["poll"], PollState.OPEN, actor=asked.person))


@command("poll.close", poll=whole(least=1))
def close_poll(asked: Asked) -> dict[str, Any]:
    """A poll that takes no more votes."""
    return told(asked, lead_poll(asked.room, asked.told["poll"], PollState.CLOSED, actor=asked.person))


@command("poll.vote", poll=whole(least=1), choice=whole(least=1))
def vote(asked: Asked) -> dict[str, Any]:
    """The one vote of a person, and how the poll stands where they may see it."""
    poll = vote_in_poll(asked.room, asked.told["poll"], asked.told["choice"], voter=asked.person)
    moderates = may_moderate(asked.person, asked.room)
    sees = may_see_results(poll, has_voted=True, moderates=moderates)
    return told(asked, poll, choice=asked.told["choice"], standing=standing_of(poll) if sees else None)


@command("poll.list")
def list_polls(asked: Asked) -> dict[str, Any]:
    """The polls of a room, one's own votes, and how they stand where one may see it."""
    require_session(asked.room)
    moderates = may_moderate(asked.person, asked.room)
    rows = []
    for one in polls_for(asked.room, asked.person, moderates=moderates):
        sees = may_see_results(one, has_voted=one.chosen is not None, moderates=moderates)
        rows.append({**poll_told(one, standing_of(one) if sees else None), "chosen": one.chosen})
    return {"room": asked.room.pk, "polls": rows}
