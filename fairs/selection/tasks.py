from fairs.selection.actions import fill_all_places, mend_places
from moussem.core.schedule import every


# A place is given back and filled at once; this finds what a fault left.
@every(hours=1)
def settle_places() -> None:
    """Whoever withdrew holds nothing any more, and whoever waits first takes a free place."""
    mend_places()
    fill_all_places()
