from catalogue.actions.certificates import warn_of_expiry
from moussem.core.schedule import every


@every(hours=24)
def warn_of_ending_certificates() -> None:
    """Tell sellers which certificates end soon, and which ended."""
    warn_of_expiry()
