"""The public instances: every meeting held, with the fewest breaks, beside published figures.

Their objective is not ours: all meetings must be held, a break is a run of idle slots counted once, and no
two people's breaks differ by more than two. What our search shares with them is the grid, so they are solved
exactly, by MaxSAT, which is also what the literature found fastest.
"""

import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Timer
from typing import Any

from pysat.card import CardEnc, EncType, ITotalizer
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF, IDPool
from pysat.solvers import Solver

SECONDS = 60.0
FAIR = 2


@dataclass(frozen=True)
class Outcome:
    """How an instance ended: `breaks` is None where not all meetings can be held; seconds of a processor."""

    status: str
    breaks: int | None
    seconds: float


class Formula:
    """The instance as clauses: hard ones for the rules, a soft one of weight 1 against each break."""

    def __init__(self, instance: dict[str, Any]) -> None:
        self.instance, self.every = instance, range(instance["slots"])
        self.names, self.clauses = IDPool(), WCNF()
        self.held: dict[tuple[int, int], int] = {}
        self.mine: dict[int, list[int]] = defaultdict(list)
        for meeting in instance["meetings"]:
            for slot in self.slots_for(meeting):
                self.held[meeting["id"], slot] = self.names.id(("held", meeting["id"], slot))
            self.mine[meeting["a"]].append(meeting["id"])
            self.mine[meeting["b"]].append(meeting["id"])
            self.count([self.held[meeting["id"], t] for t in self.slots_for(meeting)], "equals", 1)
        for slot in self.every:
            self.count(
                self.at([each["id"] for each in instance["meetings"]], slot), "atmost", instance["tables"]
            )
        for before, after in instance["precedences"]:
            for slot in self.every:
                if (after, slot) in self.held:
                    early = [self.held[before, t] for t in range(slot) if (before, t) in self.held]
                    self.say(-self.held[after, slot], *early)
        self.be_fair({person: self.breaks_of(person) for person in self.mine})

    def say(self, *literals: int) -> None:
        """One hard clause."""
        self.clauses.append(list(literals))

    def at(self, meetings: list[int], slot: int) -> list[int]:
        """The literals of some meetings in a slot."""
        return [self.held[each, slot] for each in meetings if (each, slot) in self.held]

    def count(self, literals: list[int], how: str, bound: int, unless: int | None = None) -> None:
        """At least, at most or exactly so many of the literals, perhaps unless another one holds."""
        if how == "atmost" and len(literals) <= bound:
            return
        escape = [] if unless is None else [unless]
        if how != "atmost" and len(literals) < bound:
            self.say(*escape)
            return
        encoding = EncType.pairwise if bound == 1 and len(literals) < 7 else EncType.seqcounter
        made = getattr(CardEnc, how)(literals, bound, vpool=self.names, encoding=encoding)
        for clause in made.clauses:
            self.say(*clause, *escape)

    def slots_for(self, meeting: dict[str, Any]) -> list[int]:
        """The slots that a meeting may have by itself."""
        noon, away = self.instance["morning_slots"], self.instance["forbidden"]
        wanted = {"am": range(noon), "pm": range(noon, len(self.every))}.get(meeting["session"], self.every)
        if meeting["fixed"] is not None:
            wanted = set(wanted) & {meeting["fixed"]}
        return sorted(set(wanted) - {t for who in "ab" for t in away.get(str(meeting[who]), [])})

    def breaks_of(self, person: int) -> list[int]:
        """Whether a break ends before each slot: busy now, idle just before, and busy once before that."""
        busy, begun, ends = {}, {}, []
        for slot in self.every:
            here = self.at(self.mine[person], slot)
            busy[slot], begun[slot] = (self.names.id((word, person, slot)) for word in ("busy", "begun"))
            for literal in here:
                self.say(-literal, busy[slot])
            self.say(-busy[slot], *here)
            self.count(here, "atmost", 1)
            before = [begun[slot - 1]] if slot else []
            self.say(-begun[slot], busy[slot], *before)
            for literal in (busy[slot], *before):
                self.say(-literal, begun[slot])
            if slot >= 2:
                ending = self.names.id(("break", person, slot))
                because = busy[slot], -busy[slot - 1], begun[slot - 2]
                self.say(ending, *(-each for each in because))
                for each in because:
                    self.say(-ending, each)
                self.clauses.append([-ending], weight=1)
                ends.append(ending)
        # Implied, and a help to the solver.
        self.count(list(busy.values()), "equals", len(self.mine[person]))
        return ends

    def be_fair(self, breaks: dict[int, list[int]]) -> None:
        """Nobody has more than two breaks more than anybody else; who has no meeting has none."""
        if len(self.mine) < self.instance["participants"]:
            for ends in breaks.values():
                self.count(ends, "atmost", FAIR)
            return
        most = len(self.every) // 2
        everybody = {k: self.names.id(("everybody has", k)) for k in range(1, most + 1)}
        for ends in breaks.values():
            for k in everybody:
                self.count(ends, "atleast", k, unless=-everybody[k])
            for k in range(FAIR, most):
                # More than k breaks of one are two more than nobody's k - 1.
                self.count(ends, "atmost", k, unless=everybody[k - FAIR + 1])

    def slots(self, model: list[int]) -> dict[int, int]:
        """Where a model holds each meeting."""
        true = set(model)
        return {meeting: slot for (meeting, slot), literal in self.held.items() if literal in true}


def solved(instance: dict[str, Any], seconds: float = SECONDS) -> Outcome:
    """The fewest breaks, proved in three fifths of the time; else the fewest that bisection finds."""
    began, worked = time.monotonic(), time.process_time()
    formula = Formula(instance)
    with RC2(formula.clauses, solver="g4", adapt=True, exhaust=True, minz=True, trim=5) as search:
        bell = Timer(0.6 * seconds, search.interrupt)
        bell.start()
        model = search.compute(expect_interrupt=True)
        bell.cancel()
    status = "proved"
    if model is None and time.monotonic() - began >= 0.6 * seconds:
        status = "found"
        model = bisected(formula, began + seconds)
    breaks = None if model is None else breaks_in(instance, formula.slots(model))
    return Outcome(status, breaks, time.process_time() - worked)


def bisected(formula: Formula, until: float) -> list[int] | None:
    """A timetable with few breaks: a plain solver asked for at most so many, half as many, and so on."""
    breaks = [-clause[0] for clause in formula.clauses.soft]
    with ITotalizer(lits=breaks, ubound=64, top_id=formula.names.top) as total:
        clauses = formula.clauses.hard + total.cnf.clauses
        best, few, many = None, 0, 128
        with (
            Solver("cadical195", bootstrap_with=clauses) as first,
            Solver("g4", bootstrap_with=clauses) as solver,
        ):
            best = first.get_model() if first.solve() else None
            # None at all is quickly found or refuted, so much follows from it.
            wanted = 0
            while best and few < many and time.monotonic() < until:
                bell = Timer(max(1.0, (until - time.monotonic()) / 3), solver.interrupt)
                bell.start()
                found = solver.solve_limited([-total.rhs[wanted]], expect_interrupt=True)
                bell.cancel()
                solver.clear_interrupt()
                if found:
                    best = solver.get_model()
                    many = len(set(best) & set(breaks))
                else:
                    few = wanted + 1
                wanted = min(16, (few + many) // 2)
        return best


def breaks_in(instance: dict[str, Any], slots: dict[int, int]) -> int:
    """The breaks of a timetable, counted anew; raises AssertionError where it breaks a rule."""
    times = defaultdict(list)
    for meeting in instance["meetings"]:
        slot = slots[meeting["id"]]
        for person in (meeting["a"], meeting["b"]):
            assert slot not in instance["forbidden"].get(str(person), [])
            times[person].append(slot)
    assert all(len(set(mine)) == len(mine) for mine in times.values())
    assert all(slots[before] < slots[after] for before, after in instance["precedences"])
    used = list(slots.values())
    assert all(used.count(slot) <= instance["tables"] for slot in set(used))
    found = [sum(b - a > 1 for a, b in pairwise(sorted(mine))) for mine in times.values()]
    found += [0] * (instance["participants"] - len(times))
    assert max(found) - min(found) <= FAIR
    return sum(found)


def print_table(folder: Path, only: str = "", seconds: float = SECONDS) -> None:
    """One line an instance, beside the published optimum and the fastest published time; then the sums."""
    published = json.loads((folder / "published.json").read_text(encoding="utf-8"))["instances"]
    print("| instance | published | ours | proved | seconds | fastest published |\n| --- |" + " ---: |" * 5)
    differences, unplaced, wrong, slowest = [], 0, 0, 0.0
    for path in sorted(folder.glob("*.json")):
        name = path.name.removesuffix(".json")
        if name not in published or only not in name:
            continue
        optimum = published[name]["optimum"]
        outcome = solved(json.loads(path.read_text(encoding="utf-8")), seconds)
        times = [each.get("seconds") for each in published[name].get("published", {}).values()]
        fastest = min((each for each in times if each is not None), default="-")
        ours = "infeasible" if outcome.breaks is None else outcome.breaks
        print(
            f"| {name} | {optimum} | {ours} | {outcome.status} | {outcome.seconds:.1f} | {fastest} |",
            flush=True,
        )
        slowest = max(slowest, outcome.seconds)
        if optimum == "infeasible":
            wrong += outcome.breaks is not None
        elif outcome.breaks is None:
            unplaced += 1
        else:
            differences.append(outcome.breaks - optimum)
    equal = sum(difference == 0 for difference in differences)
    mean = sum(differences) / max(1, len(differences))
    print(
        f"\nFeasible: {len(differences)} placed, {unplaced} not; {equal} with the published optimum, "
        f"{mean:.2f} breaks above it on average. Infeasible: {wrong} not told so. Slowest: {slowest:.1f} s."
    )


if __name__ == "__main__":
    print_table(Path(sys.argv[1]), *sys.argv[2:])
