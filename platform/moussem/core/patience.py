"""How long a page waits for the database. Commands, the worker and the clock wait as long as they need."""

from django.conf import settings
from django.db import connections


def hurry() -> None:
    """From now on a statement, or a lock, that takes too long is given up; called where pages are served."""
    for database in connections.settings.values():
        if not database["ENGINE"].endswith("postgresql"):
            continue
        limits = "".join(
            f"-c {name}={seconds}s " for name, seconds in settings.DATABASE_PATIENCE.items() if seconds
        )
        options = database.setdefault("OPTIONS", {})
        # What the address of the database says itself comes later, and holds.
        options["options"] = (limits + options.get("options", "")).strip()
