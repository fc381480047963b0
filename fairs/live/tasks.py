from fairs.live.actions import tend_rooms
from moussem.core.schedule import every


@every(minutes=1)
def tend_live_rooms() -> None:
    """Rooms of sessions open in time and close when they are over."""
    tend_rooms()
