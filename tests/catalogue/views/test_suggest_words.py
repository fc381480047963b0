"""Codes, towns and whole words while somebody types."""

import pytest
from django.core.cache import cache

from catalogue.search.beginnings import Beginnings
from catalogue.search.remembered import forget_suggestions
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def saffron():
    """One product on the list, and a process that remembers nothing."""
    cache.clear()
    forget_suggestions()
    yield ProductFactory()
    forget_suggestions()


@pytest.mark.parametrize(
    ("typed", "kind", "names"),
    [
        ("0910", "family", ["Saffron"]),
        ("0910.20", "family", ["Saffron"]),
        ("0910 20", "family", ["Saffron"]),
        ("safrn", "family", ["Saffron"]),
        ("talio", "place", ["Taroudant"]),
        ("sapin", "family", []),
        ("save", "family", []),
    ],
)
def test_codes_and_towns_lead_on_and_right_words_have_no_errors(client, typed, kind, names):
    found = client.get("/en/search/suggest/", {"q": typed}).json()["suggestions"]

    assert [one["label"] for one in found if one["kind"] == kind] == names


def test_a_word_that_is_ended_goes_on_no_more():
    known = Beginnings()
    known.fill([("oil", ["zit zitoun"]), ("citrus", ["zitrusfrucht"])])

    assert [key for key, _begins in known.find("zit ", 9)] == ["oil"]
    assert [key for key, _begins in known.find("zitr ", 9)] == ["citrus"]
