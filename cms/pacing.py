"""How often strangers may send us something: counted by network, and forgotten by itself."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from moussem.people.guessing import network_of


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Whether this network has sent more than ``most`` of something within the time; this one counts."""
    # No network is to be read in the cache.
    told = hashlib.sha256(network_of(request).encode()).hexdigest()
    key = f"cms.pacing.{what}.{told}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two.
        cache.set(key, 1, seconds)
        return False
