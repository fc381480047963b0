"""A page that is read while it is published: the old words are never kept for the new ones."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page

from cms.models import ArticlePage
from moussem.core import parts
from tests.factories.pages import write
from tests.races import on_postgresql

pytestmark = on_postgresql


def elsewhere(act):
    """What an act answers on a connection of its own."""

    def run():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=60)


def titles():
    text = Client().get("/en/news/").text
    return [text.count(f">{title}</a>") for title in ("Old words", "New words")]


def publish():
    page = ArticlePage.objects.get(slug="one")
    page.title = "New words"
    page.save_revision().publish()


def test_reader_who_began_before_the_publication_leaves_no_old_words_behind(house):
    write("news", "article", title="Old words", subject="harvest", date=date(2026, 3, 3))
    parts.forget()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # The moment that this reader sees is fixed by the first question.
        assert Page.objects.filter(title="Old words").count() == 1
        elsewhere(publish)
        began_before, began_after = titles(), elsewhere(titles)

    assert (began_before, began_after, titles()) == ([1, 0], [0, 1], [0, 1])


def test_reader_during_a_publication_that_is_not_committed_keeps_nothing_of_it(house):
    write("news", "article", title="Old words", subject="harvest", date=date(2026, 3, 3))
    parts.forget()
    with transaction.atomic():
        publish()
        inside, outside = titles(), elsewhere(titles)
        transaction.set_rollback(True)

    assert (inside, outside, titles()) == ([0, 1], [1, 0], [1, 0])
