"""The public instances: every meeting held, with the fewest breaks, beside published figures.

Their objective is not ours: all meetings must be held, a break is a run of idle slots counted once, and no
two people's breaks differ by more than two. What our search shares with them is the grid, so they are solved
exactly, by MaxSAT, which is also what the literature found fastest.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from operator import itemgetter
from pathlib import Path
from resource import RLIMIT_CPU, RUSAGE_CHILDREN, RUSAGE_SELF, getrusage, setrlimit
from typing import Any

from pysat.card import CardEnc, EncType, ITotalizer
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF
from pysat.solvers import Solver

SECONDS = 60.0
FAIR = 2

Slots = dict[int, int]
Search = Callable[["Formula"], Iterator[Slots | None]]


@dataclass(frozen=True)
class Outcome:
    """How an instance ended: no `breaks` if "proved" infeasible or none "found"; seconds of a processor."""

    status: str
    breaks: int | None
    seconds: float


class Formula:
    """The instance as clauses: hard ones for the rules, and a soft literal against each break.

    "This person has a break" is one literal, so a conflict names people and not slots. The rule of tables
    is told of the meetings, or of the people who are busy: few, and those who are never free are known from
    the start. Neither way is the better one everywhere.
    """

    def __init__(self, instance: dict[str, Any], *, of_people: bool) -> None:
        self.instance, self.every = instance, range(instance["slots"])
        self.hard: list[list[int]] = []
        self.soft: list[int] = []
        self.top = 0
        self.yes = self.new()
        self.say(self.yes)
        self.held: dict[tuple[int, int], int] = {}
        self.by: dict[tuple[int, int], int] = {}
        self.mine: dict[int, list[int]] = defaultdict(list)
        # Somebody's meetings beside each other: the count of tables then adds up people.
        for meeting in sorted(instance["meetings"], key=itemgetter("a", "b")):
            self.hold(meeting["id"], self.slots_for(meeting))
            self.mine[meeting["a"]].append(meeting["id"])
            self.mine[meeting["b"]].append(meeting["id"])
        for before, after in instance["precedences"]:
            for slot in self.every:
                self.say(-self.by[after, slot], self.by[before, slot - 1])
        busy = {person: self.busy(meetings) for person, meetings in self.mine.items()}
        for slot in self.every:
            if of_people:
                self.fit(2, [each[slot] for each in busy.values()], EncType.cardnetwrk)
            else:
                held = [literal for (_, when), literal in self.held.items() if when == slot]
                self.fit(1, held, EncType.seqcounter)
        self.be_fair([self.breaks(busy[person], len(self.mine[person])) for person in self.mine])

    def new(self) -> int:
        """A literal that was not used before."""
        self.top += 1
        return self.top

    def say(self, *literals: int) -> None:
        """One hard clause."""
        self.hard.append(list(literals))

    def hold(self, meeting: int, slots: list[int]) -> None:
        """The meeting is in one of the slots: `held` tells in which, `by` whether it is then or before."""
        self.by[meeting, -1] = -self.yes
        for slot in self.every:
            before = self.by[meeting, slot - 1]
            self.by[meeting, slot] = before
            if slot in slots:
                held, by = self.held[meeting, slot], self.by[meeting, slot] = self.new(), self.new()
                self.say(-held, by)
                self.say(-held, -before)
                self.say(held, -by, before)
                self.say(-before, by)
        self.say(self.by[meeting, self.every[-1]])

    def slots_for(self, meeting: dict[str, Any]) -> list[int]:
        """The slots that a meeting may have by itself."""
        noon, away = self.instance["morning_slots"], self.instance["forbidden"]
        wanted = {"am": range(noon), "pm": range(noon, len(self.every))}.get(meeting["session"], self.every)
        if meeting["fixed"] is not None:
            wanted = set(wanted) & {meeting["fixed"]}
        return sorted(set(wanted) - {t for who in "ab" for t in away.get(str(meeting[who]), [])})

    def busy(self, meetings: list[int]) -> list[int]:
        """Whether somebody with these meetings is in one, slot by slot; never in two."""
        found = []
        for slot in self.every:
            here = [self.held[each, slot] for each in meetings if (each, slot) in self.held]
            busy = self.new() if here else -self.yes
            self.say(-busy, *here)
            for literal in here:
                self.say(-literal, busy)
            for one, other in combinations(here, 2):
                self.say(-one, -other)
            found.append(busy)
        return found

    def counted(self, literals: list[int], limit: int) -> list[list[int]]:
        """For each beginning of the literals, and each k up to the limit, whether k of them hold."""
        so_far = [self.yes] + [-self.yes] * limit
        rows = []
        for literal in literals:
            row = [self.yes]
            for fewer, same in pairwise(so_far):
                row.append(self.new())
                self.say(-same, row[-1])
                self.say(-fewer, -literal, row[-1])
                self.say(-row[-1], fewer)
                self.say(-row[-1], same, literal)
            rows.append(row)
            so_far = row
        return rows

    def fit(self, each: int, literals: list[int], encoding: int) -> None:
        """A slot has so many literals a meeting: as many as the tables hold, and what other slots leave."""
        most = self.instance["tables"]
        least = len(self.instance["meetings"]) - most * (len(self.every) - 1)
        for count, bound, matters in (
            (CardEnc.atmost, each * most, each * most < len(literals)),
            (CardEnc.atleast, each * least, least > 0),
        ):
            if matters:
                made = count(literals, bound, top_id=self.top, encoding=encoding)
                self.top = max(self.top, made.nv)
                self.hard += made.clauses

    def breaks(self, busy: list[int], meetings: int) -> list[int]:
        """Whether somebody who is busy then has one break at least, two, three, and so on."""
        rows = self.counted(busy, meetings + 1)
        self.say(rows[-1][meetings])
        self.say(-rows[-1][meetings + 1])
        ends = []
        for slot in self.every[2:]:
            ends.append(self.new())
            because = busy[slot], -busy[slot - 1], rows[slot - 2][1]
            self.say(ends[-1], *(-each for each in because))
            for each in because:
                self.say(-ends[-1], each)
        most = max(0, min(meetings - 1, len(busy) - meetings, len(ends)))
        found = self.counted(ends, most)[-1][1:] if most else []
        for slot in self.every[1:-1] if found else []:
            # Implied, and a help to the solver: idle between the first meeting and the last.
            self.say(-rows[slot - 1][1], busy[slot], rows[slot][meetings], found[0])
        self.soft += [-each for each in found]
        return found

    def be_fair(self, breaks: list[list[int]]) -> None:
        """Nobody has more than two breaks more than anybody else; who has no meeting has none."""
        alone = self.instance["participants"] > len(breaks)
        everybody = [self.new() for _ in ([] if alone else min(breaks, key=len, default=[]))]
        for found in breaks:
            for mine, all_have in zip(found, everybody, strict=False):
                self.say(-all_have, mine)
            for k, more in enumerate(found[FAIR:]):
                self.say(-more, everybody[k] if k < len(everybody) else -self.yes)

    def is_anybody_never_free(self) -> bool:
        """Whether somebody has a meeting in every slot that the forbidden ones leave."""
        away = self.instance["forbidden"]
        free = {person: len(self.every) - len(away.get(str(person), [])) for person in self.mine}
        return any(len(meetings) >= free[person] for person, meetings in self.mine.items())

    def slots(self, model: list[int]) -> Slots:
        """Where a model holds each meeting."""
        true = set(model)
        return {meeting: slot for (meeting, slot), literal in self.held.items() if literal in true}


def solved(instance: dict[str, Any], seconds: float = SECONDS) -> Outcome:
    """The fewest breaks, proved in three quarters of the time; else the fewest that a descent finds."""
    worked = processor_seconds()
    formulas = [Formula(instance, of_people=each) for each in (False, True)]
    proofs = [(proved, formulas[0], 0.15), (proved, formulas[1], 0.6)]
    # Each way proves in seconds what the other one does not in minutes; this tells them apart, mostly.
    if formulas[1].is_anybody_never_free():
        proofs.reverse()
    for search, formula, share in (*proofs, (descent, formulas[1], 0.25)):
        found = in_time(search, formula, share * seconds)
        if found:
            break
    breaks = breaks_in(instance, found[-1]) if found and found[-1] is not None else None
    status = "proved" if search is proved else "found"
    return Outcome(status, breaks, processor_seconds() - worked)


def processor_seconds() -> float:
    """What this process and its children had of processors, which a busy machine does not stretch."""
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def in_time(search: Search, formula: Formula, seconds: float) -> list[Slots | None]:
    """All that the search yields in its time; in a process of its own, since CaDiCaL hears no bell."""
    context, found = get_context("fork"), []
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=send, args=(search, formula, seconds, writer))
    process.start()
    writer.close()
    try:
        while True:
            found.append(reader.recv())
    except (EOFError, OSError):
        process.join()
    return found


def send(search: Search, formula: Formula, seconds: float, writer: Connection) -> None:
    """Sends what the search yields, until the kernel ends the process."""
    limit = max(1, round(seconds))
    setrlimit(RLIMIT_CPU, (limit, limit))
    for slots in search(formula):
        writer.send(slots)


def proved(formula: Formula) -> Iterator[Slots | None]:
    """The best timetable, or none where not all meetings can be held."""
    clauses = WCNF()
    clauses.extend(formula.hard)
    clauses.extend([[literal] for literal in formula.soft], weights=[1] * len(formula.soft))
    with RC2(clauses, solver="cd195") as search:
        model = search.compute()
    yield None if model is None else formula.slots(model)


def descent(formula: Formula) -> Iterator[Slots | None]:
    """Timetables of ever fewer breaks, a fifth fewer at a time while that can be had."""
    breaks = [-literal for literal in formula.soft]
    with (
        ITotalizer(lits=breaks, ubound=len(breaks), top_id=formula.top) as total,
        Solver("cd195", bootstrap_with=formula.hard + total.cnf.clauses) as solver,
    ):
        few, many = 0, len(breaks) + 1
        while few < many:
            wanted = min(many - 1, max(few, many * 4 // 5))
            if solver.solve([-literal for literal in total.rhs[wanted : wanted + 1]]):
                model = solver.get_model()
                many = len(set(model) & set(breaks))
                yield formula.slots(model)
            else:
                few = wanted + 1


def breaks_in(instance: dict[str, Any], slots: dict[int, int]) -> int:
    """The breaks of a timetable, counted anew; raises AssertionError where it breaks a rule."""
    times = defaultdict(list)
    for meeting in instance["meetings"]:
        slot = slots[meeting["id"]]
        for person in (meeting["a"], meeting["b"]):
            assert slot not in instance["forbidden"].get(str(person), [])
            times[person].append(slot)
        assert meeting["fixed"] in (None, slot)
        assert meeting["session"] in (None, "am" if slot < instance["morning_slots"] else "pm")
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
        infeasible = outcome.status == "proved" and outcome.breaks is None
        ours = "infeasible" if infeasible else "-" if outcome.breaks is None else outcome.breaks
        print(
            f"| {name} | {optimum} | {ours} | {outcome.status} | {outcome.seconds:.1f} | {fastest} |",
            flush=True,
        )
        slowest = max(slowest, outcome.seconds)
        if optimum == "infeasible":
            wrong += not infeasible
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
