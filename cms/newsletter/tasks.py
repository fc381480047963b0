from cms.newsletter.actions import forget_unconfirmed, tell_of_week
from moussem.core.schedule import every


# From Monday morning on; whoever was told has no other turn before the next.
@every(hours=1)
def tell_readers_of_the_week() -> None:
    """Send the newsletter of the last week."""
    tell_of_week()


@every(hours=24)
def forget_addresses_that_nobody_confirmed() -> None:
    """Keep no address of somebody who may never have asked."""
    forget_unconfirmed()
