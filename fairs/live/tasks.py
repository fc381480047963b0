from fairs.live.actions import tend_rooms
from fairs.live.stands.actions import tend_stands
from moussem.core.schedule import every


@every(minutes=1)
def tend_live_rooms() -> None:
    """Rooms of sessions open in time and close when they are over."""
    tend_rooms()


@every(minutes=1)
def tend_live_stands() -> None:
    """Who waits at an empty stand leaves a message."""
    tend_stands()
