"""What the queue and the clock do for timetables."""

import logging

from django_tasks import task

from matchmaking.timetables.actions import give_up_lost_runs, make_timetable
from matchmaking.timetables.actions.running import fail_run, patiently
from moussem.core.schedule import every
from moussem.core.threads import MAY_WAIT

log = logging.getLogger(__name__)


@task(priority=MAY_WAIT)
def run_timetable(pk: int) -> None:
    """A run of the solver to its end; one that breaks leaves the site as it was and says so."""
    try:
        make_timetable(pk)
    except Exception as error:
        log.exception("run %s of the timetable broke", pk)
        patiently(fail_run, pk, failure=type(error).__name__)


@every(minutes=1)
def free_lost_runs() -> None:
    """Runs whose worker died make room for the next."""
    give_up_lost_runs()
