"""The questions of `bench/search.py` put to modelsearch's database backend on SQLite.

    var/bench/modelsearch/bin/python bench/beside_modelsearch.py 1000 20000 100000

In an environment of its own: `bench/search.py` makes it and asks this beside our engines; the product does
not depend on it. Two regions as a filter, the first twenty.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "modelsearch", "bench.beside"],
    MODELSEARCH_BACKENDS={"default": {"BACKEND": "modelsearch.backends.database"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from modelsearch.backends import get_search_backend  # noqa: E402

from bench.beside.models import Offer  # noqa: E402
from bench.search import offers, questions, timed  # noqa: E402

AT_ONCE = 1000


def row(count: int) -> str:
    """One line of the table."""
    Offer.objects.all().delete()
    rows = (Offer(title=" ".join(one.titles), region=one.facts["region"][0]) for one in offers(count))
    Offer.objects.bulk_create(rows, batch_size=AT_ONCE)
    began = time.perf_counter()
    call_command("rebuild_modelsearch_index", verbosity=0)
    speed = count / (time.perf_counter() - began)
    backend = get_search_backend()

    def ask(text: str) -> object:
        return list(backend.search(text, Offer.objects.filter(region__in=["ma-01", "ma-09"]))[:20])

    median, late = timed(ask, questions())
    return f"| {count:,} | modelsearch on SQLite | {median:.1f} | {late:.1f} | {speed:,.0f} |  |  |"


if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
    for told in sys.argv[1:] or ["1000"]:
        print(row(int(told)), flush=True)
