import os
from uuid import uuid4

import pytest

from catalogue.search import results, site
from catalogue.search.shelves import ElasticShelf
from tests.fakes.line import line_to

URL = os.environ.get("ELASTICSEARCH_URL")
ENGINES = [
    "embedded",
    pytest.param(
        "elasticsearch",
        marks=[pytest.mark.service, pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")],
    ),
]


@pytest.fixture
def searching(settings, tmp_path):
    """``searching(engine, url)``: a site with an index of its own, empty at first."""
    made = []

    def begin(engine, url=URL):
        settings.SEARCH_ENGINE, settings.SEARCH_ALIAS = engine, f"test-{uuid4().hex}"
        settings.VAR_DIR, settings.ELASTICSEARCH_URL = tmp_path, url or ""
        results._SEEN.clear()
        made.append((engine, settings.SEARCH_ALIAS))
        return site.shelf()

    yield begin
    for engine, alias in made:
        if engine == "elasticsearch":
            client = ElasticShelf(URL, alias).engine.client
            ours = {"index": f"{alias}-*", "expand_wildcards": "all"}
            # First: an index that hides what it is would be in the way of whoever asks for all.
            lifted = {"index.blocks.read_only": None, "index.blocks.metadata": None}
            client.indices.put_settings(**ours, settings=lifted, allow_no_indices=True)
            for index in client.indices.get(**ours):
                client.indices.delete(index=index)


@pytest.fixture(params=ENGINES)
def shelf(request, searching):
    """Where the indices of the site stand, for either engine."""
    return searching(request.param)


@pytest.fixture
def line():
    """A line to Elasticsearch that can be cut."""
    with line_to(URL) as line:
        yield line
