"""Goods that are named after others: where none is, that is told, and the goods themselves are found."""

import pytest

from catalogue.search.document import Offer, document_of
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.narrowing import narrowed
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.demonstration import answer_to

pytestmark = pytest.mark.unit
HONEYS = [
    "Amlou spread with almond and honey",
    "Euphorbia honey, Tadla-Azilal",
    "Sahara euphorbia honey",
    "Thyme honey from the Siroua slopes",
]
OF_NO_OFFER = {
    "orange blossom honey": "orange-blossom",
    "Orangenblütenhonig": "orange-blossom",
    "miel de azahar": "orange-blossom",
    "miel d'oranger": "orange",
    "عسل البرتقال": "orange",
    "acacia honey": "acacia-flower",
    "miele di acacia": "acacia-flower",
    "عسل السدر": "jujube",
    # On offer, though not of honey.
    "rosemary honey": "rosemary",
    "miel de romarin": "rosemary",
    "honey with saffron": "saffron",
    # Kinds of honey by a name that holds its own, or that stands for it.
    "wildflower honey": "multi-flower-honey",
    "multifloral": "multi-flower-honey",
    "multifloral honey": "multi-flower-honey",
    "miel toutes fleurs": "multi-flower-honey",
    "miel mille fleurs": "multi-flower-honey",
    "Blütenhonig": "multi-flower-honey",
    "millefiori": "multi-flower-honey",
    "عسل متعدد الأزهار": "multi-flower-honey",
    "mountain honey": "mountain-honey",
    "forest honey": "mountain-honey",
    "miel de montagne": "mountain-honey",
    "miel de montaña": "mountain-honey",
    "Waldhonig": "mountain-honey",
    "miele di montagna": "mountain-honey",
    "عسل جبلي": "mountain-honey",
    "miel avec safran": "saffron",
}
HELD = {
    "thyme honey": "Thyme honey from the Siroua slopes",
    "miel de thym": "Thyme honey from the Siroua slopes",
    "عسل الزعتر": "Thyme honey from the Siroua slopes",
    "olives with lemon": "Green olives with preserved lemon",
    "couscous d'orge": "Barley couscous of the south",
}
# Each asked for by itself.
LISTED = ["honey saffron", "honey and saffron", "miel, safran", "miel ou safran", "saffron argan honey"]


@pytest.mark.parametrize(("typed", "code"), OF_NO_OFFER.items())
def test_what_no_honey_is_of_is_told_and_honeys_are_found(typed, code):
    titles, relaxed = answer_to(typed)

    assert sorted(titles) == HONEYS
    assert relaxed == (f"word:{code}",)


@pytest.mark.parametrize(("typed", "title"), HELD.items())
def test_goods_are_narrowed_to_those_that_are_so(typed, title):
    assert answer_to(typed) == ([title], ())


@pytest.mark.parametrize("typed", LISTED)
def test_goods_of_a_list_are_named_after_nothing(typed):
    assert read(typed, reference_lexicon()).after == ()


@pytest.mark.parametrize("typed", ["honeycomb", "carob syrup", "camel milk", "prayer rug"])
def test_other_kinds_that_nobody_sells_are_no_other_goods(typed):
    assert answer_to(typed) == ([], ())


@pytest.mark.parametrize("typed", ["mountain honey", "miel de montagne", "عسل جبلي"])
def test_a_kind_of_honey_that_is_sold_is_all_that_is_found(typed):
    engine, lexicon = EmbeddedEngine(), reference_lexicon()
    titles = ("Thyme honey", "Mountain honey of Azilal", "Honey")
    engine.write(document_of(Offer(str(at), (title,)), lexicon) for at, title in enumerate(titles))
    engine.settle()

    told = narrowed(engine, plan_of(read(typed, lexicon), lexicon))

    assert (engine.ask(told.plan, rows=3).ids, told.relaxed) == (["1"], ())
