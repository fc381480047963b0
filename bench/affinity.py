"""How long recommendations take at a fair of ten thousand exporters, beside a plain double loop.

    python bench/affinity.py [--buyers 5000] [--exporters 10000] [--sample 10]

One process. Exporters and buyers are made up: products by HS codes of which few are wanted by many, volumes
over four orders of magnitude, a third of all facts not told. The double loop asks the same of each pair of a
sample of buyers; its time for all of them is reckoned from that. Its first places must be the same.
"""

import argparse
import csv
import random
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]

import numpy as np  # noqa: E402

from matchmaking.scoring.exposure import OPEN_RACE, Floor, exposures, newcomers_in  # noqa: E402
from matchmaking.scoring.market import Market  # noqa: E402
from matchmaking.scoring.pairs import affinity  # noqa: E402
from matchmaking.scoring.profiles import Buyer, Certificate, Exporter, Need, Product  # noqa: E402
from matchmaking.scoring.recommending import TOP, recommend  # noqa: E402

CODES = ROOT / "platform" / "moussem" / "regions" / "reference" / "hs_codes.csv"
FAIR = date(2027, 2, 1)
CERTIFICATES = ("EU-ORG", "NOP", "HACCP", "HALAL-FOOD", "IFS", "FT", "COSMOS", "IGP-MA", "ONSSA-AUT", "OEKO")
VALUES = ("crocin", "moisture", "acidity", "purity", "hmf")
LANGUAGES = ("ar", "fr", "en", "es", "de", "pt", "it", "ja")
INCOTERMS = ("FCA", "FOB", "CIF", "CIP", "DAP")
COUNTRIES = ("FR", "DE", "ES", "US", "SN", "CI", "AE", "JP", "GB", "CA")
AGREEMENTS = {"FR": "EU-AA-2000", "DE": "EU-AA-2000", "ES": "EU-AA-2000", "US": "US-FTA-2006", "SN": "AFCFTA"}


class Making:
    """Made-up people of the trade, the same each time."""

    def __init__(self) -> None:
        self._chance = random.Random(5)
        with CODES.open(encoding="utf-8") as lines:
            self._codes = sorted({row["hs6"] for row in csv.DictReader(lines)})
        self._often = [1 / (place + 1) ** 0.7 for place in range(len(self._codes))]

    def exporter(self, number: int) -> Exporter:
        chance = self._chance
        return Exporter(
            code=f"e{number}",
            products=tuple(self._product(f"e{number}-{n}") for n in range(chance.randint(1, 4))),
            languages=self._perhaps(frozenset(chance.sample(LANGUAGES, 2))),
            incoterms=self._perhaps(frozenset(chance.sample(INCOTERMS, 2))),
            preferences=AGREEMENTS,
            serves=self._perhaps(frozenset(chance.sample(COUNTRIES, 4))),
            readiness=chance.choice(("A", "B", "B", "C", None)),
            least_deposit=self._perhaps(30),
            ordered={f"b{chance.randrange(5000)}": FAIR for _ in range(chance.choice((0, 0, 0, 3)))},
            seen=chance.choice((0, 10, 100, 1000)),
        )

    def buyer(self, number: int) -> Buyer:
        chance = self._chance
        return Buyer(
            code=f"b{number}",
            needs=tuple(self._need() for _ in range(chance.randint(1, 3))),
            country=chance.choice(COUNTRIES),
            languages=self._perhaps(frozenset(chance.sample(LANGUAGES, 2))),
            incoterm=chance.choice(INCOTERMS),
            payment_terms=chance.choice(("30% deposit", "60 days", "letter of credit", "")),
        )

    def _perhaps(self, told):
        return told if self._chance.random() < 0.67 else None

    def _hs(self) -> str:
        return self._chance.choices(self._codes, self._often)[0]

    def _amount(self) -> float:
        return round(10 ** self._chance.uniform(1, 5))

    def _product(self, code: str) -> Product:
        chance = self._chance
        held = chance.sample(CERTIFICATES, chance.randint(0, 5))
        return Product(
            code=code,
            hs=self._hs(),
            unit="kg",
            capacity=self._perhaps(self._amount()),
            moq=self._perhaps(self._amount() / 100),
            certificates=self._perhaps(
                tuple(Certificate(one, None, FAIR + timedelta(chance.randint(-60, 700))) for one in held)
            ),
            lab={key: chance.uniform(0, 100) for key in VALUES if chance.random() < 0.5},
        )

    def _need(self) -> Need:
        chance = self._chance
        hs = self._hs()
        return Need(
            hs=hs[:4] if chance.random() < 0.1 else hs,
            volume=self._perhaps(self._amount()),
            unit=chance.choice(("kg", "t")) if chance.random() < 0.1 else "kg",
            certificates=frozenset(chance.sample(CERTIFICATES, chance.choice((0, 0, 1, 2)))),
            lab=tuple(
                f"{key}>={chance.randint(0, 60)}" for key in chance.sample(VALUES, chance.choice((0, 0, 1)))
            ),
        )


def double_loop(buyers: list[Buyer], exporters: list[Exporter]) -> list[list[float]]:
    """The best scores of each buyer, one pair after the other."""
    return [
        sorted((affinity(buyer, one, on=FAIR).score for one in exporters), reverse=True)[:TOP]
        for buyer in buyers
    ]


def megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buyers", type=int, default=5_000)
    parser.add_argument("--exporters", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=10)
    asked = parser.parse_args()
    making = Making()
    exporters = [making.exporter(number) for number in range(asked.exporters)]
    buyers = [making.buyer(number) for number in range(asked.buyers)]
    before, start, spent = megabytes(), time.perf_counter(), time.process_time()
    market = Market(exporters, on=FAIR)
    placed = time.perf_counter() - start
    lists = recommend(buyers, market)
    took, spent = time.perf_counter() - start, time.process_time() - spent
    held = megabytes()
    race = recommend(buyers, market, floor=OPEN_RACE)
    start, looped = time.perf_counter(), time.process_time()
    plain = double_loop(buyers[: asked.sample], exporters)
    times = asked.buyers / asked.sample
    loop, looped = (time.perf_counter() - start) * times, (time.process_time() - looped) * times
    same = all(
        np.allclose(row, scores, atol=1e-6)
        for row, scores in zip(plain, race.scores[: asked.sample], strict=True)
    )
    print(f"{asked.buyers:,} buyers, {asked.exporters:,} exporters, the first {TOP} for each buyer\n")
    print("| how | seconds | processor seconds | to place exporters | MB in all | MB of it people |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    print(f"| market | {took:.1f} | {spent:.1f} | {placed:.1f} | {held:.0f} | {before:.0f} |")
    print(f"| double loop, from {asked.sample} buyers | {loop:,.0f} | {looped:,.0f} | – | – | – |")
    print(f"\nThe same first scores in both: {'yes' if same else 'NO'}\n")
    fairness(market, {"with the floor": lists, "without": race})


def fairness(market: Market, told: dict) -> None:
    """What the floor changes: who is seen, and what it costs."""
    new = newcomers_in(market, Floor())
    print("| lists | seen by nobody | least exposure / mean | places of newcomers | mean score |")
    print("| --- | ---: | ---: | ---: | ---: |")
    fits = exposures(told["with the floor"].exporters, len(market)) > 0
    for name, lists in told.items():
        seen = exposures(lists.exporters, len(market))[fits]
        there = lists.exporters[lists.exporters >= 0]
        mean = lists.scores[lists.exporters >= 0].mean()
        print(
            f"| {name} | {(seen == 0).sum():,} | {seen.min() / seen.mean():.2f} "
            f"| {new[there].mean():.0%} | {mean:.3f} |"
        )


if __name__ == "__main__":
    main()
