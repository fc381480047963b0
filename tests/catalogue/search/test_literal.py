"""What titles say word for word is no typing error, parts what is called alike, and is found by itself."""

import pytest

from catalogue.search.document import Offer, document_of
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.evaluation import answers, fill
from catalogue.search.narrowing import narrowed, strictly
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import lexicon_of, reference_files, reference_lexicon, rows_of
from tests.catalogue.search.demonstration import answer_to

pytestmark = pytest.mark.unit
TITLES = {
    "belt": "Leather belt",
    "samet": "Samet of Chefchaouen",
    "silk": "Cushion of cactus silk",
    "saucepan": "Stainless steel saucepan",
    "pan": "Frying pan with lid",
    "olives": "Cracked green olives in brine",
    "saffron": "Saffrn of Taliouine",
    "threads": "Saffron threads",
    "small": "Argan oil 30 ml",
    "large": "Argan oil 250ml",
    "sardines": "Sardines in olive oil",
    "oil": "Organic olive oil",
}


@pytest.fixture(scope="module")
def engine():
    made = EmbeddedEngine()
    lines = [{"id": key, "title": {"en": title}} for key, title in TITLES.items()]
    # What sellers say of it besides its title.
    lines[list(TITLES).index("saffron")]["hs6"] = "091020"
    fill(made, lines, reference_lexicon())
    return made


def found(engine, text, rows=20):
    return answers(engine, [{"id": "one", "q": text}], reference_lexicon(), {})["one"][:rows]


def passing(engine, text):
    lexicon = reference_lexicon()
    told = narrowed(engine, plan_of(read(text, lexicon), lexicon))
    return set(engine.ask(told.plan, rows=20).ids)


def test_word_of_a_title_is_no_typing_error_of_other_goods(engine):
    assert found(engine, "samet")[0] == "samet"
    assert "belt" not in found(engine, "samet")


def test_title_with_the_same_typing_error_keeps_nobody_from_the_goods(engine):
    assert set(found(engine, "saffrn", 2)) == {"saffron", "threads"}


@pytest.mark.parametrize(
    ("text", "key"), [("silk", "silk"), ("cracked olives", "olives"), ("cracked green olives", "olives")]
)
def test_goods_that_nothing_is_are_found_by_their_words_in_titles(engine, text, key):
    lexicon = reference_lexicon()

    assert passing(engine, text) == {key}
    assert engine.ask(strictly(engine, plan_of(read(text, lexicon), lexicon))).ids == [key]


def test_words_in_titles_are_no_answer_where_something_is_refused(engine):
    assert passing(engine, "non organic olive oil") == set()


def test_goods_called_by_a_lesser_name_stand_before_others_of_their_kind(engine):
    assert found(engine, "frying pan", 2) == ["pan", "saucepan"]
    assert found(engine, "saucepan", 2) == ["saucepan", "pan"]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("argan oil 30 ml", ["small", "large"]),
        ("argan oil 30ml", ["small", "large"]),
        ("argan oil 250 ml", ["large", "small"]),
        ("argan oil 250ml", ["large", "small"]),
    ],
)
def test_pack_of_a_title_that_was_asked_for_stands_first(engine, text, order):
    assert found(engine, text, 2) == order


def test_a_quality_that_a_title_holds_in_a_name_is_found_by_itself():
    assert answer_to("black") == (["Black soap with argan and eucalyptus"], ())


def lexicon_with(*codes):
    """The words of some concepts alone."""
    rows = [{**row, "parents": ""} for row in rows_of(*reference_files()) if row["code"] in codes]
    return lexicon_of(rows)


def test_leaves_of_a_flower_are_read_where_editors_keep_no_petals():
    lexicon = lexicon_with("rose", "leaf")

    plan = plan_of(read("feuilles de roses", lexicon), lexicon)

    assert [clause.codes for clause in plan.strict] == [("rose",)]


@pytest.mark.parametrize("typed", ["cosmetics", "grains", "organic cosmetics"])
def test_goods_by_themselves_are_read_where_editors_keep_no_word_for_how(typed):
    lexicon = lexicon_with("cosmetics", "grain", "organic")

    assert plan_of(read(typed, lexicon), lexicon).strict
    assert document_of(Offer("one", (typed,)), lexicon).title
