"""The timetable solver on made-up fairs, beside the naive greedy one: a table that says what each goal asks.

    python bench/timetable.py --seed 7 --only regional-day,tight-tables
    python bench/timetable.py --literature

Instances are generated, bounded and judged by the programs of the shared folder, each in a process of its
own; so is each solution, which is how its memory is known.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Goal:
    """What is asked: seconds, ratio to the bound, idle slots a seat, megabytes."""

    seconds: float
    ratio: float | None
    idle: float | None
    megabytes: float | None


GOALS = {
    "ladder-50x50": Goal(3, 0.998, 0.13, 300),
    "ladder-200x200": Goal(10, 0.998, 0.08, 350),
    "ladder-500x1000": Goal(20, 0.9995, 0.09, 400),
    "ladder-2000x4000": Goal(60, 0.9995, 0.11, 700),
    "regional-day": Goal(20, 0.997, 0.12, 400),
    "digital-zones": Goal(20, 0.999, 0.12, 400),
    "hybrid-expo": Goal(20, 0.999, 0.12, 400),
    "tight-tables": Goal(20, 0.999, 0.12, 400),
    "interpreters": Goal(20, 0.999, 0.12, 400),
    "large-expo": Goal(20, 0.999, 0.12, 400),
    "r2-one-cancel-one-walkin": Goal(1, 0.998, None, 400),
    "r1-morning-after": Goal(10, 0.997, None, 400),
    "d1-infeasible-pins": Goal(5, None, None, None),
    "d2-empty": Goal(5, None, None, None),
    "d3-one-table-one-slot": Goal(5, None, None, None),
    "d4-superstar": Goal(5, None, None, None),
    "d5-no-overlap": Goal(5, None, None, None),
    "d6-odd-limits": Goal(5, None, None, None),
}
# Where calendars differ, slots of a kind must not be merged for a tight bound.
ZONED = {"digital-zones", "hybrid-expo", "r1-morning-after", "d5-no-overlap"}
FORGIVEN = {"r1-morning-after": 10, "r2-one-cancel-one-walkin": 0}


class Bench:
    """One run over instances in a folder."""

    def __init__(self, shared: Path, folder: Path, seed: int | None) -> None:
        self.shared, self.folder, self.seed = shared, folder, seed

    def program(self, name: str, *words: object) -> subprocess.CompletedProcess[str]:
        """One of the shared programs, run to its end."""
        command = [sys.executable, str(self.shared / name), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def instance(self, name: str) -> Path:
        """The file of an instance, with its bounds."""
        path = self.folder / f"{name}.json"
        if not re.match(r"[dr]\d", name):
            seed = [] if self.seed is None else ["--seed", self.seed]
            self.program("generate.py", name, path, *seed)
        elif not path.exists():
            plans = [self.folder / f"{each}.out.json" for each in ("hybrid-expo", "large-expo")]
            for plan in plans:
                if not plan.exists():
                    self.solve(plan.name.removesuffix(".out.json"))
            self.program("make_extra.py", self.folder, *plans)
        if name != "d1-infeasible-pins":
            merged = [] if name in ZONED else ["--agg"]
            self.program("bounds.py", path, *merged, "--simplex", "--write")
        return path

    def solve(self, name: str, **environment: str) -> dict[str, Any]:
        """Generate an instance, solve it in a fresh process and have it checked."""
        path, out = self.instance(name), self.folder / f"{name}.out.json"
        told = solved(path, out, self.seed or 0, environment)
        told["checked"] = self.checked(path, out)
        if "dropped" in told["checked"]:
            self.prove(path, told["checked"])
        greedy = self.folder / f"{name}.greedy.json"
        self.program("reference_greedy.py", path, greedy)
        told["greedy"] = self.checked(path, greedy)
        return told

    def prove(self, path: Path, checked: dict[str, Any]) -> None:
        """Where a repair misses more than its bound: whether it had to, by what counts before promises."""
        if checked["shortfall"] == checked["shortfall_lb"]:
            return
        from repairs import least_of

        if least_of(path, checked["dropped"]) == (checked["dropped"], checked["shortfall"]):
            # The value is beside the bound of all timetables then: there is none for this shortfall.
            checked |= {"shortfall_lb": checked["shortfall"], "ratio_fair": checked["ratio"]}

    def checked(self, path: Path, out: Path) -> dict[str, Any]:
        """What the checker says of a timetable."""
        run = self.program("checker.py", path, out, "--json")
        try:
            return json.loads(run.stdout.splitlines()[0])
        except (IndexError, ValueError):
            return {"valid": False}


def solved(path: Path, out: Path, seed: int, environment: dict[str, str]) -> dict[str, Any]:
    """Solve a file by the command: the seconds it tells, of processors too, those in all, megabytes."""
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "solve_timetable",
        str(path),
        str(out),
        f"--seed={seed}",
    ]
    with tempfile.TemporaryFile("w+") as told:
        began = time.monotonic()
        child = subprocess.Popen(
            command, stderr=told, stdout=subprocess.DEVNULL, env=os.environ | environment, cwd=ROOT
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        said = told.read()
    found = re.search(r"solved in ([\d.]+) s, ([\d.]+) s of", said)
    if child.returncode != 0:
        print(f"{path.name}: exit {child.returncode}\n{said}", file=sys.stderr)
    return {
        "exit": child.returncode,
        "seconds": float(found[1]) if found else float("nan"),
        "wall": time.monotonic() - began,
        "processors": float(found[2]) if found else float("nan"),
        "megabytes": usage.ru_maxrss / 1024,
    }


HEADS = [
    "instance",
    "seconds",
    "of processors",
    "whole command",
    "ratio_fair",
    "greedy",
    "idle per seat",
    "greedy",
    "shortfall",
    "its bound",
    "dropped, moved unforced",
    "MB",
    "kept",
]


def row_of(name: str, told: dict[str, Any]) -> list[str]:
    """One line of the table."""
    checked, greedy, goal = told["checked"], told["greedy"], GOALS[name]
    unforced = checked.get("moved", 0) - checked.get("moved_forced", 0)
    repair = f"{checked['dropped']}, {unforced}" if "dropped" in checked else "-"
    return [
        name,
        f"{told['seconds']:.1f} / {goal.seconds:g}",
        f"{told['processors']:.1f}",
        f"{told['wall']:.1f}",
        _beside(checked.get("ratio_fair"), goal.ratio, "{:.5f}"),
        _beside(greedy.get("ratio_fair") or greedy.get("ratio"), None, "{:.4f}")
        + ("" if greedy.get("ratio_fair") else " *"),
        _beside(checked.get("idle_per_meeting_seat"), goal.idle, "{:.3f}"),
        _beside(greedy.get("idle_per_meeting_seat"), None, "{:.3f}"),
        str(checked.get("shortfall", "-")),
        str(checked.get("shortfall_lb", "-")),
        repair,
        _beside(told["megabytes"], goal.megabytes, "{:.0f}"),
        "yes" if not list(failures(name, told)) else "no: " + ", ".join(failures(name, told)),
    ]


def _beside(value: float | None, goal: float | None, shape: str) -> str:
    text = "-" if value is None else shape.format(value)
    return text if goal is None else f"{text} / {goal:g}"


def failures(name: str, told: dict[str, Any]) -> Iterator[str]:
    """Which goals are missed."""
    checked, goal = told["checked"], GOALS[name]
    if told["exit"] != 0 or not checked["valid"]:
        yield "rules"
    if told["seconds"] > goal.seconds:
        yield "seconds"
    if name == "d1-infeasible-pins":
        return
    if checked.get("shortfall") != checked.get("shortfall_lb"):
        yield "shortfall"
    if goal.ratio is not None and (checked.get("ratio_fair") or 0) < goal.ratio:
        yield "ratio"
    if goal.idle is not None and checked["idle_per_meeting_seat"] > goal.idle:
        yield "idle"
    if goal.megabytes is not None and told["megabytes"] > goal.megabytes:
        yield "memory"
    if name in FORGIVEN:
        unforced = checked["moved"] - checked["moved_forced"]
        if max(checked["dropped"], unforced) > FORGIVEN[name]:
            yield "stability"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared/scheduler")
    parser.add_argument(
        "--seed", type=int, help="of the instances and of the search; else those of the presets"
    )
    parser.add_argument("--only", default=",".join(GOALS), help="names, between commas")
    parser.add_argument(
        "--first", action="store_true", help="time the first run ever as well, which compiles"
    )
    parser.add_argument("--literature", action="store_true", help="the public instances instead")
    asked = parser.parse_args()
    shared = asked.shared.resolve()
    if not (shared / "checker.py").exists():
        sys.exit(f"No checker.py stands in {asked.shared}. Name the shared folder: --shared FOLDER")
    if asked.literature:
        from literature import print_table

        print_table(shared / "literature")
        return
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(shared, Path(work), asked.seed)
        if asked.first:
            told = bench.solve("ladder-50x50", NUMBA_CACHE_DIR=f"{work}/cache")
            took, wall = told["seconds"], told["wall"]
            print(f"The first run ever, which compiles: {took:.1f} s, in all {wall:.1f} s\n")
        # Whatever is measured from here on finds compiled code.
        bench.solve("ladder-50x50")
        print("| " + " | ".join(HEADS) + " |\n| --- |" + " ---: |" * (len(HEADS) - 2) + " --- |")
        for name in asked.only.split(","):
            print("| " + " | ".join(row_of(name, bench.solve(name))) + " |", flush=True)
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"\nA figure / its goal. * of the bound without guarantees: greedy misses promises. Load: {loads}.")


if __name__ == "__main__":
    main()
