"""Sessions with somebody who leads them, and what people say there."""

from typing import Any
from uuid import uuid4

from fairs.live.models import LiveRoom
from fairs.live.stage.actions import ask_question, write_poll
from fairs.live.stage.models import LiveDuty, LivePoll, LiveQuestion, LiveStage
from fairs.live.stage.states import Duty
from tests.factories.live import guest_of


def with_duty(room: LiveRoom, duty: str = Duty.MODERATOR, **told: Any) -> Any:
    """Somebody who is admitted and has a duty in a session."""
    person = guest_of(room, **{"first_name": "Nadia", "last_name": "Berrada", **told})
    LiveDuty.objects.create(session=room.session, person=person, duty=duty)
    return person


def asked(room: LiveRoom, author: Any = None, text: str = "By hand?", **told: Any) -> LiveQuestion:
    """A question of somebody who is admitted."""
    return ask_question(room, text, author=author or guest_of(room), client_uuid=uuid4(), **told)


def waiting(room: LiveRoom, author: Any = None, **told: Any) -> LiveQuestion:
    """A question that waits for a moderator."""
    LiveStage.objects.update_or_create(session=room.session, defaults={"questions_wait": True})
    return asked(room, author, **told)


def poll_of(room: LiveRoom, moderator: Any, results: str = "voted") -> LivePoll:
    """A poll of two choices, as a draft."""
    choices = {"en": ["Air", "Sea"], "fr": ["Avion", "Bateau"], "ar": []}
    question = {"en": "How do you ship?", "fr": "Comment expédiez-vous ?", "ar": ""}
    return write_poll(room, question, choices, results=results, actor=moderator, client_uuid=uuid4())
