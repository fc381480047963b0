from fairs.report.actions import freeze_what_closed
from moussem.core.schedule import every


# An edition freezes as it closes; this finds what a fault left.
@every(hours=1)
def freeze_reports() -> None:
    """The figures of closed editions stand fast."""
    freeze_what_closed()
