from fairs.selection.actions import fill_all_places
from moussem.core.schedule import every


# A place that became free is filled at once; this finds what a fault left.
@every(hours=1)
def fill_free_places() -> None:
    """Whoever waits first takes a free place."""
    fill_all_places()
