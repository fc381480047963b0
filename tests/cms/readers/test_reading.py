"""What readers find on an article and in the news, and how often the database is asked for it."""

from datetime import date, timedelta

import pytest

from cms.models import ArticlePage
from tests.factories.catalogue import ProductFactory
from tests.factories.pages import items, write

pytestmark = pytest.mark.integration
ADDRESS = "/en/news/one/"
ROWS = [{"label": "2025", "value": "3"}, {"label": "2026", "value": "4.5"}]


def body_with(picture, products):
    """A body of an ordinary article: words, a picture, figures and a shelf."""
    return [
        ("text", "<h2>The flower</h2><p>Three threads.</p>"),
        ("picture", {"picture": picture.pk, "alt": "A field", "caption": "At dawn"}),
        ("figures", {"title": "Lots", "unit": "lots", "rows": items(ROWS), "source": "Book", "date": None}),
        ("products", {"title": "", "query": "", "chosen": items([one.pk for one in products]), "count": 4}),
    ]


def many(number, **fields):
    """So many articles, the last written the newest."""
    first = date(2026, 1, 1)
    for n in range(number):
        write("news", "article", slug=f"a-{n}", title=f"Article {n}", date=first + timedelta(n), **fields)


@pytest.mark.parametrize("rows", [1, 3])
def test_article_asks_seven_questions(client, house, picture, rows, django_assert_num_queries):
    body = body_with(picture, ProductFactory.create_batch(rows))
    about = {"subject": "harvest", "picture": picture, "picture_alt": "A field"}
    write("news", "article", body=body, **about)
    many(rows, **about)
    client.get(ADDRESS)

    with django_assert_num_queries(6):
        page = client.get(ADDRESS)

    assert page.text.count('class="story-card__title"') == rows
    assert page.text.count("product-card") == rows


def test_article_shows_its_words_its_picture_with_credit_and_its_sources(client, house, picture):
    sources = "Official Bulletin 5862 | https://example.org/5862 | 2010-08-05\nUn avis | | | fr\nA letter"
    about = {"intro": "Three threads.", "subject": "quality", "date": date(2026, 10, 12), "sources": sources}
    write("news", "article", title="New saffron", picture=picture, picture_alt="A field", **about)

    page = client.get(ADDRESS).text

    for told in (
        "<h1>New saffron</h1>",
        "12 October 2026",
        'alt="A field"',
        '<bdi dir="ltr">A. Drawer</bdi>',
        '<a href="https://example.org/5862" rel="noopener"><bdi dir="ltr">Official Bulletin 5862</bdi>',
        "<bdi>5 August 2010</bdi>",
        '<bdi dir="ltr">A letter</bdi>',
        '<bdi lang="fr" dir="ltr">Un avis</bdi>',
    ):
        assert told in page


def test_article_alone_offers_nothing_to_read_on(client, article):
    assert "Read on" not in client.get("/en/news/one/").text


def test_what_is_read_on_is_of_the_same_subject_first(client, house):
    write("news", "article", subject="fairs", date=date(2025, 1, 1))
    many(3, subject="harvest")
    write("news", "article", slug="fair", title="On a fair", subject="fairs", date=date(2025, 6, 1))

    page = client.get(ADDRESS).text

    order = [page.index(title) for title in ("On a fair", "Article 2", "Article 1")]
    assert order == sorted(order)
    assert "Article 0" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_news_ask_as_often_for_one_article_as_for_three(
    client, house, picture, rows, django_assert_num_queries
):
    many(rows, subject="harvest", picture=picture, picture_alt="A field")
    client.get("/en/news/")

    with django_assert_num_queries(5):
        page = client.get("/en/news/")

    assert page.text.count("<article") == rows


def test_news_show_twelve_articles_a_page_the_newest_first(client, house):
    many(13, subject="harvest")

    first, second = client.get("/en/news/").text, client.get("/en/news/?page=2").text

    assert [first.count("<article"), second.count("<article")] == [12, 1]
    assert first.index("Article 12") < first.index("Article 11")
    assert "Article 0<" in second


def test_news_are_narrowed_to_a_subject_by_a_link(client, house):
    many(2, subject="harvest")
    write("news", "article", slug="fair", title="On a fair", subject="fairs")

    whole, narrowed = client.get("/en/news/").text, client.get("/en/news/?subject=fairs").text

    assert 'href="?subject=fairs"' in whole
    # A subject that nothing is written on is not offered.
    assert 'href="?subject=quality"' not in whole
    assert narrowed.count("<article") == 1
    assert "On a fair" in narrowed
    assert 'href="?subject=fairs" aria-current="page"' in narrowed


def test_unknown_subject_narrows_nothing(client, house):
    many(2, subject="harvest")
    assert client.get("/en/news/?subject=rumours").text.count("<article") == 2


def test_news_without_an_article_lead_to_the_products(client, house):
    page = client.get("/en/news/").text
    assert "Nothing is published here yet" in page
    assert 'href="/en/products/"' in page


def test_draft_is_in_no_list_and_at_no_address(client, article):
    ArticlePage.objects.get().unpublish()
    assert client.get("/en/news/one/").status_code == 404
    assert client.get("/en/news/").text.count("<article") == 0
