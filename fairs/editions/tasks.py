from fairs.editions.actions import follow_the_clock
from moussem.core.schedule import every


@every(minutes=5)
def begin_and_close() -> None:
    """Editions begin and close when their doors do."""
    follow_the_clock()
