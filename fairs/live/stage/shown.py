"""What is told of questions and polls, on pages and in frames alike."""

from typing import Any

from fairs.live.models import LiveEntry
from fairs.live.shown import told_of
from fairs.live.stage.models import LivePoll, LiveQuestion

QUESTION, POLL, CAPTION, REMOVED = "question", "poll", "caption", "removed"


def question_told(question: LiveQuestion) -> dict[str, Any]:
    """A question as everybody reads it; of one that is not public, no more than its state."""
    is_open = question.is_public
    hidden = question.author is None or question.is_anonymous or not is_open
    return {
        "question": question.pk,
        "state": question.state,
        "text": question.text if is_open else "",
        "anonymous": question.is_anonymous,
        "asker": None if hidden else told_of(question.author),
        "votes": question.votes,
        "answer": question.answer if is_open else "",
        "into": question.into_id,
    }


def poll_told(poll: LivePoll, results: dict[str, Any] | None) -> dict[str, Any]:
    """A poll as everybody reads it; ``results`` are None where they are not for everybody."""
    return {
        "poll": poll.pk,
        "state": poll.state,
        "results": poll.results,
        "question": {code: getattr(poll, f"question_{code}") for code in ("en", "fr", "ar")},
        "choices": [
            {"choice": one.pk, **{code: getattr(one, f"text_{code}") for code in ("en", "fr", "ar")}}
            for one in poll.choices.all()
        ],
        "standing": results,
    }


def removed_of(entries: list[LiveEntry], removed: set[int]) -> list[LiveEntry]:
    """Messages for a page, of which those that were taken away say so and nothing else."""
    for one in entries:
        one.is_removed = one.seq in removed
    return entries
