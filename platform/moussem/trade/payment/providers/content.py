"""What a provider sends, judged before it is stored. No Django in here."""

from math import isfinite
from typing import Any

# An event of Stripe is some eight levels deep.
DEEPEST = 40


def is_storable(thing: Any, levels: int = DEEPEST) -> bool:
    """Whether every database takes this content: no NUL, no half of a character, no endless number."""
    if isinstance(thing, dict):
        return levels > 0 and all(
            is_storable(name) and is_storable(value, levels - 1) for name, value in thing.items()
        )
    if isinstance(thing, list):
        return levels > 0 and all(is_storable(value, levels - 1) for value in thing)
    if isinstance(thing, str):
        return "\0" not in thing and not any("\ud800" <= char <= "\udfff" for char in thing)
    return not isinstance(thing, float) or isfinite(thing)
