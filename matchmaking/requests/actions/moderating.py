"""The organiser reads messages before the other side does, where the edition says so."""

from typing import Any

from django.db import transaction

from matchmaking.parties.rules import may_arrange
from matchmaking.requests.actions.letters import write_to
from matchmaking.requests.errors import MessageDecided
from matchmaking.requests.models import Request
from matchmaking.requests.states import MessageState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.shown import require_as_shown

DECIDED = (MessageState.SHOWN, MessageState.REMOVED)


@transaction.atomic
def show_message(request: Request, *, actor: Any, seen: str | None = None) -> Request:
    """The other side reads the message from now on; ``seen`` is the digest of what the organiser read."""
    return _set(request, MessageState.SHOWN, actor, "message_shown", seen)


@transaction.atomic
def remove_message(request: Request, *, actor: Any, seen: str | None = None) -> Request:
    """Nobody but its writer reads the message; the request itself stands, and the writer is told."""
    request = _set(request, MessageState.REMOVED, actor, "message_removed", seen)
    write_to(request.asker, request, "message_removed")
    return request


def _set(request: Request, state: MessageState, actor: Any, verb: str, seen: str | None) -> Request:
    require(may_arrange(actor, request.edition), NotYours)
    request = lock(request)
    # Rewritten since it was read, or decided by a colleague: nobody lets out words that they have not read.
    require_as_shown(seen, request.message_digest)
    decided = (MessageState.REMOVED,) if state == MessageState.REMOVED else DECIDED
    require(request.message_state not in decided, MessageDecided)
    request.message_state = state
    request.save(update_fields=["message_state"])
    record(verb, request, actor=actor)
    return request
