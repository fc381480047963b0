"""What the clock does: rooms register jobs, `manage.py run_schedule` runs them when they are due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Job:
    """A function without arguments that may run twice, and how often it runs."""

    name: str
    every: timedelta
    run: Callable[[], object]


JOBS: dict[str, Job] = {}


def every(**interval: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a job: ``@every(hours=24)``. Jobs live in `tasks.py` and call one action."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__qualname__}"
        JOBS[name] = Job(name, timedelta(**interval), function)
        return function

    return register
