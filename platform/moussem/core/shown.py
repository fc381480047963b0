"""What a person was shown before they decide: a decision about anything else is not theirs."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from moussem.core.errors import ChangedSinceShown, require
from moussem.core.models import LogEntry


def digest(facts: Iterable[Any]) -> str:
    """A short word for facts, another one as soon as one of them differs."""
    told = json.dumps([str(fact) for fact in facts])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def keyed_digest(facts: Iterable[Any], *, place: str) -> str:
    """The same for the log to keep: nobody finds out by trying what it stands for."""
    return salted_hmac(f"moussem.core.shown:{place}", digest(facts)).hexdigest()[:16]


def is_alone_since(word: str, person: Any, written: Iterable[LogEntry]) -> bool:
    """Whether nobody else has written since what has this word stood, by the lines of the log, oldest first.

    Of what stands in no line, such as nothing at all, it is everything that was ever written.
    """
    lines = list(written)
    since = max((at for at, one in enumerate(lines, 1) if one.facts.get("word") == word), default=0)
    return all(one.actor_id == person.pk for one in lines[since:])


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
