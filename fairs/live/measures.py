"""What a process counts of its live rooms, and how operators' tools read it: knows no Django."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0, 30.0)
PREFIX = "moussem_live_"
# What each figure says, by its name; those that only grow are called totals.
GAUGES = {
    "connections": "People connected by a socket or a question that waits.",
    "rooms": "Rooms that somebody is in.",
    "slow_sockets": "Sockets that are behind with what they are sent.",
    "queue_bytes": "Bytes that wait to be sent to all sockets.",
    "queue_bytes_most": "Bytes that wait to be sent to the slowest socket.",
    "database_waiting": "Questions that wait for the database.",
    "resident_bytes": "Memory of the process.",
}
TOTALS = {
    "lost": "Entries that a socket would have missed: always 0.",
    "resyncs": "Sockets that were closed because they were too far behind.",
    "refused": "Commands that were refused, by code.",
    "closed": "Sockets that were closed by the server, by code.",
    "statements": "Statements to the database, by what was asked.",
}
LABELS = {"refused": "code", "closed": "code", "statements": "question"}


class Measures:
    """Counts that only grow, since the process began."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Count from nothing."""
        self.delivered = [0] * (len(EDGES) + 1)
        self.seconds = 0.0
        self.lost = 0
        self.refused: Counter[str] = Counter()
        self.closed: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()

    def deliver(self, seconds: float) -> None:
        """Something was handed to a socket so long after it was kept."""
        self.delivered[bisect_left(EDGES, seconds)] += 1
        self.seconds += max(0.0, seconds)

    def told(self) -> dict[str, Any]:
        """All counts, as they are kept for whoever asks."""
        return {
            "delivered": list(self.delivered),
            "seconds": round(self.seconds, 3),
            "lost": self.lost,
            "resyncs": self.closed["4008"],
            "refused": dict(self.refused),
            "closed": dict(self.closed),
            "statements": dict(self.statements),
        }


# Of this process.
measures = Measures()


def quantile(delivered: Sequence[int], part: float) -> float | None:
    """The edge below which a part of all deliveries lie; None where nothing was delivered."""
    wanted, found = part * sum(delivered), 0
    if not wanted:
        return None
    for edge, count in zip((*EDGES, EDGES[-1]), delivered, strict=True):
        found += count
        if found >= wanted:
            return edge
    return EDGES[-1]


def together(found: Iterable[Mapping[str, Any]]) -> list[int]:
    """The deliveries of several processes, by the same edges."""
    return [sum(counts) for counts in zip(*[one["delivered"] for one in found], strict=True)]


def exposition(processes: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures of every process in Prometheus's text format."""
    lines: list[str] = []
    for kind, named in (("gauge", GAUGES), ("counter", TOTALS)):
        for name, says in named.items():
            full = f"{PREFIX}{name}{'_total' if kind == 'counter' else ''}"
            lines += [f"# HELP {full} {says}", f"# TYPE {full} {kind}"]
            for process, told in processes.items():
                lines += _lines_of(full, process, told.get(name, 0), LABELS.get(name))
    full = f"{PREFIX}delivery_seconds"
    lines += [f"# HELP {full} From the log to the socket.", f"# TYPE {full} histogram"]
    for process, told in processes.items():
        lines += _histogram_of(full, process, told)
    return "\n".join(lines) + "\n"


def _lines_of(full: str, process: str, value: Any, label: str | None) -> list[str]:
    if label is None:
        return [f'{full}{{process="{process}"}} {value}']
    return [
        f'{full}{{process="{process}",{label}="{key}"}} {count}'
        for key, count in sorted(dict(value or {}).items())
    ]


def _histogram_of(full: str, process: str, told: Mapping[str, Any]) -> list[str]:
    lines, found = [], 0
    for edge, count in zip((*EDGES, "+Inf"), told["delivered"], strict=True):
        found += count
        lines.append(f'{full}_bucket{{process="{process}",le="{edge}"}} {found}')
    lines.append(f'{full}_sum{{process="{process}"}} {told["seconds"]}')
    lines.append(f'{full}_count{{process="{process}"}} {found}')
    return lines
