"""Measures one side of `bench/pages.py` in a process of its own and prints JSON.

python bench/measure.py ours|oscar PRODUCTS ROUNDS
"""

import functools
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

OURS = ("moussem.", "catalogue.", "fairs.", "cms.")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]


def start(side, folder):
    """Django with the settings of one side and an empty database in ``folder``."""
    os.environ["BENCH_DATABASE"] = str(Path(folder) / "bench.sqlite3")
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["VAR_DIR"] = folder
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ["DJANGO_SETTINGS_MODULE"] = {
        "ours": "moussem.config.settings.test",
        "oscar": "bench.stock.settings",
    }[side]
    import django
    from django.conf import settings

    settings.MIGRATION_MODULES = NoMigrations()
    # As the demonstration searches.
    settings.SEARCH_ENGINE = "embedded"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


class NoMigrations:
    """Every app says that it has no migrations, so tables are made at once."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


def rows(count):
    """``count`` products as (title, description, price in EUR), from the demonstration catalogue."""
    path = ROOT / "catalogue" / "reference" / "demo_catalogue.json"
    products = json.loads(path.read_text())["products"]
    return [
        (
            f"{products[n % len(products)]['title']['en']} no. {n}",
            products[n % len(products)]["description"]["en"],
            products[n % len(products)]["price_tiers"][0]["EUR"],
        )
        for n in range(count)
    ]


def measure(step, rounds, *, before=None):
    """Median CPU ms of ``step``, its queries and its weight; the first call only warms up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, answer = [], None
    for turn in range(rounds + 1):
        if before:
            before(turn)
        began = time.process_time()
        answer = step(turn)
        if turn:
            times.append((time.process_time() - began) * 1000)
        assert answer.status_code in (200, 302), (answer.status_code, answer.content[:500])
    if before:
        before(rounds + 1)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = step(rounds + 1)
    return {"cpu_ms": statistics.median(times), "queries": len(queries), "kb": len(answer.content) / 1024}


def memories():
    """Every function of our own that remembers."""
    # Not isinstance(): it would make a lazy object find out what it is.
    found = [thing for thing in gc.get_objects() if type(thing) is functools._lru_cache_wrapper]
    return [thing for thing in found if thing.__module__.startswith(OURS)]


def run(side, count, rounds):
    """Every measured page of one side."""
    from django.test import Client

    if side == "ours":
        from bench.ours import Pages, fill
    else:
        from bench.stock.fill import Pages, fill
    pages = Pages(Client(), fill(rows(count)))
    pages.sign_in()

    def basket_of(lines):
        pages.empty()
        for number in range(lines):
            pages.add(number)

    def ready(turn=0):
        basket_of(10)
        pages.prepare_checkout()

    read = {
        "list of 20": (pages.empty, lambda turn: pages.list()),
        "product page": (pages.empty, lambda turn: pages.product(turn % 50)),
        "basket of 11 lines": (lambda: basket_of(11), lambda turn: pages.basket()),
        "review of 10 lines": (ready, lambda turn: pages.review()),
    }
    figures = {}
    for name, (prepare, step) in read.items():
        prepare()
        figures[name] = measure(step, rounds)
    figures["add to basket"] = measure(pages.add, rounds, before=lambda turn: pages.empty())
    figures["place 10 lines"] = measure(lambda turn: pages.place(), rounds, before=ready)

    remembered = memories()

    def forget(turn):
        for memory in remembered:
            memory.cache_clear()

    # At the end, so that the other figures know nothing of it.
    for name, (prepare, step) in read.items():
        prepare()
        figures[name]["cold_ms"] = measure(step, rounds, before=forget)["cpu_ms"]
    return figures


if __name__ == "__main__":
    chosen, products, turns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as scratch:
        start(chosen, scratch)
        print(json.dumps(run(chosen, products, turns)))
