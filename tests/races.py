"""Two or more writers that start at the same moment, each on its own connection."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from moussem.core.errors import Refusal

# SQLite lets one writer in at a time, so a race proves nothing there.
on_postgresql = [
    pytest.mark.service,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a real PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


def at_once(*writers):
    """What each writer returned, or the refusal it met."""
    barrier = threading.Barrier(len(writers))

    def run(writer):
        try:
            barrier.wait(timeout=10)
            return writer()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writers)) as pool:
        return list(pool.map(run, writers))
