"""The clock: rings what is due, once, however many clocks run."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from moussem.core.locks import lock_all
from moussem.core.models import LastRun
from moussem.core.schedule import JOBS, Job
from moussem.core.tasks import queue_is_in_database

PREFIX = "job:"


@task()
def run_job(name: str) -> None:
    """Run one job of the schedule."""
    JOBS[name].run()


def ring_due_jobs(now: datetime | None = None) -> list[str]:
    """Enqueue every job whose time has come; the names of those this clock rang."""
    now = now or timezone.now()
    last = dict(LastRun.objects.filter(name__startswith=PREFIX).values_list("name", "at"))
    due = [job for job in JOBS.values() if _is_due(job, last.get(PREFIX + job.name), now)]
    return [job.name for job in due if _ring(job, now)]


def _is_due(job: Job, last: datetime | None, now: datetime) -> bool:
    return last is None or now - last >= job.every


@transaction.atomic
def _ring(job: Job, now: datetime) -> bool:
    """Claim the job's row and enqueue in one transaction: a second clock waits, then sees that it is done.

    A queue in the database takes the job with the note, so a clock that dies loses no run. Where tasks run
    at once, the job runs when the row is let go.
    """
    name = PREFIX + job.name
    LastRun.objects.bulk_create([LastRun(name=name)], ignore_conflicts=True)
    row = lock_all(LastRun.objects.filter(pk=name)).get()
    if not _is_due(job, row.at, now):
        return False
    row.at = now
    row.save(update_fields=["at"])
    if queue_is_in_database():
        run_job.enqueue(job.name)
    else:
        transaction.on_commit(lambda: run_job.enqueue(job.name))
    return True
