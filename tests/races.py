"""Two or more writers that start at the same moment, or one that must wait, each on its own connection."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from moussem.core.errors import Refusal
from moussem.core.locks import lock

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


@contextmanager
def while_it_waits(thing: Any, writer: Callable[[], Any]) -> Iterator[Future[Any]]:
    """The block runs under the lock that ``writer`` waits for; what that returned is known afterwards."""

    def run():
        try:
            return writer()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock(thing)
            answer = pool.submit(run)
            _until_somebody_waits(answer)
            yield answer
        answer.result(timeout=20)


def _until_somebody_waits(answer: Future[Any]) -> None:
    mine = "pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    for _look in range(1_000):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM pg_locks WHERE NOT granted AND {mine}")
            if cursor.fetchone()[0]:
                return
        assert not answer.done(), "it did not ask for the lock"
        time.sleep(0.01)
    raise AssertionError("nobody waits for the lock")
