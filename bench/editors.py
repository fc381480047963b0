"""What is kept drawn of the editors' pages: with it, without it, and the first time of all.

    python bench/editors.py [--rounds 40]

Opens each kind of page of the demonstration (SQLite, one process) as a visitor and as a signed-in buyer.
Warm: everything was drawn before. Off: nothing is kept drawn of cards and pictures. Cold: every function of
ours has just forgotten what it remembers, as in a new process. The three take turns, so that other work on
the machine meets them alike: read the shares.
"""

import argparse
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.measure import memories, start  # noqa: E402

READERS = {"visitor": None, "buyer": "buyer@demo.example"}


def fill():
    """The demonstration, and the first page of each kind in English."""
    from cms.models import ArticlePage, FairPage, MarketNotePage, RegionPage
    from moussem.core import demonstration

    for step in demonstration.steps_to_run():
        demonstration.run_step(step)

    def first(kind):
        return kind.objects.live().filter(locale__language_code="en").order_by("pk").first().url

    kinds = {"article": ArticlePage, "market note": MarketNotePage, "region": RegionPage, "fair": FairPage}
    lists = {"home": "/en/", "news": "/en/news/", "section": "/en/markets/"}
    return lists | {name: first(kind) for name, kind in kinds.items()}


@contextmanager
def nothing_kept():
    """Cards and pictures as they are drawn where nothing is remembered of them."""
    from django.template.loader import render_to_string

    from cms.files import kept
    from cms.readers import cards
    from cms.syndication import sharing

    were = cards.draw, kept._kept, sharing._shared
    cards.draw = lambda template, **values: render_to_string(template, values)
    kept._kept, sharing._shared = kept._kept.__wrapped__, sharing._shared.__wrapped__
    try:
        yield
    finally:
        cards.draw, kept._kept, sharing._shared = were


def spent(client, address):
    """CPU milliseconds of one reading."""
    began = time.process_time()
    answer = client.get(address)
    taken = (time.process_time() - began) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return taken


def compare(client, address, rounds, forget):
    """The median CPU milliseconds of a page in each way."""
    spent(client, address)
    found = {"warm": [], "off": [], "cold": []}
    for turn in range(rounds):
        found["warm"].append(spent(client, address))
        with nothing_kept():
            found["off"].append(spent(client, address))
        # Dear, and nearly the same each time.
        if turn % 4 == 0:
            forget()
            found["cold"].append(spent(client, address))
            spent(client, address)
    return [statistics.median(told) for told in found.values()]


def asked(client, address, forget):
    """How many queries a page takes in each way."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return str(len(queries))

    warm = count()
    with nothing_kept():
        off = count()
    forget()
    return " / ".join([warm, off, count()])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=40)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start("ours", folder)
        from django.test import Client

        from moussem.people.models import User

        pages = fill()
        ways = "warm / off / cold"
        print(f"| page | reader | queries {ways} | CPU ms {ways} | warm / off | cold / off |")
        print("| --- | --- | --- | --- | ---: | ---: |")
        for reader, email in READERS.items():
            client = Client()
            if email:
                client.force_login(User.objects.get(email=email))
            for name, address in pages.items():
                spent(client, address)
                remembered = memories()

                def forget(remembered=remembered):
                    for memory in remembered:
                        memory.cache_clear()

                warm, off, cold = compare(client, address, told.rounds, forget)
                queries = asked(client, address, forget)
                spent(client, address)
                shares = f"{warm / off:.2f} | {cold / off:.2f}"
                figures = f"{warm:.1f} / {off:.1f} / {cold:.1f}"
                print(f"| {name} | {reader} | {queries} | {figures} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
