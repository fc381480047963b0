"""What goods are for is no goods: it narrows them, and empties nothing."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.demonstration import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
BUDS, PETALS = "Dried rose buds, food grade, organic", "Dried rose petals"
COSMETIC = {"Virgin argan oil, cosmetic grade, organic", "Argan face oil, retail bottle"}
HERBS = {"Dried mountain thyme", "Dried rosemary leaves, organic"}
NARROWED = {
    "boutons de rose pour infusion": {BUDS},
    "rose petals for infusion": {PETALS},
    "pétalos de rosa para infusión": {PETALS},
    "Rosenblütenblätter für Kräutertee": {PETALS},
    "petali di rosa per tisana": {PETALS},
    "rose petals for tea": {PETALS},
    "rose buds for tea": {BUDS},
    "herbs for tea": HERBS,
    "Kräuter für Tee": HERBS,
    "بتلات الورد للشاي": {PETALS},
    "bio pour tisane": {BUDS, "Dried rosemary leaves, organic"},
    "argan oil for skincare": COSMETIC,
    "argan oil for cosmetics": COSMETIC,
    "aceite de argán para cosmética": COSMETIC,
    "olio di argan per cosmetici": COSMETIC,
    "Arganöl für Kosmetika": COSMETIC,
    "huile d'argan pour cosmétique": COSMETIC,
    "زيت أركان للتجميل": COSMETIC,
}
# What stands first of goods for a use that no offer of them tells.
NOT_NARROWED = {
    "rose oil for perfume": ("Rose oil (Rosa damascena), organic", "word:perfumery"),
    "Rosenöl für Parfüm": ("Rose oil (Rosa damascena), organic", "word:perfumery"),
    "زيت الورد للعطور": ("Rose oil (Rosa damascena), organic", "word:perfumery"),
}
# What is for a use, where no goods are named.
FOR_IT = {
    "hair care": "Argan and rhassoul shampoo",
    "soin des cheveux": "Argan and rhassoul shampoo",
    "العناية بالشعر": "Argan and rhassoul shampoo",
    "spa": "Black soap with argan and eucalyptus",
    "products for hammam": "Black soap with argan and eucalyptus",
    "produits pour hammam": "Black soap with argan and eucalyptus",
    "prodotti per hammam": "Black soap with argan and eucalyptus",
    "منتجات للحمام": "Black soap with argan and eucalyptus",
    "plantes pour tisane": BUDS,
    "plantas para infusión": BUDS,
    "أعشاب للشاي": BUDS,
    # Herbs are what infusions are made of, whether it is told of them or not.
    "herbs for infusion": "Dried mountain thyme",
    "hierbas para infusión": "Dried mountain thyme",
    # No offer is called so, and some are told to be for it.
    "tisane": BUDS,
    "looking for herbal tea": BUDS,
    "شاي الأعشاب": BUDS,
}
# Asked for, and nothing that other goods are for.
GOODS = {
    "quote for saffron and honey": "saffron honey",
    "request for honey": "honey ?request",
    "bags for dates": "date",
    "prix pour safran": "saffron",
    "honey for tea and dates": "honey tea date",
}


@pytest.mark.parametrize(("typed", "found"), NARROWED.items())
def test_goods_are_narrowed_to_those_for_a_use(typed, found):
    titles, relaxed = answer_to(typed)

    assert (set(titles), relaxed) == (found, ())


@pytest.mark.parametrize(("typed", "told_of"), NOT_NARROWED.items())
def test_a_use_that_no_offer_tells_is_given_up(typed, told_of):
    titles, relaxed = answer_to(typed)

    assert (titles[0], *relaxed) == told_of


@pytest.mark.parametrize(("typed", "first"), FOR_IT.items())
def test_a_use_by_itself_finds_what_is_for_it(typed, first):
    assert answer_to(typed)[0][0] == first


@pytest.mark.parametrize(("typed", "meant"), GOODS.items())
def test_what_is_asked_for_stays_goods(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


def test_honey_for_tea_and_dates_asks_for_honey_and_dates():
    titles, relaxed = answer_to("honey for tea and dates")

    assert {"Euphorbia honey, Tadla-Azilal", "Bouffegous dates"} <= set(titles)
    assert relaxed == ("word:tea",)
