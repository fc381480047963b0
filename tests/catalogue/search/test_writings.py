"""What both engines promise of writings, asked of both."""

import os
from uuid import uuid4

import pytest

from catalogue.search.elastic import ElasticEngine
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.tables import reference_lexicon
from catalogue.search.writings import Writing, document_of_writing, plan_of_writings
from tests.catalogue.search.words import LEXICON

URL = os.environ.get("ELASTICSEARCH_URL")
WRITINGS = [
    Writing("1", "fr", "Le safran de Taliouine", "La récolte commence.", at=1.0),
    Writing("2", "en", "Saffron is in", "The flowers opened early.", at=2.0),
    Writing("3", "en", "Roses in Germany", "What a buyer asks.", "Rose water sells well."),
    Writing("4", "ar", "موسم الزعفران", "بدأ الجني."),
    Writing("5", "en", "How ordering works", "A deposit, then the balance.", "Saffron."),
    Writing("6", "en", "Papers for Europe", "Who signs an EUR.1?"),
    Writing("7", "en", "Box 7", "Leave 1 line empty."),
    Writing(
        "8", "en", "Who pays the carriage", "", "With FOB the buyer does. Heading 0910.20, from October."
    ),
]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("embedded", marks=pytest.mark.unit),
        pytest.param(
            "elasticsearch",
            marks=[pytest.mark.service, pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")],
        ),
    ],
)
def engine(request):
    built = EmbeddedEngine() if request.param == "embedded" else ElasticEngine(URL, f"test-{uuid4().hex}")
    built.write([document_of_writing(one, LEXICON, version=1) for one in WRITINGS])
    built.settle()
    yield built
    if request.param == "elasticsearch":
        built.drop()


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        # A concept is found under any of its names, in the reader's language alone; the title first.
        ("safran", "en", ["2"]),
        # Of a body its words are found.
        ("saffron", "en", ["2", "5"]),
        ("za3fran", "fr", ["1"]),
        ("saffron", "ar", ["4"]),
        ("Taliouine safran", "fr", ["1"]),
        # A word that no concept knows, in any place, and with a typing error.
        ("deposit", "en", ["5"]),
        ("depozit", "en", ["5"]),
        ("flowers early", "en", ["2"]),
        ("rose water", "en", ["3"]),
        # The number of a code is no word of its own, unless it is all that was typed.
        ("EUR.1", "en", ["6"]),
        ("7", "en", ["7"]),
        # A related spice is no answer for a reader.
        ("olive", "en", []),
        ("nothing-of-the-kind", "en", []),
    ],
)
def test_writings_are_found_by_concept_and_word_in_one_language(engine, text, language, found):
    assert list(engine.ask(plan_of_writings(text, language, LEXICON)).ids) == found


@pytest.mark.unit
@pytest.mark.parametrize("text", ["FOB", "fob October", "October", "0910.20", "HS 0910.20"])
def test_what_offers_hold_as_facts_is_found_in_texts_as_it_is_written(text):
    made, lexicon = EmbeddedEngine(), reference_lexicon()
    made.write([document_of_writing(one, lexicon, version=1) for one in WRITINGS])
    made.settle()

    assert list(made.ask(plan_of_writings(text, "en", lexicon)).ids) == ["8"]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("language", "title", "named"),
    [
        ("fr", "Ma visite", ()),
        ("fr", "Le safran de Taliouine", ("saffron",)),
        ("en", "Amlou at breakfast", ("amlou",)),
        ("en", "More to read", ()),
        ("ar", "موسم الزعفران", ("saffron",)),
    ],
)
def test_title_names_goods_in_its_own_language(language, title, named):
    written = document_of_writing(Writing("1", language, title, body="Olive oil."), reference_lexicon())

    assert written.codes["named"] == named


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "  ", "…", "500 kg"])
def test_words_that_ask_for_nothing_find_nothing(text):
    assert plan_of_writings(text, "en", LEXICON) is None


def test_writing_that_is_taken_out_is_not_found(engine):
    gone = Writing("9", "en", "Ghassoul for a day")
    engine.write([document_of_writing(gone, LEXICON, version=2)])
    engine.settle()
    assert list(engine.ask(plan_of_writings("ghassoul", "en", LEXICON)).ids) == ["9"]

    engine.remove(["9"], version=3)
    engine.settle()
    assert list(engine.ask(plan_of_writings("ghassoul", "en", LEXICON)).ids) == []


def test_goods_that_sound_like_an_article_are_not_found_in_every_text():
    lexicon, engine = reference_lexicon(), EmbeddedEngine()
    texts = [
        Writing("1", "en", "The tea of the Rif", "Where the leaves come from."),
        Writing("2", "en", "The balance", "What the buyer pays, and when the rest is due."),
        Writing("3", "fr", "Le thé du Rif", "D'où viennent les feuilles."),
    ]
    engine.write([document_of_writing(one, lexicon, version=1) for one in texts])
    engine.settle()

    found = {
        (typed, language): list(engine.ask(plan_of_writings(typed, language, lexicon)).ids)
        for typed, language in (("thé", "en"), ("thé", "fr"), ("the", "en"))
    }

    assert found == {("thé", "en"): ["1"], ("thé", "fr"): ["3"], ("the", "en"): ["1"]}
