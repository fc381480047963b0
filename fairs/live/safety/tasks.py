from fairs.live.safety.actions import forget_reports
from moussem.core.schedule import every


@every(hours=24)
def forget_lapsed_reports() -> None:
    """What was reported and looked at is gone a year later."""
    forget_reports()
