"""What a person was shown before they decide: a decision about anything else is not theirs."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from moussem.core.errors import ChangedSinceShown, require


def digest(facts: Iterable[Any]) -> str:
    """A short word for facts, another one as soon as one of them differs."""
    told = json.dumps([str(fact) for fact in facts])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def require_as_shown(shown: str | None, now: str) -> None:
    """Refuse a decision about what its person was not shown; ``None`` where no page stands between."""
    require(shown is None or shown == now, ChangedSinceShown)
