"""Words of a question become filters as long as an offer passes them."""

from dataclasses import replace

import pytest

from catalogue.search import results
from catalogue.search.document import Offer, document_of
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.narrowing import narrowed, nearest, strictly
from catalogue.search.query import read
from catalogue.search.ranking import PRICE, plan_of
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.words import shown_ids

pytestmark = pytest.mark.unit
OFFERS = {
    "organic-honey": ("Thyme honey", ("organic",), ("ma-09",)),
    "honey": ("Thyme honey", (), ("ma-01",)),
    "organic-thyme": ("Dried thyme", ("organic",), ("ma-01",)),
    "saffron": ("Saffron threads", (), ("ma-09",)),
}


def filled(offers):
    """An embedded engine that holds these offers."""
    made, lexicon = EmbeddedEngine(), reference_lexicon()
    made.write(document_of(offer, lexicon) for offer in offers)
    made.settle()
    return made


@pytest.fixture(scope="module")
def engine():
    decided = frozenset({"organic"})
    offers = [
        Offer(
            id=key,
            titles=(title,),
            facts={"marks": marks, "places": places},
            figures={"moq_bulk": 100.0, "price_eur": 5.0, "lead_days": 7.0},
            decided=decided,
        )
        for key, (title, marks, places) in OFFERS.items()
    ]
    return filled(offers)


def plan(text):
    lexicon = reference_lexicon()
    return plan_of(read(text, lexicon), lexicon)


def passing(engine, text):
    """What passes the words of a question, and the words that were given up."""
    told = narrowed(engine, plan(text))
    return set(engine.ask(told.plan).ids), told.relaxed


@pytest.mark.parametrize(
    ("text", "found", "relaxed"),
    [
        ("thyme honey", {"organic-honey", "honey"}, ()),
        ("thyme", {"organic-honey", "honey", "organic-thyme"}, ()),
        # What is not wanted, or how much, says nothing of how the goods are: no family tells what is sold.
        ("thyme without cumin", {"organic-honey", "honey", "organic-thyme"}, ()),
        ("thyme 500 kg", {"organic-honey", "honey", "organic-thyme"}, ()),
        ("thyme under 9 euros", {"organic-honey", "honey", "organic-thyme"}, ()),
        ("thyme within 9 days", {"organic-honey", "honey", "organic-thyme"}, ()),
        # Nothing holds both: each is wanted by itself.
        ("honey saffron", {"organic-honey", "honey", "saffron"}, ()),
        # Honey of saffron is honey.
        ("saffron honey", {"organic-honey", "honey"}, ("word:saffron",)),
        # Nothing holds it: near kinds do not stand for it, nor do words that others share with it.
        ("cumin", set(), ()),
        ("dried cumin", set(), ()),
        ("saffron threads", {"saffron"}, ()),
        ("saffron powder", set(), ()),
        # A word that nobody knows narrows where it stands, and is given up where it does not.
        ("saffron zxqwv", {"saffron"}, ("text:zxqwv",)),
        ("organic thyme honey", {"organic-honey"}, ()),
        ("organic dried thyme", {"organic-thyme"}, ()),
        ("organic thyme honey souss massa", {"organic-honey"}, ()),
        ("organic saffron", {"saffron"}, ("word:organic",)),
        ("organic saffron souss massa", {"saffron"}, ("word:organic",)),
        ("organic", {"organic-honey", "organic-thyme"}, ()),
        # What nobody knows is what was asked, beside a word that says how; words that everybody adds are not.
        ("organic zxqwv", set(), ()),
        ("zxqwv souss massa", set(), ()),
        ("organic, delivered please", {"organic-honey", "organic-thyme"}, ()),
    ],
)
def test_words_narrow_as_long_as_something_passes(engine, text, found, relaxed):
    assert passing(engine, text) == (found, relaxed)


def test_nearest_are_the_best_that_do_not_pass_and_no_more_than_asked(engine):
    asked = plan("organic thyme honey")

    assert nearest(engine, asked, {"organic-honey"}, 1) == ["honey"]
    assert nearest(engine, asked, {"organic-honey"}, 0) == []
    assert nearest(engine, asked, {"organic-honey"}, -3) == []
    assert "organic-honey" not in nearest(engine, asked, {"organic-honey"}, 9)


def test_nearest_to_walnuts_are_almonds_and_no_oil_of_another_plant():
    titles = ("Walnut kernels", "Olive oil", "Almond biscuits", "Shelled almonds")
    made = filled(Offer(id=title, titles=(title,)) for title in titles)

    assert nearest(made, plan("walnut"), {"Walnut kernels"}, 9) == ["Shelled almonds", "Almond biscuits"]


def test_what_passes_stands_before_what_comes_near(engine):
    asked = plan("organic thyme honey")

    assert shown_ids(engine, asked, 2) == ["organic-honey", "honey"]
    assert shown_ids(engine, asked, 1) == ["organic-honey"]


def test_what_is_listed_is_what_a_mail_tells_of_as_long_as_nothing_is_given_up(engine):
    texts = ["thyme honey", "thyme", "honey saffron", "organic dried thyme", "cumin", "organic"]

    listed = [set(engine.ask(narrowed(engine, plan(text)).plan).ids) for text in texts]

    assert [set(engine.ask(strictly(engine, plan(text))).ids) for text in texts] == listed
    assert engine.ask(strictly(engine, plan("organic saffron"))).total == 0
    assert engine.ask(strictly(engine, plan("saffron zxqwv"))).total == 0


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("gluten free thyme honey", "gluten-free"),
        ("miel sans sucre", "sugar-free"),
        ("عسل بدون لاكتوز", "lactose-free"),
        ("miel sin frutos secos", "nut-free"),
        ("veganer Honig ohne Allergene", "allergen-free"),
    ],
)
def test_what_goods_are_free_of_is_given_up_where_no_offer_says_it(engine, text, claim):
    told = narrowed(engine, plan(text))

    assert f"word:{claim}" in told.relaxed
    assert set(engine.ask(told.plan, rows=9).ids) == {"organic-honey", "honey"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("olives", ["lemon", "oil"]),
        ("olives in stock", ["lemon", "oil"]),
        ("olives 500 kg", ["lemon", "oil"]),
        ("olives sans huile", ["lemon"]),
        ("olive oil in stock", ["oil"]),
    ],
)
def test_goods_with_others_stand_before_what_is_made_of_them_alone(text, found):
    titles = {"lemon": "Green olives with preserved lemon", "oil": "Extra virgin olive oil"}
    offers = [
        Offer(id=key, titles=(title,), facts={"marks": ("in-stock",)}, figures={"moq_bulk": 100.0})
        for key, title in titles.items()
    ]
    made = filled(offers)

    told = narrowed(made, plan(text))
    assert (list(made.ask(told.plan).ids), told.relaxed) == (found, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("couscous", {"barley", "grains"}),
        ("couscous 1000 kg", {"barley", "grains"}),
        ("couscous 200 kg", {"grains"}),
        ("couscous under 3 euros", {"barley"}),
        ("couscous within 10 days", {"barley"}),
        ("couscous without salt", {"barley", "grains"}),
        # What the family is called by is what is sold: barley says how.
        ("couscous in stock", {"barley"}),
        ("barley in stock", {"barley"}),
    ],
)
def test_an_amount_a_price_or_a_refusal_narrows_only_by_itself(text, found):
    barley, grains = {"moq_bulk": 300.0, "price_eur": 2.8}, {"moq_bulk": 50.0, "price_eur": 4.0}
    offers = [
        Offer("barley", ("Barley couscous",), (), (), ("Couscous",), figures=barley | {"lead_days": 7.0}),
        Offer("grains", ("Couscous with five grains",), (), (), ("Couscous",), figures=grains),
    ]
    offers[0] = replace(offers[0], facts={"marks": ("in-stock",)})
    made = filled(offers)

    assert set(made.ask(narrowed(made, plan(text)).plan).ids) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("argan oil and honey", {"argan", "honey"}),
        ("miel et huile d'argan", {"argan", "honey"}),
        ("زيت الأركان وعسل", {"argan", "honey"}),
        ("argan oil and olive oil", {"argan", "olive"}),
        ("rose water and argan oil", {"rose", "argan"}),
        ("argan oil", {"argan"}),
    ],
)
def test_of_several_goods_each_is_found_in_its_own_form(text, found):
    titles = {
        "argan": "Argan oil",
        "soap": "Soap with argan",
        "olive": "Extra virgin olive oil",
        "honey": "Thyme honey",
        "rose": "Rose water",
    }
    made = filled(Offer(id=key, titles=(title,)) for key, title in titles.items())

    assert set(made.ask(narrowed(made, plan(text)).plan).ids) == found


def test_a_price_in_a_currency_that_no_offer_has_is_given_up_and_told(engine):
    assert passing(engine, "thyme honey under £10") == ({"organic-honey", "honey"}, (PRICE,))


def test_what_is_refused_does_not_come_near(engine):
    told = plan("honey without thyme zxqwv")

    assert nearest(engine, plan("honey zxqwv"), (), 9) == ["honey", "organic-honey"]
    assert nearest(engine, told, (), 9) == []


def test_what_comes_near_equally_stands_by_its_id(engine):
    assert nearest(engine, plan("honey"), (), 9) == ["honey", "organic-honey"]
    assert nearest(engine, plan("honey"), (), 1) == ["honey"]
    assert nearest(engine, plan("honey"), {"honey"}, 1) == ["organic-honey"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bags without leather", []),
        ("bags without leather organic", []),
        ("capers", ["brine", "vinegar"]),
        ("capers without vinegar", ["brine"]),
        ("câpres sans vinaigre", ["brine"]),
        ("vinegar", ["apple"]),
        ("argan oil", ["culinary", "face"]),
        ("huile d'argan pas pour la cosmétique", ["culinary"]),
    ],
)
def test_what_is_refused_is_never_given_up(text, found):
    titles = {
        "bag": "Leather bag",
        "brine": "Capers in brine",
        "vinegar": "Capers in vinegar",
        "apple": "Apple vinegar",
        "culinary": "Culinary argan oil",
        "face": "Argan face oil",
    }
    made = filled(Offer(id=key, titles=(title,)) for key, title in titles.items())

    told = narrowed(made, plan(text))
    assert (sorted(made.ask(told.plan).ids), told.relaxed) == (found, ())


@pytest.mark.parametrize(
    ("text", "families"), [("pouf", ["leather", "wood"]), ("pouf not leather", ["wood"])]
)
def test_families_of_what_is_refused_are_not_near(text, families):
    titles = {"leather": "Leather satchel", "wood": "Wooden table"}
    offers = [
        Offer(id=family, titles=(title,), facts={"family": (family,)}) for family, title in titles.items()
    ]
    made, lexicon = filled(offers), reference_lexicon()

    assert sorted(results._near(made, read(text, lexicon), plan(text), lexicon)) == families
