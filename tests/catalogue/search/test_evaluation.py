import gzip
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalogue.search.lexicon import KINDS, STOP
from catalogue.search.lines import offer_of
from catalogue.search.matching import titles
from catalogue.search.query import read
from catalogue.search.tables import REFERENCE, reference_lexicon, rows_of

pytestmark = pytest.mark.unit

LINES = [
    {"id": "a", "title": {"fr": "Eau de rose"}, "description": {"fr": "coopérative féminine"}, "moq": 10},
    {
        "id": "b",
        "title": {"ar": "زيت أركان الغذائي"},
        "organic": True,
        "region": "Taroudant",
        "hs6": "151590",
    },
    {"id": "c", "title": "Leather laptop sleeve"},
]
QUESTIONS = [
    {"id": "1", "q": "Rosenwasser"},
    {"id": "2", "q": "culinary argan oil"},
    {"id": "3", "q": "laptop"},
]


@pytest.fixture
def files(tmp_path):
    """A catalogue and its questions, as files."""
    products, queries = tmp_path / "products.jsonl.gz", tmp_path / "queries.jsonl"
    products.write_bytes(gzip.compress("\n".join(map(json.dumps, LINES)).encode()))
    queries.write_text("\n".join(map(json.dumps, QUESTIONS)) + "\n\n", encoding="utf-8")
    return {"products": products, "queries": queries, "out": tmp_path / "results.json"}


@pytest.mark.parametrize(
    "engine",
    [
        "embedded",
        pytest.param(
            "elasticsearch",
            marks=[
                pytest.mark.service,
                pytest.mark.skipif(not os.environ.get("ELASTICSEARCH_URL"), reason="no ELASTICSEARCH_URL"),
            ],
        ),
    ],
)
def test_questions_find_offers_of_any_language_with_fields_missing(files, engine, settings):
    settings.ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL")

    call_command("evaluate_search", **files, engine=engine)

    found = json.loads(files["out"].read_text(encoding="utf-8"))
    assert {question: ids[:1] for question, ids in found.items()} == {"1": ["a"], "2": ["b"], "3": ["c"]}


def test_equals_of_an_evaluation_take_turns_as_they_do_on_the_site(files, tmp_path):
    sellers = ["large"] * 30 + ["small", "other", "third", "fourth", "fifth"]
    lines = [
        {"id": str(number), "title": {"en": "Rose water"}, "supplier": seller}
        for number, seller in enumerate(sellers)
    ]
    files["products"].write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))

    call_command("evaluate_search", **files)

    found = json.loads(files["out"].read_text(encoding="utf-8"))["1"]
    told = [sellers[int(one)] for one in found]
    assert (told[:7].count("large"), sorted(map(int, found))) == (2, list(range(35)))


def test_a_broken_file_is_told_and_writes_nothing(files):
    files["queries"].write_text('{"id": "1"', encoding="utf-8")

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("evaluate_search", **files)

    assert not files["out"].exists()


def test_a_line_may_tell_next_to_nothing():
    assert offer_of({"id": 7}).titles == ()


def test_what_the_catalogue_declares_is_not_read_from_words():
    offer = offer_of({"id": 1, "title": {"en": "organic cumin"}, "organic": False})

    assert "organic" in offer.decided


def test_reference_words_hold_together():
    rows = rows_of(*sorted(Path(REFERENCE).glob("*.csv")))
    codes = [row["code"] for row in rows]

    assert len(codes) == len(set(codes))
    assert [row["code"] for row in rows if row["kind"] not in (*KINDS, STOP)] == []
    assert [
        (row["code"], above) for row in rows for above in row["parents"].split() if above not in codes
    ] == []
    assert [
        row["code"] for row in rows if not (row["en"] or row["fr"] or row["ar"]) and row["kind"] != STOP
    ] == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("azafrán", ["saffron"]),
        ("زيت الزيتون", ["oil", "olive"]),
        ("huile essentielle de lavande", ["essential-oil", "lavender"]),
        ("Lavendelöl", ["lavender", "oil"]),
        ("kammoun beldi", ["cumin", "beldi"]),
        ("thé à la menthe", ["mint-tea"]),
        ("dattes medjool du Tafilalet", ["date", "medjool", "tafilalet"]),
        ("miel d'arbousier", ["honey", "arbutus"]),
        ("coopérative féminine marque blanche", ["women-led", "private-label"]),
    ],
)
def test_words_of_the_trade_are_read(typed, codes):
    assert [part.codes[0] for part in read(typed, reference_lexicon()).parts] == codes


def test_a_title_says_where_it_comes_from_and_what_it_is():
    read_off = titles("Tapis berbère de Taznakht, laine", reference_lexicon())

    assert (read_off["place"], "rug" in read_off["thing"], read_off["form"]) == ({"taznakht"}, True, {"wool"})
