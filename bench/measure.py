"""Measures one side of `bench/pages.py` in a process of its own and prints JSON.

python bench/measure.py ours|oscar PRODUCTS ROUNDS
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

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


def run(side, count, rounds):
    """Every measured page of one side."""
    from django.test import Client

    if side == "ours":
        from bench.ours import Pages, fill
    else:
        from bench.stock.fill import Pages, fill
    pages = Pages(Client(), fill(rows(count)))
    pages.sign_in()
    figures = {
        "list of 20": measure(lambda turn: pages.list(), rounds),
        "product page": measure(lambda turn: pages.product(turn % 50), rounds),
        "add to basket": measure(lambda turn: pages.add(turn), rounds, before=lambda turn: pages.empty()),
    }

    def basket_of(lines):
        pages.empty()
        for number in range(lines):
            pages.add(number)

    basket_of(11)
    figures["basket of 11 lines"] = measure(lambda turn: pages.basket(), rounds)

    def ready(turn):
        basket_of(10)
        pages.prepare_checkout()

    ready(0)
    figures["review of 10 lines"] = measure(lambda turn: pages.review(), rounds)
    figures["place 10 lines"] = measure(lambda turn: pages.place(), max(rounds // 4, 3), before=ready)
    return figures


if __name__ == "__main__":
    chosen, products, turns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as scratch:
        start(chosen, scratch)
        print(json.dumps(run(chosen, products, turns)))
