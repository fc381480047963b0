"""A rehearsal is begun, its questions are answered, and it ends: by itself, or broken off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language

from fairs.floor.rules import may_keep_booth
from fairs.live.actions import close_room, write
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.queries import first_under
from fairs.live.rehearsal.asking import expected_of, questions_for
from fairs.live.rehearsal.errors import NothingToAsk, NotToRehearse
from fairs.live.rehearsal.hearing import WITHOUT_ANSWER, missed
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.queries import open_rehearsal
from fairs.live.rehearsal.voice import CLOSING, GREETING, again_spoken, question_spoken, reaction_spoken
from fairs.live.rehearsal.words import asked_again, closing, greeting, reaction
from fairs.live.stands.queries import is_held_now
from fairs.live.states import RoomKind
from fairs.selection.models import Exhibitor
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record

SAID = "chat"


@transaction.atomic
def begin_rehearsal(exhibitor: Exhibitor, *, actor: Any, now: datetime | None = None) -> Rehearsal:
    """The practice buyer comes and asks its first question; while one is open, it is that one."""
    exhibitor, now = lock(exhibitor), now or timezone.now()
    require(may_keep_booth(actor, exhibitor), NotYours)
    require(is_held_now(exhibitor.edition), NotToRehearse)
    if known := open_rehearsal(exhibitor):
        return known
    questions = questions_for(exhibitor, turn=exhibitor.rehearsals.count())
    require(questions, NothingToAsk)
    room = LiveRoom.objects.create(edition=exhibitor.edition, kind=RoomKind.PRACTICE)
    rehearsal = Rehearsal.objects.create(
        room=room,
        exhibitor=exhibitor,
        language=get_language(),
        questions=questions,
        asked_at=now,
        began_at=now,
    )
    record("rehearsal_begun", rehearsal, actor=actor)
    _say(room, greeting(len(questions)), [GREETING], now)
    _say(room, questions[0]["text"], [question_spoken(questions[0])], now)
    return rehearsal


@transaction.atomic
def answer_practice_buyer(
    rehearsal: Rehearsal, *, actor: Any, text: str, client_uuid: UUID, now: datetime | None = None
) -> LiveEntry:
    """What the exhibitor says, and the practice buyer to it; under the same UUID it is said once."""
    rehearsal, now = lock(rehearsal), now or timezone.now()
    require(may_keep_booth(actor, rehearsal.exhibitor), NotYours)
    if known := first_under(rehearsal.room, actor, client_uuid):
        return known
    entry = write(rehearsal.room, SAID, {"text": text}, author=actor, client_uuid=client_uuid, now=now)
    with translation.override(rehearsal.language):
        _hear(rehearsal, text, now, actor)
    return entry


def _hear(rehearsal: Rehearsal, text: str, now: datetime, actor: Any) -> None:
    question = rehearsal.questions[len(rehearsal.findings)]
    waited = (now - rehearsal.asked_at).total_seconds()
    misses = missed(expected_of(question), text, seconds=waited, is_second=rehearsal.is_asked_again)
    rehearsal.asked_at = now
    if WITHOUT_ANSWER & set(misses) and not rehearsal.is_asked_again:
        rehearsal.is_asked_again = True
        rehearsal.save(update_fields=["is_asked_again", "asked_at"])
        topic = question["topic"]
        _say(rehearsal.room, asked_again(topic), [again_spoken(topic)], now)
        return
    rehearsal.findings = [*rehearsal.findings, misses]
    rehearsal.is_asked_again = False
    rehearsal.save(update_fields=["findings", "is_asked_again", "asked_at"])
    if rehearsal.is_whole:
        _say(rehearsal.room, closing(rehearsal.questions, rehearsal.findings), [CLOSING], now)
        _end(rehearsal, actor, now)
    else:
        following = rehearsal.questions[len(rehearsal.findings)]
        aloud = [reaction_spoken(misses), question_spoken(following)]
        _say(rehearsal.room, f"{reaction(question, misses)}\n{following['text']}", aloud, now)


@transaction.atomic
def break_off_rehearsal(rehearsal: Rehearsal, *, actor: Any) -> Rehearsal:
    """The practice buyer goes; what was said stays to be read, and counts for nothing."""
    rehearsal = lock(rehearsal)
    require(may_keep_booth(actor, rehearsal.exhibitor), NotYours)
    if not rehearsal.is_over:
        _end(rehearsal, actor, timezone.now())
    return rehearsal


def _end(rehearsal: Rehearsal, actor: Any, now: datetime) -> None:
    rehearsal.ended_at = now
    rehearsal.save(update_fields=["ended_at"])
    record("rehearsal_ended", rehearsal, actor=actor, whole=rehearsal.is_whole)
    close_room(rehearsal.room, actor=actor)


def _say(room: LiveRoom, text: str, aloud: Sequence[str], now: datetime) -> None:
    """A line of the practice buyer, with the names of the recordings that say it aloud."""
    write(room, SAID, {"text": text, "voice": aloud}, author=None, now=now)
