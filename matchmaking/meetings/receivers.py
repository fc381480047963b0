"""A meeting goes with its request."""

from typing import Any

from django.dispatch import receiver

from matchmaking.meetings.actions import cancel_of_request
from matchmaking.requests.models import Request
from matchmaking.requests.states import RequestState
from moussem.core.events import moved


@receiver(moved, sender=Request)
def _cancel_with_the_request(subject: Request, now: str, actor: Any, reason: str = "", **facts: Any) -> None:
    if now in (RequestState.WITHDRAWN, RequestState.LAPSED):
        cancel_of_request(subject, actor=actor, reason=reason)
