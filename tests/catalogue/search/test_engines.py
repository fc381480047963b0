"""What both engines promise, asked of both."""

import os
from collections import Counter
from uuid import uuid4

import pytest

from catalogue.search.elastic import ElasticEngine
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.engine import EngineDown
from catalogue.search.narrowing import narrowed, nearest
from catalogue.search.query import read
from catalogue.search.ranking import WHOLE, plan_of
from catalogue.search.ways import Bound, Clause
from catalogue.spread import spread_of
from tests.catalogue.search.words import LEXICON, offer

URL = os.environ.get("ELASTICSEARCH_URL")
OFFERS = [
    offer("threads", "Safran en filaments de Taliouine", seller="souktana", marks=["organic"], months=["11"]),
    offer("powder", "زعفران مسحوق", seller="azoura", hs6="091020"),
    offer(
        "water",
        "Eau de rose",
        "ماء الورد",
        seller="dades",
        marks=["organic", "women-led"],
        figures={"moq": 100, "moq_bulk": 100},
    ),
    offer("rose-oil", "Rose essential oil", seller="dades", figures={"moq": 1, "moq_bulk": 1}),
    offer("olive-oil", "Huile d'olive", seller="zerhoun", figures={"moq": 600, "moq_bulk": 600}),
    offer(
        "blossom",
        "Eau de fleur d'oranger",
        descriptions=["Nous vendons aussi de l'eau de rose."],
        seller="dades",
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
    built.write(OFFERS)
    built.settle()
    yield built
    if request.param == "elasticsearch":
        built.drop()


def plan(text):
    return plan_of(read(text, LEXICON), LEXICON)


def test_what_holds_none_of_some_codes_passes(engine):
    asked = plan("").filtered(("marks", Clause("marks", ("organic",), is_absent=True)))

    assert set(engine.ask(asked).ids) == {"powder", "rose-oil", "olive-oil", "blossom"}


def test_goods_without_what_is_refused_come_first(engine):
    assert engine.ask(plan("saffron without powder")).ids == ["threads", "powder"]
    assert engine.ask(plan("saffron without thread")).ids == ["powder", "threads"]


def test_goods_that_nobody_knows_are_not_found_among_those_that_share_a_mark(engine):
    asked = plan("organic caviar")

    assert engine.ask(narrowed(engine, asked).plan).total == 0
    assert set(nearest(engine, asked, (), 9)) == {"threads", "water"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rose water, rose oil", {"water", "rose-oil"}),
        ("safran en filaments, safran en poudre", {"threads", "powder"}),
        ("ماء الورد، زعفران", {"water", "threads", "powder"}),
    ],
)
def test_each_of_the_goods_of_a_list_is_found(engine, typed, found):
    assert set(engine.ask(narrowed(engine, plan(typed)).plan).ids) == found


def test_what_is_told_of_goods_narrows_them(engine):
    engine.write([offer("dry", "Safran en filaments", descriptions=["Séché à l'ombre."])])
    engine.settle()
    told = narrowed(engine, plan("dried saffron"))

    assert (list(engine.ask(told.plan).ids), told.relaxed) == (["dry"], ())
    engine.remove(["dry"])
    engine.settle()


def ids(engine, text, **how):
    return list(engine.ask(plan(text), **how).ids)


@pytest.mark.parametrize(
    "typed", ["saffron threads", "safran en pistils", "زعفران شعيرات", "zaafrane pistil", "safron thraeds"]
)
def test_what_was_asked_comes_first_in_every_language(engine, typed):
    assert ids(engine, typed) == ["threads", "powder"]


def test_what_is_told_beside_is_not_what_it_is(engine):
    found = engine.ask(plan("rose water"))

    assert (found.ids[0], [score >= WHOLE for score in found.scores[:2]]) == ("water", [True, False])


def test_a_kind_finds_all_its_kinds(engine):
    assert set(ids(engine, "oil")) == {"rose-oil", "olive-oil"}
    assert ids(engine, "oil")[0] == "olive-oil"


def test_a_tariff_code_finds_its_goods(engine):
    assert ids(engine, "HS 0910.20") == ["powder"]


def test_attributes_order_before_they_exclude(engine):
    assert ids(engine, "organic saffron") == ["threads", "powder"]


def test_a_quantity_prefers_who_begins_below_it(engine):
    assert ids(engine, "oil 50 kg")[0] == "rose-oil"


def test_words_that_nobody_knows_are_looked_up(engine):
    assert ids(engine, "Zerhoun") == ["olive-oil"]
    assert ids(engine, "Zehroun") == ["olive-oil"]


def test_nothing_asked_finds_everything(engine):
    assert engine.ask(plan("")).total == len(OFFERS)


def test_nothing_known_finds_nothing(engine):
    assert engine.ask(plan("qwertzuiop")).total == 0


def test_filters_leave_out(engine):
    asked = plan("").filtered(("marks", Clause("marks", ("organic",))), ("moq", Bound("moq", high=200)))

    assert list(engine.ask(asked).ids) == ["water"]


def test_facets_count_without_their_own_filter(engine):
    asked = plan("").filtered(("seller", Clause("seller", ("dades",))))
    found = engine.ask(asked, facets=["seller", "marks"])

    assert found.facets["seller"] == {"dades": 3, "souktana": 1, "azoura": 1, "zerhoun": 1}
    assert found.facets["marks"] == {"organic": 1, "women-led": 1}


def test_figures_are_counted_as_they_are(engine):
    found = engine.ask(plan("eau de rose"), facets=["moq"])

    assert {float(moq): count for moq, count in found.facets["moq"].items()} == {1.0: 1, 100.0: 1}


@pytest.fixture
def emptied(engine):
    """An engine whose other offers come back."""
    engine.remove([each.id for each in OFFERS])
    engine.settle()
    yield engine
    engine.remove(list(engine.ids()))
    engine.write(OFFERS)
    engine.settle()


def test_lowest_and_highest_price_and_every_code_are_told_of_however_many(emptied):
    # The dearest come last, and each is there once: an engine that counts so many values leaves them out.
    prices = [round(1 + number * 0.1, 2) for number in range(3000)]
    emptied.write(
        offer(str(number), "Safran", figures={"price_eur": price}, protected=[str(number % 150)])
        for number, price in enumerate(prices)
    )
    emptied.settle()

    facets = emptied.ask(plan(""), rows=1, facets=["price_eur", "protected"]).facets

    told, real = spread_of(facets["price_eur"]), spread_of(Counter(prices))
    assert (told.low, told.high) == (real.low, real.high) == (1.0, 300.9)
    # A step is a small part of a bar.
    assert [bar.height for bar in told.bars] == pytest.approx([bar.height for bar in real.bars], abs=0.08)
    assert (sum(facets["price_eur"].values()), len(facets["protected"])) == (3000, 150)


def test_few_prices_are_told_one_by_one(emptied):
    emptied.write(
        offer(str(price), "Safran", figures={"price_eur": price}) for price in (4.0, 4.01, 90.5, 0.0)
    )
    emptied.settle()

    assert emptied.ask(plan(""), facets=["price_eur"]).facets["price_eur"] == {4.0: 1, 4.01: 1, 90.5: 1}


def test_pages_follow_one_another(engine):
    first, second = ids(engine, "", rows=4), ids(engine, "", start=4, rows=4)

    assert (len(first), len(second), set(first) & set(second)) == (4, 2, set())


def test_the_deepest_page_is_empty_and_no_error(engine):
    assert ids(engine, "", start=10**9, rows=20) == []


def test_writing_again_replaces(engine):
    before = engine.count()
    engine.write([OFFERS[0]])
    engine.settle()

    assert engine.count() == before


def test_removing_twice_is_removing_once(engine):
    engine.write([offer("brief", "Safran")])
    engine.settle()
    engine.remove(["brief", "never"])
    engine.remove(["brief"])
    engine.settle()

    assert "brief" not in ids(engine, "safran")


@pytest.mark.parametrize(
    "typed", ['title:"x" AND (y OR z)*', "/.*/", "a" * 10_000, "\u202esafran\u0000", "🌹" * 50, "[1 TO", "\\"]
)
def test_hostile_questions_are_answered(engine, typed):
    assert engine.ask(plan(typed)).total >= 0


@pytest.mark.unit
def test_a_server_that_is_away_is_said_to_be():
    with pytest.raises(EngineDown):
        ElasticEngine("http://127.0.0.1:9", "nothing").count()
