"""The heaviest assignment of rows to columns, by shortest augmenting paths. Compiled."""

from typing import Any

import numpy as np

from matchmaking.solver.jit import kernel


@kernel
def augment(costs: Any, row: int, owner: Any, of_row: Any, of_column: Any) -> None:
    """Give a row a column, moving others along the cheapest path; `costs` has shape (rows, columns).

    `owner[c]` is the row of column c or -1; `of_row` and `of_column` are the potentials that keep reduced
    costs at least zero. The last column stands for the row on its way in.
    """
    columns = costs.shape[1]
    way = np.full(columns + 1, columns, np.int64)
    least = np.full(columns + 1, np.inf)
    seen = np.zeros(columns + 1, np.bool_)
    owner[columns] = row
    here = columns
    while owner[here] >= 0:
        seen[here] = True
        from_row = owner[here]
        step, following = np.inf, -1
        for column in range(columns):
            if seen[column]:
                continue
            reduced = costs[from_row, column] - of_row[from_row] - of_column[column]
            if reduced < least[column]:
                least[column], way[column] = reduced, here
            if least[column] < step:
                step, following = least[column], column
        for column in range(columns + 1):
            if seen[column]:
                of_row[owner[column]] += step
                of_column[column] -= step
            else:
                least[column] -= step
        here = following
    while here != columns:
        owner[here] = owner[way[here]]
        here = way[here]
    owner[columns] = -1


@kernel
def heaviest(weights: Any) -> Any:
    """For each column the row it is given, or -1; `weights` has shape (rows, columns), rows <= columns."""
    rows, columns = weights.shape
    costs = -weights
    owner = np.full(columns + 1, -1, np.int64)
    of_row, of_column = np.zeros(rows), np.zeros(columns + 1)
    for row in range(rows):
        augment(costs, row, owner, of_row, of_column)
    return owner[:columns]
