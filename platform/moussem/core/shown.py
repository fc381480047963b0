"""What a person was shown before they decide: a decision about anything else is not theirs."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer

from moussem.core.errors import ChangedSinceShown, require


def digest(facts: Iterable[Any]) -> str:
    """A short word for facts, another one as soon as one of them differs."""
    told = json.dumps([str(fact) for fact in facts])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def signed(word: str, *, place: str) -> str:
    """A word for a form to carry; it is taken for this place alone, and from nobody who made it up."""
    return Signer(salt=f"moussem.core.shown:{place}").sign(word)


def word_of(mark: str, *, place: str) -> str:
    """The word that a form of this place carried; empty where it carried none of ours."""
    try:
        return Signer(salt=f"moussem.core.shown:{place}").unsign(mark)
    except BadSignature:
        return ""


def require_as_shown(shown: str | None, now: str) -> None:
    """Refuse a decision about what its person was not shown; ``None`` where no page stands between."""
    require(shown is None or shown == now, ChangedSinceShown)
