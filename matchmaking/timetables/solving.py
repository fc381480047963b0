"""The one door to the solver."""

from collections.abc import Callable
from typing import Any

from matchmaking.problem import Mode, Problem, Timetable


def solve(
    problem: Problem,
    seed: int,
    seconds: float,
    mode: Mode,
    progress: Callable[[dict[str, Any]], None],
    should_stop: Callable[[], bool],
) -> Timetable:
    """The timetable of a problem; ``progress`` is told figures, ``should_stop`` is asked now and then."""
    # Compiled code is loaded only by who solves.
    from matchmaking.solver.searching import solve as search

    assert problem.mode == mode

    def report(found: Any) -> None:
        progress(
            {
                "value": found.value,
                "bound": found.bounds.value_at_least_shortfall,
                "shortfall": found.shortfall,
                "least": found.bounds.shortfall,
                "idle": found.idle,
                "held": found.meetings,
                "done": round(100 * found.done),
                "phase": found.phase,
            }
        )

    return search(problem, seed=seed, seconds=seconds, report=report, stop=should_stop)
