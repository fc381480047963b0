"""The one door to the solver."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from matchmaking.problem import Mode, Problem, Timetable

# Each thing that might help costs a programme for each day: of a large fair only the two dearest are tried.
LARGE, TRIED, TRIED_OF_LARGE = 5_000, 5, 2


@dataclass(frozen=True)
class Explained:
    """What the solver proves of a timetable, in its own numbers; ``kinds`` are the tables of its proofs."""

    unheld: list[Any] = field(default_factory=list)
    proofs: list[Any] = field(default_factory=list)
    helps: list[Any] = field(default_factory=list)
    kinds: list[Any] = field(default_factory=list)


def explain(problem: Problem, timetable: Timetable, *, is_in_haste: bool = False) -> Explained:
    """Why requests are not held and promises not kept, and what would help, unless somebody waits for it."""
    # Loaded only by who solves, as the search is.
    from matchmaking.solver.choice import relaxed_choice
    from matchmaking.solver.explaining import broken_promises, unheld_requests, what_would_help
    from matchmaking.solver.flatten import places_of

    places = places_of(problem)
    unheld = unheld_requests(problem, timetable, places)
    if not unheld and all(one.min_meetings == 0 for one in problem.companies):
        return Explained()
    choice = relaxed_choice(problem, places)
    proofs = broken_promises(problem, timetable, choice)
    tried = TRIED if len(problem.requests) <= LARGE else TRIED_OF_LARGE
    helps = what_would_help(problem, choice, unheld, most=tried) if unheld and not is_in_haste else []
    return Explained(unheld, proofs, helps, places.kinds)


def why_not(problem: Problem, timetable: Timetable) -> Explained:
    """Why requests are not held, and nothing else."""
    from matchmaking.solver.explaining import unheld_requests

    return Explained(unheld_requests(problem, timetable))


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
