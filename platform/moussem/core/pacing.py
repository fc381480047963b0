"""How often somebody may do something within a time: counted in the cache, and forgotten by itself."""

import hashlib

from django.core.cache import cache


def is_too_often(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Whether this is done more than ``most`` times within the time; this one counts."""
    # Neither people nor networks are to be read in the cache.
    told = hashlib.sha256(who.encode()).hexdigest()
    key = f"pacing.{what}.{told}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return int(cache.incr(key)) > most
    except ValueError:
        # It ran out, or Redis went or came back, between the two.
        cache.set(key, 1, seconds)
        return False
