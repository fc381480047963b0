"""How well both search engines answer an evaluation set: a table by kind of question and by language.

    python bench/relevance.py --set ../shared/search/terroir --split dev
    python bench/relevance.py --set bench/sets/shop

A set is scored by the `evaluate.py` that stands beside it, else by that of the development set. Without
ELASTICSEARCH_URL only the embedded engine is asked.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
DEVELOPMENT = ROOT / "../shared/search/terroir"
MEASURES = ("NDCG@10", "Recall@50")


def judge_of(folder: Path) -> Path:
    """The script that scores a set."""
    beside = folder.parent / "evaluate.py"
    return beside if beside.exists() else (DEVELOPMENT.parent / "evaluate.py").resolve()


def scores(engine: str, folder: Path, split: str) -> dict[str, dict[str, float]]:
    """The measures of one engine by row of the table."""
    with TemporaryDirectory() as work:
        out = Path(work) / "results.json"
        asked = ["--products", folder / "products.jsonl.gz", "--queries", folder / "queries.jsonl"]
        command = [sys.executable, ROOT / "manage.py", "evaluate_search", *asked, "--out", out]
        subprocess.run([*command, "--engine", engine], check=True, stderr=subprocess.DEVNULL)
        judge = [sys.executable, judge_of(folder), str(folder), out, "--split", split, "--json"]
        told = json.loads(subprocess.run(judge, check=True, capture_output=True, text=True).stdout)
    rows = {"all": told["all"]}
    for group in ("by type", "by lang"):
        rows |= {f"{group[3:]} {name}": row for name, row in told.get(group, {}).items()}
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=DEVELOPMENT)
    parser.add_argument("--split", default="dev")
    asked = parser.parse_args()
    folder = asked.set.resolve()
    if not judge_of(folder).exists():
        sys.exit(f"No evaluate.py stands beside {asked.set}. Name the folder of a set: --set FOLDER")
    engines = ["embedded", *(["elasticsearch"] if os.environ.get("ELASTICSEARCH_URL") else [])]
    told = {engine: scores(engine, folder, asked.split) for engine in engines}
    columns = [f"{engine} {measure}" for engine in engines for measure in MEASURES]
    print("| questions | n | " + " | ".join(columns) + " |")
    print("| --- | ---: |" + " ---: |" * len(columns))
    for row, first in told["embedded"].items():
        values = [f"{told[engine][row][measure]:.3f}" for engine in engines for measure in MEASURES]
        print(f"| {row} | {first['n']} | " + " | ".join(values) + " |")


if __name__ == "__main__":
    main()
