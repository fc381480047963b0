"""Questions are asked, voted for and led; polls are held; captions are written; messages are taken away.

Locks are taken in one order: the session, the room, then its questions or its poll, in the order of keys.
Whatever writes into the log holds the room before it holds anything in it; a vote writes nothing there and
holds its question or poll alone. Erasing goes the same way: rooms, then questions of any of them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fairs.live import bus
from fairs.live.actions import write
from fairs.live.errors import RoomClosed, SlowMode
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.protocol import declare_event
from fairs.live.rules import seconds_to_wait
from fairs.live.safety.queries import is_unheard
from fairs.live.stage.errors import (
    EntryGone,
    MergedWithItself,
    NotCaptioner,
    NotModerator,
    PollNotOpen,
    PollsEnough,
    PollWrong,
    QuestionsEnough,
    QuestionTakesNoVotes,
    VotedAlready,
)
from fairs.live.stage.models import LiveBallot, LiveChoice, LivePoll, LiveQuestion, LiveVote, is_of_a_session
from fairs.live.stage.queries import (
    asked_under,
    ballot_of,
    choice_in,
    is_taken_away,
    last_asked_at,
    message_in,
    moderators_of,
    poll_in,
    poll_under,
    question_in,
    stage_of,
    standing_of,
    unanswered_of,
    votes_for,
    waiting_in,
)
from fairs.live.stage.rules import may_caption, may_moderate, shows_everybody
from fairs.live.stage.shown import CAPTION, POLL, QUESTION, REMOVED, poll_told, question_told
from fairs.live.stage.states import QuestionState
from fairs.live.stage.tally import POLL_VOTES, REACTIONS, VOTES, tally
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.moves import move

MOST_UNANSWERED = 10
MOST_POLLS = 50
LEAST_CHOICES, MOST_CHOICES = 2, 8
LANGUAGES = ("en", "fr", "ar")
Texts = Mapping[str, str]
Choices = Mapping[str, Sequence[str]]

QUEUE = declare_event("queue", "To moderators alone: how many questions wait for them.")
SLOW = declare_event("slow", "How often everybody may write in this room from now on.")
STAGE = declare_event("stage", "What is seen of the session was changed: ask for the page again.")


def require_session(room: LiveRoom) -> None:
    """Questions, polls and the like are of sessions: elsewhere there is nothing of the kind."""
    require(is_of_a_session(room), NotYours)


def require_moderator(room: LiveRoom, actor: Any) -> None:
    """Only who leads the session goes on."""
    require_session(room)
    require(may_moderate(actor, room), NotModerator)


# --- Questions


@transaction.atomic
def ask_question(
    room: LiveRoom,
    text: str,
    *,
    author: Any,
    client_uuid: UUID,
    is_anonymous: bool = False,
    now: datetime | None = None,
) -> LiveQuestion:
    """A question, shown at once or waiting for a moderator; under a UUID again it is the first one."""
    require_session(room)
    now = now or timezone.now()
    room = lock(room)
    if known := asked_under(room, author, client_uuid):
        return known
    require(room.is_open, RoomClosed)
    if room.slow_seconds:
        seconds = seconds_to_wait(room, last_asked_at(room, author), now)
        require(not seconds, SlowMode, every=room.slow_seconds, seconds=seconds)
    require(unanswered_of(room, author) < MOST_UNANSWERED, QuestionsEnough, most=MOST_UNANSWERED)
    waits = stage_of(room.session).questions_wait
    question = LiveQuestion.objects.create(
        room=room,
        author=author,
        client_uuid=client_uuid,
        text=text,
        is_anonymous=is_anonymous,
        state=QuestionState.WAITING if waits else QuestionState.SHOWN,
        at=now,
        is_veiled=is_unheard(author, room, now),
    )
    if waits:
        tell_moderators(room)
    else:
        _announce(question)
    return question


def tell_moderators(room: LiveRoom) -> None:
    """How many questions wait, to those who lead the session."""
    waiting = waiting_in(room)
    for person in moderators_of(room):
        bus.tell(room.pk, QUEUE, {"waiting": waiting}, to=person)


def _announce(question: LiveQuestion) -> LiveEntry:
    # Whoever leads it, the words are of who asked: blocks and erasing are about them.
    author = question.author if question.is_public else None
    told = question_told(question)
    return write(question.room, QUESTION, told, author=author, is_veiled=question.is_veiled)


@transaction.atomic
def vote_for_question(room: LiveRoom, pk: int, *, voter: Any, wants: bool) -> LiveQuestion:
    """One vote of a person for a question, or none; said twice, it is one."""
    question = _question(room, pk, voter)
    require(question.room.is_open, RoomClosed)
    require(question.takes_votes, QuestionTakesNoVotes)
    if wants:
        LiveVote.objects.get_or_create(question=question, person=voter)
    else:
        LiveVote.objects.filter(question=question, person=voter).delete()
    _count(question)
    return question


def _question(room: LiveRoom, pk: int, user: Any, *, moderates: bool = False) -> LiveQuestion:
    """A question of the room, held; to whoever names another, it does not exist."""
    require_session(room)
    found = question_in(room, pk, user, moderates=moderates)
    require(found is not None, NotYours)
    return lock(found)


def _count(question: LiveQuestion) -> None:
    question.votes = votes_for(question)
    question.save(update_fields=["votes"])
    if not question.is_veiled:
        transaction.on_commit(lambda: tally.put(question.room_id, VOTES, str(question.pk), question.votes))


@transaction.atomic
def lead_question(room: LiveRoom, pk: int, to: str, *, actor: Any, answer: str = "") -> LiveQuestion:
    """A question shown, hidden or answered by a moderator: on stage, or in writing with ``answer``."""
    require_moderator(room, actor)
    room = lock(room)
    question = _question(room, pk, actor, moderates=True)
    if to == QuestionState.ANSWERED and question.is_answered and answer:
        # Answered on stage before, and in writing now; or the answer is mended.
        question.answer = answer
        question.save(update_fields=["answer"])
        record("live_question_answered", question, actor=actor)
    else:
        question.answer = answer if to == QuestionState.ANSWERED else question.answer
        move(question, to, actor=actor, also=("answer",))
    _announce(question)
    tell_moderators(room)
    return question


@transaction.atomic
def merge_questions(room: LiveRoom, pk: int, into: int, *, actor: Any) -> LiveQuestion:
    """A question that asks the same as another: its votes count for that one, each person's once."""
    require_moderator(room, actor)
    require(pk != into, MergedWithItself)
    room = lock(room)
    # In the order of their keys, so that no two moderators wait in a ring.
    held = {one: _question(room, one, actor, moderates=True) for one in sorted((pk, into))}
    question, target = held[pk], held[into]
    require(target.takes_votes, MergedWithItself)
    question.into = target
    move(question, QuestionState.MERGED, actor=actor, also=("into",), into=target.pk)
    people = question.voters.values_list("person", flat=True)
    votes = [LiveVote(question=target, person_id=one) for one in people]
    LiveVote.objects.bulk_create(votes, ignore_conflicts=True)
    _count(target)
    _announce(question)
    _announce(target)
    tell_moderators(room)
    return target


@transaction.atomic
def erase_questions_of(person: Any) -> None:
    """What somebody asked loses its author and its words, at their wish, and is shown no more.

    What they asked without a name loses the author alone: to everybody else it stays the same.
    """
    LiveQuestion.objects.filter(author=person, is_anonymous=True, is_veiled=False).update(author=None)
    for question in lock_all(LiveQuestion.objects.filter(author=person).select_related("room")):
        was_read = question.is_public and not question.is_veiled and question.room.is_open
        if question.is_public or question.is_waiting:
            move(question, QuestionState.HIDDEN, actor=person)
        question.author, question.text, question.answer = None, "", ""
        question.save(update_fields=["author", "text", "answer"])
        if was_read:
            _announce(question)


@transaction.atomic
def erase_votes_of(person: Any) -> int:
    """What somebody voted for and chose counts no more, at their wish. How many votes these were."""
    questions = LiveQuestion.objects.filter(pk__in=LiveVote.objects.filter(person=person).values("question"))
    held = list(lock_all(questions))
    LiveVote.objects.filter(person=person).delete()
    for question in held:
        _count(question)
    ballots = list(LiveBallot.objects.filter(person=person).select_related("poll__room"))
    for one in ballots:
        one.delete()
        _tell_standing(one.poll)
    return len(held) + len(ballots)


# --- What a moderator does to the room


@transaction.atomic
def take_away(room: LiveRoom, seq: int, kind: str, *, actor: Any) -> LiveEntry:
    """A message that is shown as taken away: it stays in the log, and so does who took it."""
    require_moderator(room, actor)
    room = lock(room)
    require(message_in(room, seq, kind) is not None and not is_taken_away(room, seq), EntryGone)
    return write(room, REMOVED, {"seq": seq}, author=actor)


@transaction.atomic
def set_slow_mode(room: LiveRoom, seconds: int, *, actor: Any) -> LiveRoom:
    """How often everybody writes in a room; 0 lets them write as they like."""
    require_moderator(room, actor)
    room = lock(room)
    require(room.is_open, RoomClosed)
    if room.slow_seconds != seconds:
        room.slow_seconds = seconds
        room.save(update_fields=["slow_seconds"])
        record("live_slow_mode", room, actor=actor, seconds=seconds)
        bus.tell(room.pk, SLOW, {"seconds": seconds})
    return room


@transaction.atomic
def let_questions_wait(room: LiveRoom, waits: bool, *, actor: Any) -> None:
    """Whether questions are shown at once, or wait for a moderator."""
    require_moderator(room, actor)
    session = lock(room.session)
    stage = stage_of(session)
    if stage.questions_wait != waits:
        stage.questions_wait = waits
        stage.save()
        record("live_questions_wait", stage, actor=actor, waits=waits)


# --- Polls


@transaction.atomic
def write_poll(
    room: LiveRoom, question: Texts, choices: Choices, *, results: str, actor: Any, client_uuid: UUID
) -> LivePoll:
    """A poll as a draft that moderators alone see; under a UUID again it is the first one."""
    require_moderator(room, actor)
    room = lock(room)
    if known := poll_under(room, client_uuid):
        return known
    require(room.is_open, RoomClosed)
    require(room.polls.count() < MOST_POLLS, PollsEnough, most=MOST_POLLS)
    require(_is_whole(question, choices), PollWrong, least=LEAST_CHOICES, most=MOST_CHOICES)
    asked = {f"question_{code}": question.get(code, "") for code in LANGUAGES}
    poll = LivePoll.objects.create(room=room, results=results, by=actor, client_uuid=client_uuid, **asked)
    count = max(len(one) for one in choices.values())
    LiveChoice.objects.bulk_create(
        LiveChoice(
            poll=poll,
            position=number,
            **{f"text_{code}": choices[code][number] for code in LANGUAGES if choices.get(code)},
        )
        for number in range(count)
    )
    record("live_poll_written", poll, actor=actor)
    return poll_in(room, poll.pk) or poll


def _is_whole(question: Texts, choices: Choices) -> bool:
    """Whether a poll is complete in each language that it uses, and its choices differ."""
    asked = {code for code in LANGUAGES if question.get(code)}
    chosen = {code for code in LANGUAGES if choices.get(code)}
    lengths = {len(choices[code]) for code in chosen}
    differ = all(len(set(choices[code])) == len(choices[code]) for code in chosen)
    return bool(
        asked
        and asked == chosen
        and len(lengths) == 1
        and LEAST_CHOICES <= lengths.pop() <= MOST_CHOICES
        and differ
    )


@transaction.atomic
def lead_poll(room: LiveRoom, pk: int, to: str, *, actor: Any) -> LivePoll:
    """A poll opened or closed by a moderator."""
    require_moderator(room, actor)
    room = lock(room)
    poll = _poll(room, pk)
    require(room.is_open, RoomClosed)
    move(poll, to, actor=actor)
    standing = standing_of(poll) if shows_everybody(poll) else None
    write(room, POLL, poll_told(poll, standing), author=actor)
    return poll


def _poll(room: LiveRoom, pk: int) -> LivePoll:
    require_session(room)
    found = poll_in(room, pk)
    require(found is not None, NotYours)
    return lock(found)


@transaction.atomic
def vote_in_poll(room: LiveRoom, pk: int, choice: int, *, voter: Any) -> LivePoll:
    """The one vote of a person in a poll; the same one again is the same."""
    poll = _poll(room, pk)
    require(not poll.is_draft, NotYours)
    chosen = choice_in(poll, choice)
    require(chosen is not None, NotYours)
    if known := ballot_of(poll, voter):
        require(known.choice_id == choice, VotedAlready)
        return poll
    require(room.is_open, RoomClosed)
    require(poll.is_open, PollNotOpen)
    LiveBallot.objects.create(poll=poll, choice=chosen, person=voter)
    _tell_standing(poll)
    return poll


def _tell_standing(poll: LivePoll) -> None:
    standing = standing_of(poll)
    told = {"total": standing["total"], "counts": standing["counts"] if shows_everybody(poll) else None}
    transaction.on_commit(lambda: tally.put(poll.room_id, POLL_VOTES, str(poll.pk), told))


# --- Reactions and captions


def react(room: LiveRoom, kind: str) -> None:
    """A reaction, thrown together with those of others; nothing keeps it."""
    require_session(room)
    require(room.is_open, RoomClosed)
    tally.add(room.pk, REACTIONS, kind)


def caption(room: LiveRoom, text: str, *, language: str, actor: Any, client_uuid: UUID) -> LiveEntry:
    """A line of captions in the log of the room."""
    require_session(room)
    require(may_caption(actor, room), NotCaptioner)
    told = {"text": text, "language": language}
    return write(room, CAPTION, told, author=actor, client_uuid=client_uuid)
