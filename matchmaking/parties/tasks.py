"""What the clock does for parties."""

from matchmaking.parties.actions import meet_again, release_lost
from matchmaking.parties.queries import lost_now, unmet_now
from moussem.core.schedule import every


@every(minutes=5)
def release_who_acts_no_more() -> None:
    """A consent that ran out tells nobody, nor does an account that was closed.

    Whoever acts for a party for which nobody is left meets for it, then or as soon as they do.
    """
    release_lost(lost_now())
    meet_again(unmet_now())
