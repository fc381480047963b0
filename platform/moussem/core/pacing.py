"""How often somebody may do something within a time: counted in the cache, and forgotten by itself."""

import hashlib

from django.core.cache import cache


def is_too_often(what: str, who: str, *, most: int, seconds: int, same: str = "") -> bool:
    """Whether this is done more than ``most`` times within the time; this one counts.

    What is the ``same`` as something that was let through within the time is let through, and counts no more.
    """
    # Neither people nor networks are to be read in the cache.
    told = hashlib.sha256(who.encode()).hexdigest()
    key = f"pacing.{what}.{told}"
    if not same:
        return _is_one_too_many(key, most, seconds)
    known = f"{key}.{hashlib.sha256(same.encode()).hexdigest()}"
    if cache.get(known):
        return False
    is_too_many = _is_one_too_many(key, most, seconds)
    if not is_too_many:
        cache.set(known, 1, seconds)
    return is_too_many


def _is_one_too_many(key: str, most: int, seconds: int) -> bool:
    if cache.add(key, 1, seconds):
        return False
    try:
        return int(cache.incr(key)) > most
    except ValueError:
        # It ran out, or Redis went or came back, between the two.
        cache.set(key, 1, seconds)
        return False
