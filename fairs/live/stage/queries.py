"""Questions, polls, captions and the stage of a room, as somebody who may enter it sees them."""

from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from fairs.editions.rules import ORGANISERS
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.queries import LATEST, latest_of_kind
from fairs.live.safety.queries import blocks_between
from fairs.live.stage.models import (
    LiveBallot,
    LiveChoice,
    LiveConsent,
    LiveDuty,
    LivePoll,
    LiveQuestion,
    LiveRecording,
    LiveStage,
    LiveVote,
)
from fairs.live.stage.rules import is_over
from fairs.live.stage.shown import CAPTION, REMOVED, removed_of
from fairs.live.stage.states import PUBLIC, Duty, PollState, QuestionState
from fairs.sessions.models import Session, Showing, Speaker
from moussem.people.models import User

LISTED = 200
UNANSWERED = (QuestionState.WAITING, QuestionState.SHOWN)
# Where not all are listed, what has to be dealt with goes before what was.
TURNS = (QuestionState.WAITING, QuestionState.SHOWN, QuestionState.ANSWERED, QuestionState.HIDDEN)
TURN = Case(
    *[When(state=state, then=Value(turn)) for turn, state in enumerate(TURNS)], default=Value(len(TURNS))
)


def questions_read(room: LiveRoom, user: Any, *, moderates: bool = False) -> QuerySet[LiveQuestion]:
    """The questions of a room that somebody reads: what is public, and one's own that waits.

    What the unheard ask they alone read. Who leads the session reads also whom they blocked.
    """
    found = room.questions.select_related("author").filter(Q(is_veiled=False) | Q(author=user))
    if moderates:
        return found.exclude(state=QuestionState.MERGED)
    found = found.filter(Q(state__in=PUBLIC) | Q(state=QuestionState.WAITING, author=user))
    # To leave out what was asked without a name would tell who asked it.
    return found.filter(Q(is_anonymous=True) | ~Exists(blocks_between(user.pk, OuterRef("author"))))


def questions_in(room: LiveRoom, user: Any, *, moderates: bool = False) -> list[LiveQuestion]:
    """The questions that somebody reads, those with most votes first.

    Of more than are listed, those that wait or are open come first, and one's own are never left out.
    """
    found = questions_read(room, user, moderates=moderates)
    voted = set(LiveVote.objects.filter(question__room=room, person=user).values_list("question", flat=True))
    listed = list(found.order_by(TURN, "-votes", "pk")[:LISTED])
    if len(listed) == LISTED:
        on_top = {one.pk for one in listed}
        listed += [one for one in found.filter(author=user)[:LISTED] if one.pk not in on_top]
    questions = sorted(listed, key=lambda one: (one.is_answered, -one.votes, one.pk))
    for one in questions:
        one.is_voted = one.pk in voted
        one.is_own = one.author_id == user.pk
    return questions


def questions_led(
    room: LiveRoom, user: Any, *states: str, newest_first: bool = False
) -> QuerySet[LiveQuestion]:
    """The questions of some states that a moderator leads, however many: those with most votes first."""
    found = room.questions.select_related("author").filter(Q(is_veiled=False) | Q(author=user))
    order = ("-pk",) if newest_first else (TURN, "-votes", "pk")
    return found.filter(state__in=states).order_by(*order)


def question_in(room: LiveRoom, pk: int, user: Any, *, moderates: bool = False) -> LiveQuestion | None:
    """One question of a room that somebody reads, or read before it was hidden or merged."""
    found = room.questions.select_related("author").filter(Q(is_veiled=False) | Q(author=user))
    if not moderates:
        found = found.filter(~Q(state=QuestionState.WAITING) | Q(author=user))
        found = found.filter(Q(is_anonymous=True) | ~Exists(blocks_between(user.pk, OuterRef("author"))))
    return found.filter(pk=pk).first()


def asked_under(room: LiveRoom, author: Any, client_uuid: Any) -> LiveQuestion | None:
    """What somebody asked in a room under a UUID of theirs."""
    return room.questions.filter(author=author, client_uuid=client_uuid).first()


def unanswered_of(room: LiveRoom, author: Any) -> int:
    """How many questions of somebody wait for an answer."""
    return room.questions.filter(author=author, state__in=UNANSWERED).count()


def last_asked_at(room: LiveRoom, author: Any) -> datetime | None:
    """When somebody asked last in a room."""
    return room.questions.filter(author=author).order_by("-pk").values_list("at", flat=True).first()


def waiting_in(room: LiveRoom) -> int:
    """How many questions wait for a moderator."""
    return room.questions.filter(state=QuestionState.WAITING, is_veiled=False).count()


def votes_for(question: LiveQuestion) -> int:
    """How many people want a question answered."""
    return question.voters.count()


def polls_in(room: LiveRoom) -> QuerySet[LivePoll]:
    """The polls of a room with their choices, those that are open first."""
    return room.polls.prefetch_related("choices").order_by("pk")


def polls_for(room: LiveRoom, user: Any, *, moderates: bool = False) -> list[LivePoll]:
    """The polls that somebody sees, each with their vote in it; drafts are for moderators."""
    found = polls_in(room) if moderates else polls_in(room).exclude(state=PollState.DRAFT)
    chosen = dict(LiveBallot.objects.filter(poll__room=room, person=user).values_list("poll", "choice"))
    polls = sorted(found, key=lambda one: (not one.is_open, -one.pk))
    for one in polls:
        one.chosen = chosen.get(one.pk)
    return polls


def poll_in(room: LiveRoom, pk: int) -> LivePoll | None:
    """One poll of a room, with its choices."""
    return polls_in(room).filter(pk=pk).first()


def poll_under(room: LiveRoom, client_uuid: Any) -> LivePoll | None:
    """The poll that was written under a UUID."""
    return polls_in(room).filter(client_uuid=client_uuid).first()


def choice_in(poll: LivePoll, pk: int) -> LiveChoice | None:
    """One choice of a poll."""
    return poll.choices.filter(pk=pk).first()


def ballot_of(poll: LivePoll, person: Any) -> LiveBallot | None:
    """What somebody chose in a poll."""
    return LiveBallot.objects.filter(poll=poll, person=person).first()


def standing_of(poll: LivePoll) -> dict[str, Any]:
    """How a poll stands: how many voted, and for what."""
    chosen = list(LiveBallot.objects.filter(poll=poll).values_list("choice", flat=True))
    counts = {str(one.pk): chosen.count(one.pk) for one in poll.choices.all()}
    return {"total": len(chosen), "counts": counts}


def messages_in(
    room: LiveRoom, *kinds: str, reader: Any, before: int | None = None, most: int = LATEST
) -> list[LiveEntry]:
    """The last messages of a room that somebody reads, or those before one; what was taken away says so."""
    entries = latest_of_kind(room, *kinds, reader=reader, before=before, most=most)
    first = entries[0].seq if entries else 0
    taken = LiveEntry.objects.filter(room=room, kind=REMOVED, seq__gt=first)
    return removed_of(entries, {one.data["seq"] for one in taken})


def is_taken_away(room: LiveRoom, seq: int) -> bool:
    """Whether a message was taken away already."""
    return LiveEntry.objects.filter(room=room, kind=REMOVED, data__seq=seq).exists()


def message_in(room: LiveRoom, seq: int, kind: str) -> LiveEntry | None:
    """One message of a room by its number."""
    return LiveEntry.objects.filter(room=room, seq=seq, kind=kind).first()


def captions_in(room: LiveRoom, *, reader: Any) -> list[LiveEntry]:
    """The last captions of a room that somebody reads, oldest first."""
    return latest_of_kind(room, CAPTION, reader=reader)


def moderators_of(room: LiveRoom) -> QuerySet[Any]:
    """Everybody who leads the session of a room."""
    named = Q(live_duties__session=room.session_id, live_duties__duty=Duty.MODERATOR)
    runs = Q(
        memberships__organisation=room.edition.series.organiser_id,
        memberships__role__in=ORGANISERS,
        memberships__is_active=True,
    )
    return User.objects.filter(named | runs, is_active=True).distinct().order_by("pk")


def stage_of(session: Session) -> LiveStage:
    """The stage of a session; one without anything on it where none was set."""
    return LiveStage.objects.filter(session=session).first() or LiveStage(session=session)


def duties_of(session: Session) -> QuerySet[LiveDuty]:
    """Who does what in the live room of a session."""
    return LiveDuty.objects.filter(session=session).select_related("person").order_by("duty", "pk")


def duties_here(session: Any, person: Any) -> list[str]:
    """What somebody does in the live room of a session."""
    return list(LiveDuty.objects.filter(session=session, person=person).values_list("duty", flat=True))


def person_at(email: str) -> Any:
    """Whoever signs in with an address."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def consents_of(session: Session) -> set[int]:
    """The speakers of a session who agreed to be recorded."""
    return set(LiveConsent.objects.filter(session=session).values_list("speaker", flat=True))


def silent_speakers(session: Session) -> QuerySet[Speaker]:
    """The speakers of a session who have not agreed to be recorded."""
    return session.speakers.exclude(pk__in=consents_of(session))


def recording_of(session: Session) -> LiveRecording | None:
    """What an organiser kept of a session that was recorded."""
    return LiveRecording.objects.filter(session=session).first()


def recording_shown(showing: Showing, now: datetime, today: date) -> LiveRecording | None:
    """The recording of a session that is over, until its last day, as long as each speaker agrees."""
    if not is_over(showing, now):
        return None
    found = LiveRecording.objects.filter(session=showing.session_id, expires_on__gte=today).first()
    return None if found is None or silent_speakers(showing.session).exists() else found


def lapsed_recordings(today: date) -> QuerySet[LiveRecording]:
    """Recordings whose last day is past."""
    return (
        LiveRecording.objects.filter(expires_on__lt=today).select_related("session__edition").order_by("pk")
    )
