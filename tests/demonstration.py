"""The demonstration as it is filled, for tests that look at what it shows."""

from moussem.core.demonstration import run_step, steps_to_run
from tests.rows import Brought


def run_all_steps() -> None:
    """Every step that has something to do at this moment."""
    for step in steps_to_run():
        run_step(step)


# Filling takes half a minute: the second test of a process gets the same rows.
fill_demonstration = Brought(run_all_steps)
