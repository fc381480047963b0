"""Facts announced upward, heard in `receivers.py` of higher rooms: on commit, or within the transaction.

Most hear of a fact on commit, as `receiver` of the signal: a mail, a count, an index. Where two rooms must
agree in the database (a place that is given back and the booth that stood for it), the higher room joins the
write with `within`: its part holds or falls with the fact.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.dispatch import Signal

logger = logging.getLogger(__name__)
Part = TypeVar("Part", bound=Callable[..., object])


class Event(Signal):
    """A past participle. A receiver that fails is logged and never undoes the write that was announced."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[int, Any, Callable[..., object]]] = []

    def within(self, *, order: int, sender: Any = None) -> Callable[[Part], Part]:
        """Register a function of the facts that is a part of the write: when it fails, nothing was written.

        Parts are written in their order: what points at the rows of another room comes after it. A fact may
        be told again by the clock, to mend what a fault left: a part that was written writes nothing more.
        """

        def register(part: Part) -> Part:
            self._parts.append((order, sender, part))
            self._parts.sort(key=lambda known: known[0])
            return part

        return register

    def announce(self, sender: Any, **facts: Any) -> None:
        """Let every part be written now, and tell the others on commit (at once outside a transaction)."""
        for _order, wanted, part in self._parts:
            if wanted is None or wanted is sender:
                part(**facts)
        transaction.on_commit(lambda: self._tell(sender, facts))

    def _tell(self, sender: Any, facts: dict[str, Any]) -> None:
        for receiver, answer in self.send_robust(sender=sender, **facts):
            if isinstance(answer, Exception):
                logger.error("%r did not take in %r", receiver, facts, exc_info=answer)


# Any state moved: sender = the model class; facts: subject, was, now, actor, reason.
moved = Event()
