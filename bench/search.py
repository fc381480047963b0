"""How fast the search is: offers by the thousand, both engines, Django's `icontains` and
modelsearch's database backend beside them in the same run.

    python bench/search.py --offers 1000 20000 100000

One process. Questions are the same for all: a thing in some language, half of them with words that narrow
(organic, a delivery, a quantity), asked all that the first page of the site asks, with every facet and a
filter. Read the ratio; milliseconds are the machine's.
"""

import argparse
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]

from catalogue.search.asked import FACETS, price_field  # noqa: E402
from catalogue.search.composing import Turns, shown  # noqa: E402
from catalogue.search.document import Offer, document_of  # noqa: E402
from catalogue.search.elastic import ElasticEngine  # noqa: E402
from catalogue.search.embedded import EmbeddedEngine  # noqa: E402
from catalogue.search.engine import Engine  # noqa: E402
from catalogue.search.query import read  # noqa: E402
from catalogue.search.ranking import plan_of  # noqa: E402
from catalogue.search.tables import reference_lexicon  # noqa: E402
from catalogue.search.ways import Clause  # noqa: E402

# Whose the offers are is read from the database, and no time of the engine.
TURNS = Turns(lambda _ids: {}, date(2026, 1, 1))
ROUNDS = 200
LANGUAGES = ("fr", "en", "ar")
# How goods are asked for: half of the questions narrow by words.
MANNERS = ("", "", "vrac", "bio", "coopérative féminine 500 kg", "bio FOB Agadir")
BESIDE = ROOT / "var" / "bench" / "modelsearch"
MOST_BESIDE = 100_000


def offers(count: int) -> Iterator[Offer]:
    """Made-up offers: a thing, perhaps made into something, from a place, in one to three languages."""
    chance, lexicon = random.Random(7), reference_lexicon()
    by_kind: dict[str, list] = {}
    for concept in lexicon.concepts.values():
        if concept.names.get("fr"):
            by_kind.setdefault(concept.kind, []).append(concept)
    for number in range(count):
        thing, form, place = (chance.choice(by_kind[kind]) for kind in ("thing", "form", "place"))
        told = chance.sample(LANGUAGES, chance.randint(1, 3))
        titles = tuple(
            " ".join(each.names.get(language) or each.names["fr"] for each in (form, thing, place))
            for language in told
        )
        yield Offer(
            id=str(number),
            titles=titles,
            descriptions=(f"{titles[0]}. Récolte artisanale, tri manuel, lot {number}.",),
            names=(f"Coopérative {number % 997}",),
            facts={
                "seller": (str(number % 997),),
                "family": (thing.code,),
                "region": (f"ma-{number % 12 + 1:02}",),
                "marks": tuple(chance.sample(["organic", "women-led", "private-label", "in-stock"], 2)),
                "months": (str(number % 12 + 1),),
                "languages": tuple(chance.sample(["fr", "ar", "en", "es"], 2)),
                "certificates": (chance.choice(["eu-org", "nop", "haccp", "halal"]),),
            },
            figures=dict.fromkeys(("moq", "moq_bulk"), float(chance.choice([1, 10, 100])))
            | {"lead_days": 14.0, "listed": float(number), "price_eur": float(chance.randint(1, 500))},
            rules=(("FOB", "Agadir"),) if number % 3 == 0 else (),
        )


def questions() -> list[str]:
    """A hundred questions of the trade, the same each time."""
    chance, lexicon = random.Random(11), reference_lexicon()
    things = [one for one in lexicon.concepts.values() if one.kind == "thing" and one.names.get("fr")]
    asked = []
    for _ in range(100):
        thing, language = chance.choice(things), chance.choice(LANGUAGES)
        asked.append(f"{thing.names.get(language) or thing.names['fr']} {chance.choice(MANNERS)}")
    return asked


def timed(ask: Callable[[str], object], asked: list[str]) -> tuple[float, float]:
    """The median and the 95th percentile of a question, in milliseconds."""
    for text in asked[:10]:
        ask(text)
    spent = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        ask(asked[number % len(asked)])
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[18]


def engine_row(engine: Engine, count: int, size: Callable[[], int]) -> list[str]:
    """One line of the table for an engine."""
    lexicon = reference_lexicon()
    making = time.perf_counter()
    for _offer in offers(count):
        pass
    making = time.perf_counter() - making
    start = time.perf_counter()
    engine.write(document_of(offer, lexicon) for offer in offers(count))
    engine.settle()
    # Making the offers up is no part of indexing them.
    took = time.perf_counter() - start - making

    def ask(text: str) -> None:
        # All that a first page asks of its engine.
        plan = plan_of(read(text, lexicon), lexicon)
        asked = plan.filtered(("region", Clause("region", ("ma-01", "ma-09"))))
        shown(engine, asked, TURNS, facets=(*FACETS, price_field("EUR")))

    median, late = timed(ask, questions())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [f"{median:.1f}", f"{late:.1f}", f"{count / took:,.0f}", f"{size() / 1e6:.0f}", f"{memory}"]


def bytes_in(folder: Path) -> int:
    """The bytes of the files of a folder."""
    return sum(file.stat().st_size for file in folder.iterdir())


def icontains_row(count: int) -> list[str]:
    """The same questions as Django would put them to SQLite: every word somewhere in the title."""
    database = sqlite3.connect(":memory:")
    database.execute("create table offer (id integer primary key, title text, region text)")
    rows = ((one.id, " ".join(one.titles), one.facts["region"][0]) for one in offers(count))
    database.executemany("insert into offer values (?, ?, ?)", rows)
    like = r"title like ? escape '\'"

    def ask(text: str) -> object:
        return database.execute(_in_sql(text, like), [f"%{word}%" for word in text.split()]).fetchall()

    median, late = timed(ask, questions())
    return [f"{median:.1f}", f"{late:.1f}", "", "", ""]


def postgresql_row(url: str, count: int) -> list[str]:
    """The same on PostgreSQL, where Django compares both sides in capitals."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        database.execute("create temporary table offer (id integer primary key, title text, region text)")
        with database.cursor().copy("copy offer from stdin") as copy:
            for one in offers(count):
                copy.write_row((int(one.id), " ".join(one.titles), one.facts["region"][0]))
        database.execute("analyze offer")

        def ask(text: str) -> object:
            wanted = [f"%{word}%" for word in text.split()]
            return database.execute(_in_sql(text, "upper(title) like upper(%s)"), wanted).fetchall()

        median, late = timed(ask, questions())
    return [f"{median:.1f}", f"{late:.1f}", "", "", ""]


def _in_sql(text: str, like: str) -> str:
    where = " and ".join([like] * len(text.split())) or "true"
    return f"select id from offer where region in ('ma-01', 'ma-09') and {where} order by id desc limit 20"


def beside_modelsearch() -> Path | None:
    """The Python of an environment that has modelsearch, made at the first run; None where it cannot be had.

    The product does not depend on it. What we use is seen from there: only these two are fetched.
    """
    python = BESIDE / "bin" / "python"
    if not (BESIDE / "ready").exists():
        venv.create(BESIDE, with_pip=True, clear=True)
        got = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "modelsearch", "django"], check=False
        )
        if got.returncode:
            print("modelsearch could not be installed: its lines are left out.", file=sys.stderr)
            return None
        ours = sysconfig.get_path("purelib")
        (Path(_purelib_of(python)) / "ours.pth").write_text(ours + "\n", encoding="utf-8")
        (BESIDE / "ready").touch()
    return python


def _purelib_of(python: Path) -> str:
    told = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return subprocess.run(told, check=True, capture_output=True, text=True).stdout.strip()


def modelsearch_row(python: Path, count: int) -> str:
    """The line of modelsearch's database backend, asked the same in a process of its own."""
    script = Path(__file__).parent / "beside_modelsearch.py"
    told = subprocess.run([python, script, str(count)], check=True, stdout=subprocess.PIPE, text=True)
    return told.stdout.strip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, nargs="+", default=[1_000, 20_000, 100_000])
    parser.add_argument("--without-modelsearch", action="store_true")
    asked = parser.parse_args()
    beside = None if asked.without_modelsearch else beside_modelsearch()
    print("| offers | engine | p50 ms | p95 ms | indexed a second | index MB | process MB |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for count in asked.offers:
        with TemporaryDirectory() as folder:
            row = engine_row(EmbeddedEngine(Path(folder)), count, partial(bytes_in, Path(folder)))
            print(f"| {count:,} | embedded | {' | '.join(row)} |", flush=True)
        if url := os.environ.get("ELASTICSEARCH_URL"):
            engine = ElasticEngine(url, f"bench-{uuid4().hex}")
            try:
                row = engine_row(engine, count, engine.size)
            finally:
                engine.drop()
            print(f"| {count:,} | elasticsearch | {' | '.join(row)} |", flush=True)
        print(f"| {count:,} | icontains on SQLite | {' | '.join(icontains_row(count))} |", flush=True)
        if (url := os.environ.get("DATABASE_URL", "")).startswith("postgresql:"):
            told = " | ".join(postgresql_row(url, count))
            print(f"| {count:,} | icontains on PostgreSQL | {told} |", flush=True)
        # A question takes it seconds at a hundred thousand: two hundred of them among a million, half a day.
        if beside and count <= MOST_BESIDE:
            print(modelsearch_row(beside, count), flush=True)


if __name__ == "__main__":
    main()
