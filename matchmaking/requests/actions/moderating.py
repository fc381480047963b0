"""The organiser reads messages before the other side does, where the edition says so."""

from typing import Any

from django.db import transaction

from matchmaking.parties.rules import may_arrange
from matchmaking.requests.actions.letters import write_to
from matchmaking.requests.errors import MessageDecided
from matchmaking.requests.models import RequestMessage
from matchmaking.requests.states import MessageState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.shown import require_as_shown

DECIDED = (MessageState.SHOWN, MessageState.REMOVED)


@transaction.atomic
def show_message(message: RequestMessage, *, actor: Any, seen: str | None = None) -> RequestMessage:
    """The other side reads the message from now on; ``seen`` is the digest of what the organiser read."""
    return _set(message, MessageState.SHOWN, actor, "message_shown", seen)


@transaction.atomic
def remove_message(message: RequestMessage, *, actor: Any, seen: str | None = None) -> RequestMessage:
    """Nobody but its writer reads the message; the request itself stands, and the writer is told."""
    message = _set(message, MessageState.REMOVED, actor, "message_removed", seen)
    write_to(message.request.party_of(message.side), message.request, "message_removed")
    return message


def _set(
    message: RequestMessage, state: MessageState, actor: Any, verb: str, seen: str | None
) -> RequestMessage:
    require(may_arrange(actor, message.request.edition), NotYours)
    message = lock(message)
    # Rewritten since it was read, or decided by a colleague: nobody lets out words that they have not read.
    require_as_shown(seen, message.digest)
    decided = (MessageState.REMOVED,) if state == MessageState.REMOVED else DECIDED
    require(message.state not in decided, MessageDecided)
    message.state = state
    message.save(update_fields=["state"])
    record(verb, message.request, actor=actor, message=message.pk)
    return message
