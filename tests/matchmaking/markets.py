"""Made-up markets that hold everything a real one may leave out, always the same ones."""

import random
from datetime import timedelta

from matchmaking.scoring.profiles import Buyer, Certificate, Exporter, Lot, Need, Product
from tests.matchmaking.affinities import FAIR

CERTIFICATES = ("EU-ORG", "HACCP", "HALAL-FOOD", "FT", "IGP-MA")
LIMITS = ("crocin>=200", "moisture <= 10,5 %", "acidity<0.5", "grade=1", "fresh, please")
VALUES = {"crocin": (150, 250), "Moisture": (8, 14), "acidity": (0, 1), "grade": (1, 2)}
KINDS = ("091020", "0910.20.10", "091099", "0910", "09", "040900", "151590", "80410", "")
FAMILIES = ("saffron", "honey", "oils", "")
AMOUNTS = (
    *((500, "g"), (2, "kg"), (30, "kg"), (0.5, "t"), (40, "L"), (900, "ml"), (7, "tins"), (8, "tin")),
    *((None, "kg"), (0, "kg"), (5, ""), (-1, "kg")),
)
LANGUAGES = ("fr", "en", "ar", "es", "pt-BR")
PAST = (("met", 3), ("ordered", 1), ("agreed", 1), ("missed", 2))
TERMS = ("30% deposit", "prepayment", "30 days", "letter of credit", "as usual", "")
COUNTRIES = ("FR", "SN", "JP", "")
INCOTERMS = ("FCA", "DAP", "CIF", "")


def market(seed: int, *, exporters: int, buyers: int) -> tuple[list[Exporter], list[Buyer]]:
    """Exporters and buyers with every kind of gap in what they tell."""
    chance = random.Random(seed)
    sellers = [_exporter(chance, number, buyers) for number in range(exporters)]
    return sellers, [_buyer(chance, number, exporters) for number in range(buyers)]


def _some(chance: random.Random, among, most=3) -> frozenset:
    return frozenset(one for one in chance.sample(among, chance.randint(0, most)) if one)


def _exporter(chance: random.Random, number: int, buyers: int) -> Exporter:
    codes = [f"b{n}" for n in range(buyers)]
    return Exporter(
        code=f"e{number}",
        products=tuple(_product(chance, f"e{number}-p{n}") for n in range(chance.randint(0, 4))),
        languages=chance.choice((None, _some(chance, LANGUAGES))),
        incoterms=chance.choice((None, _some(chance, INCOTERMS))),
        preferences=chance.choice(({}, {"FR": "EU-AA-2000", "SN": "AFCFTA"}, {"JP": ""})),
        serves=chance.choice((None, _some(chance, COUNTRIES))),
        elsewhere=chance.choice((False, True)),
        readiness=chance.choice(("A", "B", "B", "C", None, "?")),
        least_deposit=chance.choice((None, 0, 30, 50)),
        **{what: dict.fromkeys(_some(chance, codes, most), FAIR) for what, most in PAST},
        seen=chance.choice((0, 5, 500)),
        refuses=_some(chance, codes, 1),
    )


def _product(chance: random.Random, code: str) -> Product:
    capacity, unit = chance.choice(AMOUNTS)
    days = [None, *(FAIR + timedelta(days=n) for n in (-1, 0, 1, 90))]
    return Product(
        code=code,
        hs=chance.choice(KINDS),
        family=chance.choice(FAMILIES),
        unit=unit,
        capacity=capacity,
        moq=chance.choice((None, 0, 0.1, 1, 40)),
        certificates=chance.choice(
            (
                None,
                tuple(Certificate(one, None, chance.choice(days)) for one in _some(chance, CERTIFICATES, 5)),
            )
        ),
        lab=_lab(chance),
        lots=tuple(Lot(_lab(chance), chance.choice(days)) for _ in range(chance.choice((0, 0, 1, 3)))),
        lead_days=chance.choice((None, 10, 60)),
    )


def _lab(chance: random.Random) -> dict:
    return {key: chance.choice((None, chance.uniform(*ends), ends[0])) for key, ends in VALUES.items()}


def _buyer(chance: random.Random, number: int, exporters: int) -> Buyer:
    return Buyer(
        code=f"b{number}",
        needs=tuple(_need(chance) for _ in range(chance.randint(0, 3))),
        country=chance.choice(COUNTRIES),
        languages=chance.choice((None, _some(chance, LANGUAGES))),
        incoterm=chance.choice(INCOTERMS),
        payment_terms=chance.choice(TERMS),
        refuses=_some(chance, [f"e{n}" for n in range(exporters)] + ["gone"], 2),
        refused_incoterms=_some(chance, INCOTERMS, 2),
    )


def _need(chance: random.Random) -> Need:
    volume, unit = chance.choice(AMOUNTS)
    return Need(
        hs=chance.choice(KINDS),
        family=chance.choice(FAMILIES),
        volume=volume,
        unit=unit,
        certificates=_some(chance, (*CERTIFICATES, "UNHEARD"), chance.choice((0, 1, 2))),
        lab=tuple(chance.sample(LIMITS, chance.choice((0, 1, 2)))),
        within_days=chance.choice((None, 30)),
    )
