"""Loads the reference files; running it again brings the tables back in line with them."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from moussem.regions.models import Country, HsCode, Province, Region, TradeAgreement
from moussem.regions.states import HsLevel

REFERENCE = Path(__file__).parent / "reference"
Row = dict[str, str]


def _silent(line: str) -> None:
    """Says nothing."""


@transaction.atomic
def load_reference(progress: Callable[[str], None] = _silent) -> dict[str, int]:
    """Every reference table upserted from its file, in the order of their keys; how many rows of each."""
    loaded: dict[str, int] = {}
    for model, rows in (
        (Region, _regions()),
        (Province, _provinces()),
        (TradeAgreement, _agreements()),
        (Country, _countries()),
        (HsCode, _hs_codes()),
    ):
        loaded[model.__name__] = count = _upsert(model, list(rows))
        progress(f"{model._meta.verbose_name_plural}: {count}")
    return loaded


def _upsert(model: type[models.Model], rows: list[models.Model]) -> int:
    changing = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=changing
    )
    return len(rows)


def _rows(name: str) -> Iterator[Row]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _taken(row: Row, *names: str) -> dict[str, Any]:
    return {name: row[name].strip() for name in names}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _regions() -> Iterator[Region]:
    names = ("code", "name_en", "name_fr", "name_ar", "capital_fr", "capital_ar", "signature_products_en")
    for row in _rows("regions"):
        yield Region(**_taken(row, *names, "eu_origin_label_rule", "source"))


def _provinces() -> Iterator[Province]:
    for row in _rows("provinces"):
        yield Province(
            **_taken(row, "code", "name_fr", "name_ar", "notable_products_en", "source"),
            region_id=row["region_code"],
            kind=row["type"].lower(),
            quake_2023=row["quake_2023"] == "1",
            emn_2024_priority_zone=row["emn_2024_priority_zone"] == "1",
            saffron=bool(row["saffron"]),
            saffron_note=row["saffron"],
            rose=bool(row["rose"]),
            rose_note=row["rose"],
            argan=row["argan"] == "1",
        )


def _agreements() -> Iterator[TradeAgreement]:
    names = ("code", "name", "applied_since", "origin_rules", "proof_of_origin", "proof_validity")
    for row in _rows("trade_agreements"):
        # The partners of the AfCFTA are a sentence that points to the countries, not a list.
        partners = _listed(row["partners"]) if " " not in row["partners"] else []
        kept = _taken(row, *names, "issuer_in_morocco", "notes", "source", "confidence")
        yield TradeAgreement(**kept, partners=partners)


def _countries() -> Iterator[Country]:
    names = (
        "iso3",
        "name_en",
        "name_fr",
        "name_ar",
        "group",
        "currency",
        "proof_of_origin",
        "note",
        "source",
    )
    for row in _rows("markets"):
        deposited, guided = row["afcfta_deposit_date"], row["afcfta_gti_2022_23"]
        yield Country(
            **_taken(row, *names, "afcfta_status", "afcfta_confidence", "afcfta_as_of"),
            code=row["iso2"],
            languages=_listed(row["languages"]),
            time_zones=_listed(row["time_zones"]),
            agreements=_listed(row["agreements_with_morocco"]),
            afcfta_deposit_date=date.fromisoformat(deposited) if deposited else None,
            afcfta_gti_2022_23=guided == "1" if guided else None,
        )


def _hs_codes() -> Iterator[HsCode]:
    ours = {row["hs6"]: row for row in _rows("hs_codes")}
    # Parents first: a chapter before its headings, a heading before its subheadings.
    for row in sorted(_rows("hs2022_full"), key=lambda row: (int(row["level"]), row["hs"])):
        code, level = row["hs"], int(row["level"])
        known = ours.get(code, {})
        yield HsCode(
            code=code,
            level=level,
            parent_id=None if level == HsLevel.CHAPTER else row["parent"],
            section=row["section"],
            official_en=row["description_en"],
            label_en=known.get("label_en", ""),
            label_fr=known.get("label_fr", ""),
            label_ar=known.get("label_ar", ""),
            category=known.get("category", ""),
            moroccan_examples=known.get("moroccan_examples", ""),
            classification_note=known.get("classification_note", ""),
            source=known.get("source", "datasets/harmonized-system (ODC PDDL 1.0)"),
        )
