"""HiGHS, without a word on the console, with a programme whose coefficients are all one."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Entries = NDArray[np.int32]
# While it runs, a programme asks so often, in seconds, whether it is to end.
ASKS_EVERY = 0.5


def seldom(stop: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, asked no more often than it may be; between two times the answer is no."""
    asked = 0.0

    def is_told() -> bool:
        nonlocal asked
        now = time.monotonic()
        if now - asked < ASKS_EVERY:
            return False
        asked = now
        return stop()

    return is_told


def quiet_highs(
    costs: Floats,
    columns: tuple[Floats, Floats],
    rows: tuple[Floats, Floats],
    entries: tuple[Entries, Entries],
    *,
    whole: bool = False,
    **options: Any,
) -> Any:
    """A solver that holds a programme; imported late, since few processes need it.

    ``columns`` and ``rows`` are their lower and upper limits; ``entries`` say where each row starts, shape
    (rows + 1,), and in which columns it has a one. ``whole`` asks for whole numbers.
    """
    import highspy

    class Quiet(highspy.Highs):
        """The first that `Highs` does is to enable callbacks, which greets the console."""

        def enableCallbacks(self) -> None:  # noqa: N802
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    solver: Any = Quiet()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(rows[0])
    model.col_cost_ = costs
    model.col_lower_, model.col_upper_ = columns
    model.row_lower_, model.row_upper_ = rows
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = entries
    model.a_matrix_.value_ = np.ones(len(entries[1]))
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    solver.passModel(model)
    return solver
