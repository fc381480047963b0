"""Whether the database has as many connections as the processes may take."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

# What a process takes for its pages, and what worker, clock, commands and an operator need.
PAGES = 10
OTHERS = 15


def connections_wanted() -> int:
    """Workers times what each may take at once, and what others need besides."""
    return settings.WEB_WORKERS * (PAGES + settings.LIVE_DATABASE_THREADS) + OTHERS


@register(Tags.database)
def enough_connections(databases: Any = None, **told: Any) -> list[CheckMessage]:
    """`manage.py check --database default` says when PostgreSQL takes too few."""
    connection = connections["default"]
    if "default" not in (databases or ()) or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        most = int(cursor.fetchone()[0])
    wanted = connections_wanted()
    if wanted <= most:
        return []
    said = f"The web may take {wanted} connections, and PostgreSQL gives {most}."
    hint = "Lower WEB_WORKERS or LIVE_DATABASE_THREADS, or raise max_connections: docs/operations.md."
    return [Warning(said, hint=hint, id="live.W001")]
