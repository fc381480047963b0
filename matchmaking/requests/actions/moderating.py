"""The organiser reads messages before the other side does, where the edition says so."""

from typing import Any

from django.db import transaction

from matchmaking.parties.rules import may_arrange
from matchmaking.requests.actions.letters import write_to
from matchmaking.requests.models import Request
from matchmaking.requests.states import MessageState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record


@transaction.atomic
def show_message(request: Request, *, actor: Any) -> Request:
    """The other side reads the message from now on."""
    return _set(request, MessageState.SHOWN, actor, "message_shown")


@transaction.atomic
def remove_message(request: Request, *, actor: Any) -> Request:
    """Nobody but its writer reads the message; the request itself stands, and the writer is told."""
    request = _set(request, MessageState.REMOVED, actor, "message_removed")
    write_to(request.asker, request, "message_removed")
    return request


def _set(request: Request, state: MessageState, actor: Any, verb: str) -> Request:
    require(may_arrange(actor, request.edition), NotYours)
    request = lock(request)
    request.message_state = state
    request.save(update_fields=["message_state"])
    record(verb, request, actor=actor)
    return request
