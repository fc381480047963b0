"""The demonstration file as profiles, and made-up markets that hold everything a real one may leave out."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matchmaking.scoring.profiles import Buyer, Certificate, Exporter, Need, Product

FILE = Path(__file__).resolve().parents[2] / "catalogue" / "reference" / "demo_catalogue.json"
FAIR = date(2026, 11, 22)


@dataclass(frozen=True)
class Asked:
    """A need of the demonstration file with what the file says answers it."""

    buyer: Buyer
    need: Need
    full: frozenset[str]
    partial: frozenset[str]


def demonstration() -> tuple[list[Exporter], list[Asked]]:
    """The exporters and the needs of the demonstration file."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    exporters = [_exporter(one, told["products"]) for one in told["cooperatives"]]
    asked = [
        Asked(buyer, need, *(frozenset(raw["oracle"][part]) for part in ("full_volume", "partial_volume")))
        for one in told["buyers"]
        for buyer in [_buyer(one)]
        for need, raw in zip(buyer.needs, one["needs"], strict=True)
    ]
    return exporters, asked


def _exporter(one, products) -> Exporter:
    held = {
        raw["code"]: Certificate(
            raw["code"], date.fromisoformat(raw["valid_from"]), date.fromisoformat(raw["valid_until"])
        )
        for raw in one["certificates"]
    }
    return Exporter(
        code=one["id"],
        products=tuple(_product(raw, held) for raw in products if raw["coop"] == one["id"]),
        languages=frozenset(one["languages"]),
        readiness=one["readiness"],
        region=one["region"],
        women_led=one["women_led"],
        remote=one["remote_area"],
    )


def _product(raw, held) -> Product:
    return Product(
        code=raw["id"],
        hs=raw["hs6"],
        family=raw["category"],
        unit=raw["unit"],
        capacity=raw["capacity_per_year"],
        moq=raw["moq"],
        certificates=tuple(held[code] for code in raw["certificates"]),
        lab=raw["lab"] or {},
    )


def _buyer(one) -> Buyer:
    return Buyer(
        code=one["id"],
        needs=tuple(
            Need(
                hs=raw["hs6"],
                volume=raw["annual_volume"],
                unit=raw["unit"],
                certificates=frozenset(raw["required_certificates"]),
                lab=tuple(raw["lab_spec"]),
            )
            for raw in one["needs"]
        ),
        country=one["country"],
        languages=frozenset(one["languages"]),
        incoterm=one["preferred_incoterm"],
        payment_terms=one["payment_terms"],
    )
