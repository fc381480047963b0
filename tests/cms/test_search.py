import json
import os
import re
import shutil
from uuid import uuid4

import pytest
from django.db import connection
from wagtail.models import Page

from catalogue.search import indexing
from catalogue.search.indexing import TooLittle
from catalogue.search.shelves import ElasticShelf
from catalogue.search.site import shelf_of_writings
from cms.models import ArticlePage
from cms.search.actions import keep_index, look_over, mark_stale, write_marked
from cms.search.models import StalePage
from cms.search.queries import findable, found_pages
from tests.factories.catalogue import ProductFactory
from tests.factories.pages import write_below

pytestmark = pytest.mark.integration
# The pages, what kinds they are of, and their pictures.
QUERIES = 3
URL = os.environ.get("ELASTICSEARCH_URL")


@pytest.fixture(
    params=[
        "embedded",
        pytest.param(
            "elasticsearch",
            marks=[pytest.mark.service, pytest.mark.skipif(not URL, reason="no ELASTICSEARCH_URL")],
        ),
    ]
)
def index(request, settings, tmp_path, house):
    """An index of the pages, built of the house as it is planted."""
    settings.SEARCH_ENGINE, settings.SEARCH_ALIAS = request.param, f"test-{uuid4().hex}"
    settings.VAR_DIR, settings.ELASTICSEARCH_URL = tmp_path, URL or ""
    keep_index()
    yield shelf_of_writings()
    if request.param == "elasticsearch":
        client = ElasticShelf(URL, settings.SEARCH_ALIAS).engine.client
        for name in client.indices.get(index=f"{settings.SEARCH_ALIAS}-*"):
            client.indices.delete(index=name)


@pytest.fixture
def soon(django_capture_on_commit_callbacks):
    """What is done in it is followed by what a commit rings for."""

    def within():
        # What was rung for before never comes: the test's own transaction does not end.
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return within


def titles(text, language="en"):
    return [page.title for page in found_pages(text, language, 3)[0]]


def test_page_is_found_once_published_and_not_once_withdrawn(index, news, soon):
    with soon():
        page = write_below(
            news, title="Saffron is in", body=[("text", "<p>In Taliouine the looms rest.</p>")]
        )
    assert (titles("safran"), titles("looms"), titles("safran", "fr")) == (
        ["Saffron is in"],
        ["Saffron is in"],
        [],
    )

    with soon():
        page.unpublish()
    assert (titles("safran"), StalePage.objects.count()) == ([], 0)


def test_draft_is_not_found_and_its_words_are_not_before_they_are_published(index, news, soon):
    with soon():
        page = write_below(news, title="Saffron is in")
    page.title = "Roses are in"
    with soon():
        page.save_revision()
    look_over()
    assert (titles("rose"), titles("saffron")) == ([], ["Saffron is in"])

    with soon():
        page.get_latest_revision().publish()
    assert (titles("rose"), titles("saffron")) == (["Roses are in"], [])


def test_deleted_section_takes_its_pages_along(index, news, soon):
    with soon():
        write_below(news, title="Saffron is in")
    with soon():
        Page.objects.get(pk=news.pk).delete()

    assert titles("saffron") == []
    assert str(news.pk) not in set(index.current().ids())


def write_on_saffron(news, soon, many, **fields):
    with soon():
        for number in range(many):
            write_below(news, title=f"Saffron {number}", **fields)


def read(text):
    """The titles of texts on a page, in their order."""
    return re.findall(r'card__title"><a href="/en/news/[^"]+">([^<]+)<', text)


@pytest.mark.parametrize(("many", "told", "link"), [(3, 3, ""), (5, 3, "All 5 texts")])
def test_list_of_products_tells_what_the_editors_wrote(client, index, news, soon, many, told, link):
    ProductFactory(title="Saffron threads")
    indexing.rebuild()
    write_on_saffron(news, soon, many)
    text = client.get("/en/products/?q=safran").text

    assert len(read(text)) == told
    assert text.index("product-card") < text.index("From the editors") < text.index("Saffron 0")
    assert (link in text, 'href="/en/products/texts/?q=safran"' in text) == (True, bool(link))
    assert "From the editors" not in client.get("/en/products/").text


def test_texts_come_first_and_are_counted_where_no_product_answers(client, index, news, soon, picture):
    indexing.rebuild()
    write_on_saffron(news, soon, 2, picture=picture, picture_alt="A field")
    text = client.get("/en/products/?q=safran").text

    assert "<bdi>Safran</bdi>, 2 texts from the editors</h1>" in text
    assert sorted(read(text)) == ["Saffron 0", "Saffron 1"]
    assert text.count('sizes="6.5rem" width="200" height="125" alt=""') == 2
    assert text.index("Saffron 0") < text.index("No product on offer answers to these words.")
    assert "nothing yet" not in text


def test_texts_hide_neither_the_nearest_goods_nor_what_was_understood(client, index, news, soon):
    ProductFactory(title="Saffron powder")
    indexing.rebuild()
    write_on_saffron(news, soon, 2)
    text = client.get("/en/products/?q=saffron+threads").text

    assert "texts from the editors</h1>" not in text
    assert text.index("Understood:") < text.index("Close to it") < text.index("product-card")
    assert sorted(read(text)) == ["Saffron 0", "Saffron 1"]


def test_words_that_no_text_and_no_product_answers_are_nothing_yet(client, index, soon):
    indexing.rebuild()
    text = client.get("/en/products/?q=rhassoul").text
    assert ("nothing yet" in text, "from the editors" in text) == (True, False)


def test_all_texts_are_read_by_pages_each_once(client, index, news, soon):
    indexing.rebuild()
    write_on_saffron(news, soon, 14)
    address = "/en/products/texts/?q=saffron"
    pages = [
        client.get(f"{address}{page}").text for page in ("", "&page=2", "&page=9", "&page=-1", "&page=x")
    ]
    found = [read(page) for page in pages]

    assert [len(titles) for titles in found] == [12, 2, 2, 2, 12]
    assert sorted(found[0] + found[1]) == sorted(f"Saffron {number}" for number in range(14))
    assert "<bdi>Saffron</bdi>, 14 texts from the editors</h1>" in pages[0]
    assert 'rel="next"' in pages[0]


def test_nothing_to_read_leads_to_the_products(client, index, news):
    assert client.get("/en/products/texts/?q=+")["Location"] == "/en/products/"
    text = client.get("/en/products/texts/?q=rhassoul").text
    assert "Nothing is written with these words" in text
    assert 'href="/en/products/?q=rhassoul"' in text


@pytest.mark.parametrize("many", [1, 3])
def test_pictures_of_texts_cost_one_question(
    client, index, news, soon, picture, many, django_assert_num_queries
):
    indexing.rebuild()
    write_on_saffron(news, soon, many, picture=picture, picture_alt="A field")
    client.get("/en/products/texts/?q=saffron")

    with django_assert_num_queries(QUERIES):
        client.get("/en/products/texts/?q=saffron")


def test_nothing_is_told_beside_products_that_no_engine_found(client, index, news, soon):
    with soon():
        write_below(news, title="Saffron is in")

    assert "From the editors" not in client.get("/en/products/?q=safran").text


@pytest.mark.parametrize("index", ["embedded"], indirect=True)
def test_index_that_is_lost_is_built_again_and_marks_wait_for_it(index, news):
    shutil.rmtree(index.root)
    index._engine = None
    write_below(news, title="Saffron is in")
    assert (write_marked(), StalePage.objects.count() > 0) == (0, True)

    keep_index()
    keep_index()
    assert (titles("saffron"), StalePage.objects.count()) == (["Saffron is in"], 0)


def test_page_whose_mark_was_lost_is_put_right_by_the_look_over(index, news):
    page = write_below(news, title="Saffron is in")
    StalePage.objects.all().delete()
    look_over()
    assert titles("saffron") == ["Saffron is in"]

    Page.objects.filter(pk=page.pk).update(live=False)
    # Even before: what is shown is asked of the database.
    assert titles("saffron") == []
    look_over()
    assert str(page.pk) not in set(index.current().ids())


def make_odd(pages):
    """Pages whose bodies nobody can read."""
    odd = [{"type": "timeline", "value": 5, "id": "1"}]
    ArticlePage.objects.filter(pk__in=[page.pk for page in pages]).update(body=json.dumps(odd))


@pytest.mark.parametrize("again", [write_marked, look_over])
def test_page_that_cannot_be_read_stays_found_as_it_was(index, news, soon, again):
    with soon():
        page = write_below(news, title="Saffron is in")
    make_odd([page])
    mark_stale(page.pk)
    again()

    assert str(page.pk) in set(index.current().ids())


@pytest.mark.parametrize("index", ["embedded"], indirect=True)
@pytest.mark.parametrize(("odd", "stands"), [(0.4, True), (0.8, False)])
def test_index_of_a_few_readable_pages_takes_no_place(index, news, odd, stands):
    pages = [write_below(news, title=f"Saffron {number}") for number in range(40)]
    few = findable().count()
    make_odd(pages[: int(few * odd)])
    shutil.rmtree(index.root)
    index._engine = None

    if stands:
        assert keep_index() == few - int(few * odd)
    else:
        with pytest.raises(TooLittle):
            keep_index()
    assert (index.fits(), index.building()) == (stands, None)
