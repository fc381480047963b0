from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from moussem.core import clock
from moussem.core.models import LastRun
from moussem.core.schedule import JOBS, Job

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def rung(monkeypatch):
    """A schedule of one hourly job that counts."""
    rung = []
    job = Job("tests.hourly", timedelta(hours=1), lambda: rung.append("hourly"))
    monkeypatch.setattr(clock, "JOBS", {job.name: job})
    return rung


def test_clock_rings_a_job_that_never_ran(rung):
    assert clock.ring_due_jobs(NOON) == ["tests.hourly"]
    assert rung == ["hourly"]
    assert LastRun.objects.get(pk="job:tests.hourly").at == NOON


def test_second_clock_does_not_ring_again(rung):
    clock.ring_due_jobs(NOON)

    assert clock.ring_due_jobs(NOON + timedelta(minutes=59)) == []
    assert rung == ["hourly"]


def test_clock_rings_again_when_the_interval_has_passed(rung):
    clock.ring_due_jobs(NOON)

    assert clock.ring_due_jobs(NOON + timedelta(hours=1)) == ["tests.hourly"]
    assert rung == ["hourly", "hourly"]


def test_command_rings_what_is_due_and_stops(rung, capsys):
    call_command("run_schedule", "--once")
    call_command("run_schedule", "--once")

    assert rung == ["hourly"]
    assert capsys.readouterr().out == "rang tests.hourly\n"


@pytest.fixture
def queue(settings):
    """Production's queue: what waits in it, as arguments of the task."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return lambda: [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]


# Without transaction=True nothing that waits for a commit ever happens: as if the clock died at that moment.
@pytest.mark.django_db
def test_clock_that_dies_as_it_commits_loses_no_run(rung, queue):
    assert clock.ring_due_jobs(NOON) == ["tests.hourly"]
    assert clock.ring_due_jobs(NOON) == []

    assert (queue(), rung) == ([["tests.hourly"]], [])


def test_clock_that_dies_before_it_commits_leaves_the_job_due(rung, queue):
    with transaction.atomic():
        clock.ring_due_jobs(NOON)
        transaction.set_rollback(True)
    assert (queue(), LastRun.objects.filter(name="job:tests.hourly").exists()) == ([], False)

    assert clock.ring_due_jobs(NOON) == ["tests.hourly"]

    assert queue() == [["tests.hourly"]]


def test_every_job_of_the_house_has_a_name_of_its_own():
    assert [name for name, job in JOBS.items() if name != job.name] == []
