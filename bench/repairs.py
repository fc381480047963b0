"""How few promises a repair can miss that drops as few published meetings as it does.

The bound of `bounds.py` knows of no published meetings: it may be reached only by dropping more of them,
which counts before the promises. Here the programme of the choice holds all but so many of them.
"""

import math
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]

import numpy as np  # noqa: E402

from matchmaking.reading import read_problem  # noqa: E402
from matchmaking.solver.choice import Highs, Programme, classes_of  # noqa: E402
from matchmaking.solver.flatten import places_of  # noqa: E402

NEARLY = 1e-3


def least_of(path: Path, dropped: int) -> tuple[int, int]:
    """How many published meetings are dropped at least; how many promises are missed if no more are."""
    problem = read_problem(path)
    programme = Programme(problem, places_of(problem), classes_of(problem))
    highs = Highs(programme)
    hopeless = sum(
        company.min_meetings
        for company in problem.companies
        if not programme.rows.get(("promise", company.id))
    )
    published = [meeting.request for meeting in problem.published]
    columns = [column for one in published for column in programme.rows.get(("request", one), [])]
    holding = np.zeros(highs.total)
    holding[columns] = -1
    _held, _duals, cost = highs.minimise(holding)
    least_dropped = len(published) - math.floor(-cost + NEARLY)
    ones, places = np.ones(len(columns)), np.array(columns, np.int32)
    highs.solver.addRow(float(len(published) - dropped), math.inf, len(columns), places, ones)
    lacks = np.concatenate([np.zeros(highs.columns), np.ones(len(highs.promises))])
    highs.solver.changeColsCost(highs.total, np.arange(highs.total, dtype=np.int32), lacks)
    highs.solver.run()
    short = highs.solver.getInfo().objective_function_value
    return least_dropped, hopeless + math.ceil(short - NEARLY)
