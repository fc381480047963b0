"""A label, a certificate, a norm: beside one that is named such a word says nothing."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.marketplace import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
READ = {
    "organic label": "organic",
    "organic certification": "organic",
    "halal certificate dates": "halal-food date",
    "vegan label soap": "vegan soap",
    "label bio": "organic",
    "produits avec label bio": "organic",
    "label bio maroc": "bio-ma",
    "bio maroc label": "bio-ma",
    "normes IFS": "ifs",
    "miel labellisé bio": "honey organic",
    "Bio-Siegel Honig": "organic honey",
    "Biosiegel Arganöl": "organic argan oil",
    "sello ecológico": "organic",
    "marchio biologico": "organic",
    "certificazione IFS": "ifs",
    "شهادة حلال": "halal-food",
    "زيت الزيتون بشهادة بيولوجية": "oil olive organic",
    # What stays what it is.
    "private label": "private-label",
    "white label honey": "private-label honey",
    "label agricole": "label-ma",
    "saffron label": "saffron ?label",
}


@pytest.mark.parametrize(("typed", "meant"), READ.items())
def test_what_vouches_is_no_word_of_titles_beside_what_it_is(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize("typed", ["organic label", "label bio", "produits avec label bio", "Bio Siegel"])
def test_an_organic_label_has_all_that_is_organic(typed):
    assert answer_to(typed) == answer_to("organic")
