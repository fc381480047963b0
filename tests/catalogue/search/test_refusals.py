"""What a question says is not wanted, and what goods are as they grew."""

import pytest

from catalogue.search.document import Offer, document_of
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.narrowing import narrowed
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import reference_lexicon
from catalogue.understood import name_of, told_of
from tests.catalogue.search.words import shown_ids

pytestmark = pytest.mark.unit
OFFERS = {
    "oil": "Extra virgin olive oil, green",
    "sardines": "سردين بزيت الزيتون",
    "tin": "Sardines in olive oil",
    "lemon": "Green olives with preserved lemon",
    "olives": "Green table olives",
    "powder": "Saffron powder",
    "threads": "Saffron threads",
    "tonic": "Rose face tonic",
    "scarf": "Woollen scarf",
    "bowl": "Blue bowls and plates",
}
SIGNED = {"pgi": ("protected-name", "pgi"), "pdo": ("protected-name", "pdo"), "bare": ()}


@pytest.fixture(scope="module")
def engine():
    made, lexicon = EmbeddedEngine(), reference_lexicon()
    offers = [Offer(id=key, titles=(title,)) for key, title in OFFERS.items()]
    offers += [
        Offer(id=key, titles=("Dried figs",), facts={"marks": marks}, decided=frozenset(("pdo", "pgi")))
        for key, marks in SIGNED.items()
    ]
    made.write(document_of(offer, lexicon) for offer in offers)
    made.settle()
    return made


def found(engine, text):
    lexicon = reference_lexicon()
    return shown_ids(engine, plan_of(read(text, lexicon), lexicon))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("olives", ["olives", "lemon"]),
        ("green olives", ["olives", "lemon"]),
        ("زيتون", ["olives", "lemon"]),
        ("olive oil", ["oil"]),
        ("saffron but not powder", ["threads"]),
        ("زعفران بدون مسحوق", ["threads"]),
        ("figs igp", ["pgi"]),
        ("figues AOP", ["pdo"]),
    ],
)
def test_the_thing_itself_comes_first(engine, text, first):
    assert found(engine, text)[: len(first)] == first


@pytest.mark.parametrize("text", ["oil", "huile", "زيت", "aceite", "Öl", "olio", "hair oil", "olive oil"])
def test_what_lies_in_oil_is_no_oil(engine, text):
    lexicon = reference_lexicon()

    passing = narrowed(engine, plan_of(read(text, lexicon), lexicon)).plan

    assert engine.ask(passing, rows=9).ids == ["oil"]


def test_what_lies_in_oil_is_found_by_its_name(engine):
    lexicon = reference_lexicon()

    passing = narrowed(engine, plan_of(read("sardines in oil", lexicon), lexicon)).plan

    assert engine.ask(passing, rows=9).ids == ["tin"]


def test_a_colour_does_not_keep_out_goods_of_the_kind(engine):
    lexicon = reference_lexicon()

    passing = narrowed(engine, plan_of(read("blue pottery organic", lexicon), lexicon)).plan

    assert engine.ask(passing, rows=9).ids == ["bowl"]


def test_only_what_is_named_is_found(engine):
    assert found(engine, "scarf") == ["scarf"]


def test_any_protected_name_answers_to_the_word(engine):
    assert set(found(engine, "GI figs")[:2]) == {"pdo", "pgi"}


def test_what_is_not_wanted_is_told():
    lexicon = reference_lexicon()
    reading = read("saffron not powder to Germany", lexicon)

    assert [name_of(part, lexicon) for part in reading.parts] == ["saffron", "without: powder", "to Germany"]
    assert [one.label for one in told_of(reading, {}, lexicon)] == [
        "Saffron",
        "Without: powder",
        "To Germany",
    ]


def test_a_refusal_can_be_taken_back():
    reading = read("saffron not powder to Germany", reference_lexicon(), without=("powder",))

    assert [part.codes[0] for part in reading.parts] == ["saffron", "destination-germany"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("no minimum order thyme", ["thyme"]),
        ("sans minimum de commande lentilles", ["lentil"]),
        ("sin pedido mínimo higos", ["fig"]),
        ("senza minimo d'ordine fichi", ["fig"]),
        ("Linsen ohne Mindestbestellmenge", ["lentil"]),
        ("تين بدون حد أدنى", ["fig"]),
        ("sans frais de dossier figues", ["fig"]),
        ("no rush figs", ["fig"]),
        ("pas cher lentilles", ["lentil"]),
        ("figs free delivery", ["fig"]),
        ("Feigen frei Haus", ["fig"]),
        ("Feigen frei deutsche Grenze", ["fig"]),
        ("Feigen frei Hamburg", ["fig", "destination-hamburg"]),
    ],
)
def test_no_goods_are_refused_with_a_word_that_is_none(text, wanted):
    reading = read(text, reference_lexicon())

    assert [part.codes[0] for part in reading.parts] == wanted
    assert (reading.unwanted, reading.unknown) == ([], ())


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("figs without any added honey", ["honey"]),
        ("soap free from olive oil", ["olive", "oil"]),
        ("jabón libre de miel", ["honey"]),
        ("Seife frei von Honig", ["honey"]),
        ("savon sans trace de miel", ["honey"]),
    ],
)
def test_what_a_refusal_names_itself_is_refused(text, unwanted):
    assert [part.codes[0] for part in read(text, reference_lexicon()).unwanted] == unwanted
