"""What crawlers are told of the editors' pages is asked for again after each change."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories.pages import write

pytestmark = pytest.mark.integration
SITEMAP = "/sitemap-editors.xml"


def again(client, mark):
    return client.get(SITEMAP, headers={"if-none-match": mark})


def test_sitemap_of_the_editors_is_kept_by_nobody_without_asking(client, article):
    first = client.get(SITEMAP)
    same = again(client, first["ETag"])

    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    assert (same.status_code, same.content, same["ETag"], same["Cache-Control"]) == (
        304,
        b"",
        first["ETag"],
        "no-cache",
    )


def test_sitemap_is_another_one_when_a_page_is_taken_down(client, article):
    mark = client.get(SITEMAP)["ETag"]
    article.unpublish()
    answer = again(client, mark)

    assert (answer.status_code, "/en/news/new-saffron/" in answer.text) == (200, False)
    assert answer["ETag"] != mark


def test_sitemap_is_another_one_when_a_page_is_over(client, house):
    write("news", "article", subject="harvest", expire_at=timezone.now() + timedelta(hours=1))
    mark = client.get(SITEMAP)["ETag"]

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        answer = again(client, mark)
    assert (answer.status_code, "/en/news/one/" in answer.text) == (200, False)


def test_map_of_what_has_no_mark_is_kept_for_an_hour(client, house):
    answer = client.get("/sitemap-regions.xml")

    assert (answer["Cache-Control"], answer.has_header("ETag")) == ("max-age=3600, public", False)
