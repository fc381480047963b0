"""Our pages beside stock django-oscar's, on the same products, machine and run.

    python bench/pages.py [--products 1000 20000] [--rounds 20] [--turns 1]

Prints queries, median CPU ms and weight of each page, and our share of Oscar's CPU; cold is our page
when every function of ours has forgotten what it remembers. Both sides run
on SQLite in processes of their own, one after the other, so the ratio is what to read. On a machine whose
processor is not always as fast, let the sides take several turns: of each page the quickest one counts.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

MEASURE = Path(__file__).with_name("measure.py")


def in_turns(products, rounds, turns):
    """Our figures and Oscar's: of each page those of its quickest turn."""
    taken = [
        (figures_of("oscar", products, rounds), figures_of("ours", products, rounds)) for _ in range(turns)
    ]
    oscar, ours = ([pair[side] for pair in taken] for side in (0, 1))
    return quickest(ours), quickest(oscar)


def quickest(figures):
    """Page by page."""
    found = {}
    for page in figures[0]:
        found[page] = dict(min((one[page] for one in figures), key=lambda told: told["cpu_ms"]))
        if "cold_ms" in found[page]:
            found[page]["cold_ms"] = min(one[page]["cold_ms"] for one in figures)
    return found


def figures_of(side, products, rounds):
    """What `measure.py` prints for one side."""
    print(f"  measuring {side} with {products} products …", file=sys.stderr, flush=True)
    command = [sys.executable, str(MEASURE), side, str(products), str(rounds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def cold_of(mine, theirs):
    """The two cells of a page that is read; what writes is not measured cold."""
    if "cold_ms" not in mine:
        return "– | –"
    return f"{mine['cold_ms']:.1f} | {mine['cold_ms'] / theirs['cold_ms']:.2f}"


def table(products, ours, oscar):
    """One Markdown table."""
    lines = [
        f"\n{products} products",
        "| page | queries ours / Oscar | CPU ms ours / Oscar | CPU share | cold ms | cold share "
        "| kB ours / Oscar |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for page, mine in ours.items():
        theirs = oscar[page]
        lines.append(
            f"| {page} | {mine['queries']} / {theirs['queries']} "
            f"| {mine['cpu_ms']:.1f} / {theirs['cpu_ms']:.1f} | {mine['cpu_ms'] / theirs['cpu_ms']:.2f} "
            f"| {cold_of(mine, theirs)} "
            f"| {mine['kb']:.0f} / {theirs['kb']:.0f} |"
        )
    return "\n".join(lines)


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--products", type=int, nargs="+", default=[1000, 20000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--turns", type=int, default=1)
    chosen = parser.parse_args()
    for products in chosen.products:
        print(table(products, *in_turns(products, chosen.rounds, chosen.turns)), flush=True)


if __name__ == "__main__":
    main()
