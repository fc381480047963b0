"""How `bench/live.py` tells what it measured: quantiles, histograms, a table and a file."""

import json
import os
import time

# Each a quarter longer than the one before, from a millisecond to a minute.
EDGES = [0.001 * 1.25**n for n in range(50)]


def quantiles(took):
    """Median, 95th and 99th percentile and the longest, in milliseconds."""
    ordered = sorted(took) or [0.0]
    found = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95, 0.99)]
    return [round(one * 1000, 1) for one in (*found, ordered[-1])]


def said(took):
    """The quantiles in words."""
    return " / ".join(map(str, quantiles(took))) + " ms"


def histogram(took):
    """How many took at most so many seconds, by edges; the last holds the rest."""
    counts = [0] * (len(EDGES) + 1)
    for one in took:
        counts[next((n for n, edge in enumerate(EDGES) if one <= edge), len(EDGES))] += 1
    return {"quantiles": quantiles(took), "edges": EDGES, "counts": counts}


def load():
    """The load of the machine over a minute."""
    return round(os.getloadavg()[0], 1)


class Report:
    """What one run came to, told as it goes."""

    def __init__(self, **told):
        self.begun, self.rows, self.figures = time.monotonic(), [], {**told, "load": [load()]}

    def say(self, told):
        """How far it is."""
        print(f"  [{time.monotonic() - self.begun:5.0f} s, load {load():4.1f}] {told}", flush=True)

    def row(self, name, goal, value, reached=None):
        """A line of the table, told at once as well."""
        self.say(f"{name}: {value}")
        self.figures["load"].append(load())
        self.rows.append((name, goal, value, {None: "", True: "yes", False: "NO"}[reached]))

    def end(self, path, head):
        """Print the table, and keep it with every histogram."""
        widths = [max(len(row[n]) for row in self.rows) for n in range(3)]
        print(f"\n{head}; load {min(self.figures['load'])} to {max(self.figures['load'])}")
        for row in self.rows:
            print("  ".join(one.ljust(width) for one, width in zip(row, [*widths, 3], strict=True)).rstrip())
        path.write_text(json.dumps({**self.figures, "rows": self.rows}, indent=1))
        print(f"Histograms: {path}")
