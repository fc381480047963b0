"""Time zones of the locked package, wherever this runs."""

import os
import zoneinfo
from importlib.resources import files


def tell_time_by_the_package() -> None:
    """Let Python and the C library read the zones of the package tzdata, and no others.

    A system keeps its zones for years after a country has changed its mind: Python would read them first, and
    show every hour of Morocco beside the one that telephones show. With one lock, one hour everywhere.
    """
    zoneinfo.reset_tzpath(to=())
    # Whoever asked for a zone before was answered from the system's files.
    zoneinfo.ZoneInfo.clear_cache()
    # The C library tells the hours of the log and of `datetime.now()`; processes that are started inherit it.
    os.environ["TZDIR"] = str(files("tzdata") / "zoneinfo")
