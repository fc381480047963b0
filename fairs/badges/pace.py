"""How often one person's devices may send; whoever is too fast loses nothing and comes again in a minute."""

from typing import Any

from django.core.cache import cache

# Two a second, for a minute: more than people can pass through the doors that one person keeps.
MOST_A_MINUTE = 120
MINUTE = 60


def is_too_fast(person: Any) -> bool:
    """Counts one more sending of a person; whether it is one too many."""
    key = f"fairs.badges.pace.{person.pk}"
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return int(cache.incr(key)) > MOST_A_MINUTE
    except ValueError:
        # It ran out, or Redis went or came back, between the two.
        cache.set(key, 1, MINUTE)
        return False
