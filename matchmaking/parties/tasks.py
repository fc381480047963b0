"""What the clock does for parties."""

from matchmaking.parties.actions import release_lost
from matchmaking.parties.queries import lost_now
from moussem.core.schedule import every


@every(minutes=5)
def release_who_acts_no_more() -> None:
    """A consent that ran out tells nobody, nor does an account that was closed."""
    release_lost(lost_now())
