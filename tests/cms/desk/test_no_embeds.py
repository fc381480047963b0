import socket

import pytest
from django.conf import settings
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException
from wagtail.embeds.finders import get_finders
from wagtail.embeds.models import Embed

from cms.blocks.words import FEATURES
from tests.cms.scenes import chief
from tests.factories.pages import article, body_of

pytestmark = pytest.mark.integration
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def no_network(monkeypatch):
    """Every address that the server tries to reach, none of which it gets to."""
    tried = []

    def refuse(host, *args, **kwargs):
        tried.append(host)
        raise OSError("no network in here")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def test_server_fetches_no_address_that_an_editor_types(db, no_network):
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed(FILM)

    assert (get_finders(), settings.WAGTAILEMBEDS_FINDERS, no_network) == ([], [], [])


@pytest.mark.parametrize("path", ["chooser/", "chooser/upload/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_window_that_embeds_is_closed(db, no_network, path, method):
    answer = getattr(chief(), method)(
        f"/editors/embeds/{path}", {"embed-chooser-url": "http://169.254.169.254/"}
    )

    assert (answer.status_code, no_network, Embed.objects.count()) == (404, [], 0)


def test_embed_stored_in_a_text_fetches_nothing_when_it_is_read(client, house, no_network):
    article(body=body_of(("text", f'a<embed embedtype="media" url="{FILM}"/>')))

    assert "<embed" not in client.get("/en/news/saffron/").text
    assert (no_network, Embed.objects.count()) == ([], 0)


def test_embeds_are_not_offered():
    assert {"embed", "image", "hr", "code"} & set(FEATURES) == set()
