"""A page with a film, of whatever kind, lets its player in; no other page does."""

import pytest

from cms.blocks.films import PLAYERS
from cms.models import FormPage
from tests.factories.pages import body_of, write

pytestmark = pytest.mark.integration
FILM = ("video", {"address": "https://vimeo.com/76979871", "title": "A field", "words": "A field."})


def players_let_in(client, address):
    """Where the policy of a page lets frames come from."""
    policy = client.get(address)["Content-Security-Policy"]
    (told,) = [part for part in policy.split("; ") if part.startswith("frame-src")]
    return [one for one in told.split()[1:] if one in PLAYERS]


@pytest.mark.parametrize(("body", "let_in"), [([FILM], list(PLAYERS)), ([], [])])
def test_article_lets_the_players_of_its_films_in(client, house, body, let_in):
    write("news", "article", subject="harvest", body=body)
    assert players_let_in(client, "/en/news/one/") == let_in


@pytest.mark.parametrize(("body", "let_in"), [([FILM], list(PLAYERS)), ([], [])])
def test_page_with_a_form_lets_the_players_of_its_films_in(client, house, body, let_in):
    page = FormPage.objects.get(locale__language_code="en")
    page.body = body_of(*body)
    page.save()
    assert players_let_in(client, "/en/contact/") == let_in
