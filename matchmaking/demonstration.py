"""What the demonstration prepares for matchmaking."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from moussem.core.demonstration import demonstrates

SOLVER = Path(__file__).parent / "solver"
# Kept so that nobody takes a process that still works for a forgotten one.
COMPILING: list[subprocess.Popen[bytes]] = []


@demonstrates(order=95, label="Timetable solver, beside", reads=[SOLVER])
def warm_solver() -> None:
    """Have the solver compiled before somebody asks for a timetable; pages do not wait for it."""
    if settings.DEMONSTRATION:
        COMPILING.append(compile_beside())


def compile_beside() -> subprocess.Popen[bytes]:
    """A process of its own that compiles the solver, politely, and ends."""
    words = "import os; os.nice(10); from matchmaking.solver.warming import warm; warm()"
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", words],
        cwd=settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(settings.VAR_DIR), "PYTHONPATH": str(settings.BASE_DIR)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
