"""How often one person's devices may send; whoever is too fast loses nothing and comes again in a minute."""

from typing import Any

from moussem.core.pacing import is_too_often

# Two a second, for a minute: more than people can pass through the doors that one person keeps.
MOST_A_MINUTE = 120
MINUTE = 60


def is_too_fast(person: Any) -> bool:
    """Counts one more sending of a person; whether it is one too many."""
    return is_too_often("badges", str(person.pk), most=MOST_A_MINUTE, seconds=MINUTE)
