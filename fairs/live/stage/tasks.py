from fairs.live.stage.arranging import forget_lapsed
from moussem.core.schedule import every


@every(hours=1)
def forget_lapsed_recordings() -> None:
    """Recordings are gone after their last day."""
    forget_lapsed()
