from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    """How far the making of a timetable has come."""

    WAITING = "waiting", pgettext_lazy("state of a run", "waits for the worker")
    RUNNING = "running", pgettext_lazy("state of a run", "running")
    DONE = "done", pgettext_lazy("state of a run", "done")
    STOPPED = "stopped", pgettext_lazy("state of a run", "stopped, the best so far kept")
    FAILED = "failed", pgettext_lazy("state of a run", "failed")


RUN_MOVES = {
    RunState.WAITING: {RunState.RUNNING, RunState.FAILED, RunState.STOPPED},
    RunState.RUNNING: {RunState.DONE, RunState.STOPPED, RunState.FAILED},
    RunState.DONE: set(),
    RunState.STOPPED: set(),
    RunState.FAILED: set(),
}

RUN_STANDS = {
    RunState.WAITING: _("This run waits for the worker."),
    RunState.RUNNING: _("This run is still at work."),
    RunState.DONE: _("This run is done."),
    RunState.STOPPED: _("This run was stopped; its best timetable is kept."),
    RunState.FAILED: _("This run failed; nothing was published."),
}

AT_WORK = (RunState.WAITING, RunState.RUNNING)


class RunMode(models.TextChoices):
    """What a run may touch."""

    PLAN = "plan", pgettext_lazy("mode of a run", "a whole timetable")
    UNBOOKED = "unbooked", pgettext_lazy("mode of a run", "only what has no place yet")
    REPAIR = "repair", pgettext_lazy("mode of a run", "repair with as few moves as can be")
