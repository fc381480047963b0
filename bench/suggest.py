"""How fast suggestions are, what they weigh in memory, and Django's `icontains` on SQLite beside them.

    python bench/suggest.py --products 1000 20000 100000

Each size in a process of its own, on a database of its own: the whole answer of a page (beginnings, the look
at what is listed, JSON), asked as somebody types, letter by letter. The time is that of the process, which
holds its database too, so that other work on the machine does not count.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]

TYPED = (
    "safran de tal",
    "huile d'arg",
    "saffron thr",
    "زعفران تا",
    "زيت أرك",
    "z3fran",
    "miel de thym",
    "argna oil",
)
ROUNDS = 3
HEADER = ("products", "way", "p50 ms", "p95 ms", "worst ms", "ready s", "memory MB", "a look ms")


def catalogue(count: int) -> None:
    """Listed products with titles in three languages, of one seller for every hundred."""
    from django.core.management import call_command
    from django.utils import timezone

    from catalogue.models import Product, ProductText
    from catalogue.search.tables import reference_lexicon
    from tests.factories.catalogue import FamilyFactory, SellerFactory

    call_command("migrate", verbosity=0, run_syncdb=True)
    chance, by_kind = random.Random(7), {}
    for concept in reference_lexicon().concepts.values():
        if concept.names.get("fr"):
            by_kind.setdefault(concept.kind, []).append(concept)
    families = [
        FamilyFactory(
            slug=one.code,
            name=one.names.get("en", one.code),
            name_fr=one.names["fr"],
            name_ar=one.names.get("ar", ""),
        )
        for one in by_kind["thing"][:68]
    ]
    sellers = [
        SellerFactory(name=f"Coopérative {chance.choice(by_kind['place']).names['fr']} {n}")
        for n in range(max(10, count // 100))
    ]
    products, told = [], []
    for number in range(count):
        parts = [chance.choice(by_kind[kind]) for kind in ("form", "thing", "quality", "place")]
        titles = {
            language: " ".join(part.names.get(language) or part.names["fr"] for part in parts)
            for language in ("en", "fr", "ar")
        }
        seller = sellers[number % len(sellers)]
        products.append(
            Product(
                organisation=seller,
                product_class=chance.choice(families),
                title=titles["en"],
                slug=f"offer-{number}",
                is_public=True,
                origin_region=seller.region,
                origin_province=seller.province,
            )
        )
        told.append(titles)
    kept = Product.objects.bulk_create(products, batch_size=1000)
    ProductText.objects.bulk_create(
        (
            ProductText(product=product, language=language, title=title)
            for product, titles in zip(kept, told, strict=True)
            for language, title in titles.items()
        ),
        batch_size=1000,
    )
    # As on a day like any other: nothing was changed in the last minutes.
    Product.objects.update(date_updated=timezone.now() - timedelta(days=1))


def typing() -> Iterator[str]:
    """What is asked while these are typed, from the second letter on."""
    for text in TYPED:
        for end in range(2, len(text) + 1):
            yield text[:end]


def timed(ask: Callable[[str], object]) -> list[str]:
    """The median, the 95th percentile and the slowest of all questions, in milliseconds of this process."""
    spent = []
    for _ in range(ROUNDS):
        for text in typing():
            start = time.process_time()
            ask(text)
            spent.append((time.process_time() - start) * 1000)
    return [
        f"{value:.1f}"
        for value in (statistics.median(spent), statistics.quantiles(spent, n=20)[18], max(spent))
    ]


def resident() -> float:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def rows(count: int) -> None:
    """Prints the lines of the table for one size."""
    import django
    from django.conf import settings
    from measure import NoMigrations

    settings.MIGRATION_MODULES = NoMigrations()
    django.setup()
    from django.core.cache import cache
    from django.test import Client
    from django.utils import timezone

    from catalogue.models import Product
    from catalogue.queries.products import matching
    from catalogue.search import remembered as ours

    catalogue(count)
    client = Client()
    client.get("/en/search/suggest/", {"q": "xqzw"})
    ours.forget_suggestions()
    before, start = resident(), time.perf_counter()
    client.get("/en/search/suggest/", {"q": "sa"})
    while len(ours._memory.products) < count:
        time.sleep(0.05)
    ready = time.perf_counter() - start
    held = resident() - before

    def page(text: str) -> object:
        cache.clear()
        return client.get("/en/search/suggest/", {"q": text}).content

    page("sa")
    spent = timed(page)
    changed = Product.objects.order_by("pk").first()
    changed.save()
    ours._memory._looked = timezone.now() - 2 * ours.BETWEEN_LOOKS
    start = time.process_time()
    page("sa")
    look = (time.process_time() - start) * 1000
    print(line(count, "suggestions, the whole page", *spent, f"{ready:.1f}", f"{held:.0f}", f"{look:.1f}"))
    asked = timed(lambda text: list(matching(Product.objects.listed(), text).values_list("pk", "title")[:8]))
    print(line(count, "words looked up in the database, as the list does", *asked, "", "", ""))
    plain = timed(
        lambda text: list(
            Product.objects.listed()
            .filter(texts__title__icontains=text)
            .distinct()
            .values_list("pk", "title")[:8]
        )
    )
    print(line(count, "icontains on SQLite, products only", *plain, "", "", ""), flush=True)


def line(count: int, *cells: str) -> str:
    """A line of the table."""
    return f"| {count:,} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 20_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        return rows(asked.one)
    print(f"| {' | '.join(HEADER)} |")
    print("| ---: | --- |" + " ---: |" * 6, flush=True)
    for count in asked.products:
        with TemporaryDirectory() as folder:
            env = {
                **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
                "VAR_DIR": folder,
                "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
                "LOG_LEVEL": "WARNING",
                "DJANGO_SETTINGS_MODULE": "moussem.config.settings.test",
            }
            subprocess.run([sys.executable, __file__, "--one", str(count)], env=env, check=True)


if __name__ == "__main__":
    main()
