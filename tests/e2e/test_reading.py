"""Pages of the editors in a real browser: accessible, as wide as the screen, and printed without the site."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e

ARTICLE = "news/two-editions-of-one-standard/"
NOTE = "markets/saffron-switzerland/"
READ = [
    "",
    "news/",
    ARTICLE,
    NOTE,
    "terroirs/souss-massa/",
    "stories/warda-dades/",
    "programmes/export-morocco-now/",
    "at-the-fairs/made-in-africa/",
]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_that_are_read_are_accessible_and_fit_the_screen(visitor, language, width):
    reader = visitor(language=language, width=width)

    for path in READ:
        page = reader.go(path)

        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        expect(page.locator("h1")).to_have_count(1)
        assert not is_wider_than_the_screen(page), page.url
        assert serious_findings(page) == []


@pytest.mark.parametrize("path", [ARTICLE, NOTE])
def test_page_on_paper_leaves_the_site_behind_and_says_where_it_came_from(visitor, path):
    page = visitor().go(path)
    page.emulate_media(media="print")

    assert [page.locator(one).is_visible() for one in (".site-header", ".site-footer", ".call")] == [
        False
    ] * 3
    assert page.locator("#sources").is_visible()
    assert page.locator(".told__printed").inner_text().endswith(f"/en/{path}")
