"""Facts announced upward: sent when the transaction commits, heard in `receivers.py` of higher rooms."""

import logging
from typing import Any

from django.db import transaction
from django.dispatch import Signal

logger = logging.getLogger(__name__)


class Event(Signal):
    """A past participle. A receiver that fails is logged and never undoes the write that was announced."""

    def announce(self, sender: Any, **facts: Any) -> None:
        """Send on commit (at once outside a transaction)."""
        transaction.on_commit(lambda: self._tell(sender, facts))

    def _tell(self, sender: Any, facts: dict[str, Any]) -> None:
        for receiver, answer in self.send_robust(sender=sender, **facts):
            if isinstance(answer, Exception):
                logger.error("%r did not take in %r", receiver, facts, exc_info=answer)


# Any state moved: sender = the model class; facts: subject, was, now, actor, reason.
moved = Event()
