"""The clock in the server of the demonstration."""

import threading
from datetime import timedelta

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import OperationalError

from moussem.core import clock, ticking
from moussem.core.models import LastRun
from moussem.core.schedule import Job

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def serving(monkeypatch):
    """A schedule of one job that is due at every tick, and how often it rang."""
    monkeypatch.setattr(ticking, "TICK_SECONDS", 0.01)
    rung = threading.Semaphore(0)
    job = Job("tests.always", timedelta(0), rung.release)
    monkeypatch.setattr(clock, "JOBS", {job.name: job})
    return rung


def clocks():
    return [thread for thread in threading.enumerate() if thread.name == "clock"]


async def begun():
    server = ApplicationCommunicator(ticking.ticking, {"type": "lifespan"})
    await server.send_input({"type": "lifespan.startup"})
    assert await server.receive_output() == {"type": "lifespan.startup.complete"}
    return server


async def ended(server):
    await server.send_input({"type": "lifespan.shutdown"})
    return await server.receive_output(timeout=5)


@pytest.mark.asyncio
async def test_clock_rings_while_the_server_serves_and_ends_with_it(serving):
    server = await begun()

    rang = [serving.acquire(timeout=10) for _time in range(3)]

    assert rang == [True, True, True]
    assert await ended(server) == {"type": "lifespan.shutdown.complete"}
    assert clocks() == []


@pytest.mark.asyncio
async def test_clock_outlives_a_database_that_is_locked_and_tells_of_it_once(serving, monkeypatch, caplog):
    locked = [OperationalError("database is locked")] * 3

    def all_but_the_first(*args, **options):
        if locked:
            raise locked.pop()
        return kept(*args, **options)

    kept = LastRun.objects.bulk_create
    monkeypatch.setattr(LastRun.objects, "bulk_create", all_but_the_first)
    server = await begun()

    rang = serving.acquire(timeout=10)
    await ended(server)

    assert (rang, caplog.text.count("database is locked")) == (True, 1)
