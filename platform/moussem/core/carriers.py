"""Who carries which kind of message of the outbox: one function per kind, which takes the payload."""

from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}


def delivers(kind: str) -> Callable[[Handler], Handler]:
    """Register the one handler of a kind: ``@delivers("mail")``."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register
