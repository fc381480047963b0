"""Something in front of Elasticsearch answers in its place, and well: it is as if the engine were away."""

import pytest

from catalogue.models import Rebuild, StaleOffer
from catalogue.search import indexing, results
from catalogue.search.asked import Asked
from catalogue.search.engine import EngineDown
from moussem.core.log import record
from tests.catalogue.search.conftest import URL
from tests.factories.catalogue import ProductFactory

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL"),
    pytest.mark.django_db,
]
JSON, OURS = "application/json", "Elasticsearch"
HITS = '{"hits": {"hits": [], "total": {"value": 3}}'
SAID = [
    ("text/html", "", "<html>We are back soon</html>"),
    ("text/html", OURS, "<html>We are back soon</html>"),
    (JSON, "", "{}"),
    (JSON, "", HITS + ', "aggregations": {}}'),
    (JSON, OURS, "{}"),
    (JSON, OURS, "[]"),
    (JSON, OURS, "null"),
    (JSON, OURS, '"hits"'),
    (JSON, OURS, '{"hits": null}'),
    (JSON, OURS, HITS + "}"),
    (JSON, OURS, HITS + ', "aggregations": {"family": 7}}'),
    (JSON, OURS, '{"hits": {"hits": [{}], "total": {"value": 3}}, "aggregations": {}}'),
    (JSON, OURS, HITS),
]
said = pytest.mark.parametrize("says", SAID, ids=range(len(SAID)))


@pytest.fixture
def shelf(searching, line):
    """A site with one product in its index, over a line that can be spoken on."""
    shelf = searching("elasticsearch", line.url)
    ProductFactory()
    indexing.rebuild()
    return shelf


def taken_over(line, says):
    line.cut()
    line.mend()
    line.says = says


@said
def test_page_is_answered_by_the_database_and_says_so(shelf, line, client, says):
    taken_over(line, says)

    page = client.get("/en/products/", {"q": "saffron"})

    assert (page.status_code, len(page.context["products"])) == (200, 1)
    assert page.context["results"].is_makeshift
    assert results.how_many(Asked("saffron"), "EUR") == 1


@said
def test_what_changed_waits_until_the_server_itself_answers(shelf, line, says):
    record("changed", ProductFactory(), actor=None)
    taken_over(line, says)

    with pytest.raises(EngineDown):
        indexing.refresh()
    with pytest.raises(EngineDown):
        indexing.put(shelf.engine, [1], version=1)
    waiting = StaleOffer.objects.count()
    line.mend()

    assert (waiting, indexing.refresh()) == (1, 1)


@said
def test_no_rebuild_is_taken_for_done(shelf, line, says):
    taken_over(line, says)

    with pytest.raises(EngineDown):
        indexing.rebuild()
    with pytest.raises(EngineDown):
        shelf.fits()

    assert Rebuild.objects.filter(finished_at=None, target="").count() <= 1
    line.mend()
    assert indexing.rebuild() == 1
