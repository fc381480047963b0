"""Questions to those who speak: asked, voted for, and led by moderators."""

from typing import Any

from fairs.live.commands import Asked, command
from fairs.live.protocol import choice, flag, identifier, text, whole
from fairs.live.stage.actions import (
    ask_question,
    lead_question,
    let_questions_wait,
    merge_questions,
    require_session,
    vote_for_question,
)
from fairs.live.stage.models import LiveQuestion
from fairs.live.stage.queries import questions_in
from fairs.live.stage.rules import may_moderate
from fairs.live.stage.shown import question_told
from fairs.live.stage.states import QuestionState

MOST = 500
MOST_ANSWER = 2_000
LEADS = {
    "show": QuestionState.SHOWN,
    "hide": QuestionState.HIDDEN,
    "on_stage": QuestionState.ANSWERED,
}


def told(asked: Asked, question: LiveQuestion, **more: Any) -> dict[str, Any]:
    """What is answered of one question."""
    return {"room": asked.room.pk, "question": question.pk, "state": question.state, **more}


@command("question.ask", writes=True, uuid=identifier(), text=text(MOST), anonymous=flag(needed=False))
def ask(asked: Asked) -> dict[str, Any]:
    """A question, once however often it is sent; `state` says whether it waits for a moderator."""
    question = ask_question(
        asked.room,
        asked.told["text"],
        author=asked.person,
        client_uuid=asked.told["uuid"],
        is_anonymous=asked.told["anonymous"],
    )
    return told(asked, question, uuid=str(asked.told["uuid"]))


@command("question.vote", records=True, question=whole(least=1), on=flag(needed=False, otherwise=True))
def vote(asked: Asked) -> dict[str, Any]:
    """A vote for a question, or one taken back."""
    wants = asked.told["on"]
    question = vote_for_question(asked.room, asked.told["question"], voter=asked.person, wants=wants)
    return told(asked, question, on=wants, votes=question.votes)


@command("question.list")
def list_questions(asked: Asked) -> dict[str, Any]:
    """The questions of a room as they stand; to moderators, those that wait or are hidden too."""
    require_session(asked.room)
    moderates = may_moderate(asked.person, asked.room)
    rows = []
    for one in questions_in(asked.room, asked.person, moderates=moderates):
        shown = question_told(one)
        if moderates or one.is_own:
            shown["text"] = one.text
        rows.append({**shown, "voted": one.is_voted, "own": one.is_own})
    return {"room": asked.room.pk, "moderates": moderates, "questions": rows}


@command("question.lead", question=whole(least=1), act=choice(*LEADS))
def lead(asked: Asked) -> dict[str, Any]:
    """A question shown, hidden, or marked as answered on stage."""
    to = LEADS[asked.told["act"]]
    return told(asked, lead_question(asked.room, asked.told["question"], to, actor=asked.person))


@command("question.answer", writes=True, question=whole(least=1), text=text(MOST_ANSWER))
def answer_in_writing(asked: Asked) -> dict[str, Any]:
    """A question answered in writing."""
    told_here = asked.told
    question = lead_question(
        asked.room,
        told_here["question"],
        QuestionState.ANSWERED,
        actor=asked.person,
        answer=told_here["text"],
    )
    return told(asked, question)


@command("question.merge", question=whole(least=1), into=whole(least=1))
def merge(asked: Asked) -> dict[str, Any]:
    """A question merged into another one that asks the same."""
    target = merge_questions(asked.room, asked.told["question"], asked.told["into"], actor=asked.person)
    return told(asked, target, votes=target.votes)


@command("question.wait", on=flag())
def wait(asked: Asked) -> dict[str, Any]:
    """Whether questions wait for a moderator from now on."""
    let_questions_wait(asked.room, asked.told["on"], actor=asked.person)
    return {"room": asked.room.pk, "on": asked.told["on"]}
