import gc
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from matchmaking.phrases import sentence_about
from matchmaking.problem import Problem, Status, Timetable
from matchmaking.reading import Unreadable, read_problem, write_timetable

# More tries than anybody waits for.
MOST_EFFORT = 1_000_000
ENDS_BY = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_to_end() -> Iterator[list[int]]:
    """What has told this process to end; the first that does is only heard, the next ends it at once."""
    told: list[int] = []
    # What whoever started it has it ignore is none of its business.
    before = {each: was for each in ENDS_BY if (was := signal.getsignal(each)) != signal.SIG_IGN}

    def hear(number: int, _frame: object) -> None:
        told.append(number)
        give_back()

    def give_back() -> None:
        for each, handler in before.items():
            signal.signal(each, handler)

    # Python lets no other thread hear signals.
    if current_thread() is not main_thread():
        yield told
        return
    for each in before:
        signal.signal(each, hear)
    try:
        yield told
    finally:
        give_back()


class Command(BaseCommand):
    help = "Make the timetable of a problem in the exchange format, or mend one that people hold."
    # Nothing of the site is asked: neither its checks nor its database.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("problem", type=Path)
        parser.add_argument("timetable", type=Path)
        parser.add_argument("--seed", type=int, default=0, help="Chooses among equals.")
        parser.add_argument("--seconds", type=float, help="End the search early after so long.")
        parser.add_argument("--effort", type=float, default=1.0, help="Times the usual number of tries.")

    def handle(self, *args: Any, problem: Path, timetable: Path, **options: Any) -> None:
        began, seconds = time.monotonic(), options["seconds"]
        for name in ("seconds", "effort"):
            self.refuse_odd(name, options[name])
        with told_to_end() as told:
            try:
                asked = read_problem(problem)
            except Unreadable as refusal:
                raise CommandError(sentence_about(refusal)) from refusal
            if seconds is not None:
                # Who waits so long waits for the reading too.
                seconds = max(0.0, seconds - (time.monotonic() - began))
            answer = self.solve(asked, options["seed"], seconds, options["effort"], told)
            try:
                write_timetable(answer, timetable)
            except OSError as error:
                raise CommandError(f"{timetable}: {error.strerror}") from error

    def refuse_odd(self, name: str, found: float | None) -> None:
        """Neither time nor effort is negative, without an end, or no number at all."""
        if found is not None and not 0 <= found < float("inf"):
            told = {"option": name, "found": found}
            raise CommandError(
                _("--%(option)s: %(found)s cannot be; give a number that is not negative.") % told
            )

    def solve(
        self, asked: Problem, seed: int, seconds: float | None, effort: float, told: list[int]
    ) -> Timetable:
        """The timetable, with a line of progress now and then; told to end, what was found by then."""
        # What loading the site left behind makes room for the solver.
        gc.collect()
        # Compiled code is loaded only by who solves.
        from matchmaking.solver.searching import Progress, budget_for, solve

        last = [0.0]

        def report(progress: Progress) -> None:
            if progress.seconds - last[0] < 1 and 0 < progress.done < 1:
                return
            last[0] = progress.seconds
            bounds = progress.bounds
            self.stderr.write(
                f"{progress.seconds:6.1f} s  {progress.phase:<6} {progress.done:4.0%}  "
                f"{progress.meetings} meetings  value {progress.value} of {bounds.value_at_least_shortfall}  "
                f"shortfall {progress.shortfall} of {bounds.shortfall}  idle {progress.idle}"
            )

        began, worked = time.monotonic(), time.process_time()
        budget = budget_for(asked).scaled(min(effort, MOST_EFFORT))
        answer = solve(
            asked, budget=budget, seed=seed, seconds=seconds, report=report, stop=lambda: bool(told)
        )
        took, worked = time.monotonic() - began, time.process_time() - worked
        if answer.status is Status.INFEASIBLE:
            self.stderr.write(
                f"Pinned requests contradict each other: {', '.join(map(str, answer.conflict))}"
            )
        ended = " (stopped early)" if answer.stopped_early else ""
        self.stderr.write(f"solved in {took:.3f} s, {worked:.3f} s of processors{ended}")
        sys.stderr.flush()
        return answer
