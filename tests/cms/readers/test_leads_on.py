"""No page is a dead end: each leads to what is like it, to what is sold and to the next fair."""

from datetime import date

import pytest

from moussem.regions.models import HsCode
from tests.factories.catalogue import ProductFactory, saffron_code
from tests.factories.floor import fair
from tests.factories.pages import write
from tests.factories.regions import CountryFactory

pytestmark = pytest.mark.integration


def note(slug, market, **fields):
    told = {"product": saffron_code(), "market": CountryFactory(code=market), "sources": "Tares"}
    return write("markets", "note", slug=slug, title=slug.title(), as_of=date(2026, 5, 1), **told | fields)


def test_market_note_leads_to_goods_other_notes_and_the_next_fair(client, house):
    ProductFactory(title="Threads", hs_code=saffron_code())
    ProductFactory(
        title="Honey", hs_code=HsCode.objects.create(code="040900", level=6, section="I", official_en="Honey")
    )
    edition = fair().edition
    for slug, market in (("first", "CH"), ("second", "FR")):
        note(slug, market)

    text = client.get("/en/markets/first/").text

    assert [text.count(f"<bdi>{name}</bdi>") for name in ("Threads", "Honey")] == [1, 0]
    assert 'href="/en/markets/second/">Second</a>' in text
    assert f'href="/en/fairs/{edition.slug}/"' in text
    assert f'href="/en/fairs/{edition.slug}/exhibitors/"' in text


def test_programme_and_story_lead_on_though_nothing_is_beside_them(client, house):
    write("programmes", "programme", for_whom="Cooperatives")
    write("stories", "story", kind="origin")

    pages = [client.get(f"/en/{section}/one/").text for section in ("programmes", "stories")]

    assert ['href="/en/organisations/"' in text.partition("told__on")[2] for text in pages] == [True, True]


def test_draft_beside_a_page_is_not_led_to(client, house):
    write("programmes", "programme", slug="seen")
    hidden = write("programmes", "programme", slug="hidden", title="Hidden")
    hidden.unpublish()

    assert "Hidden" not in client.get("/en/programmes/seen/").text


def test_picture_stands_once_on_a_page(client, house, picture):
    write("programmes", "programme", slug="one", picture=picture, picture_alt="A crocus")
    write("programmes", "programme", slug="two", picture=picture, picture_alt="A crocus")

    text = client.get("/en/programmes/one/").text

    assert (text.count("<picture>"), text.count("story-card__motif")) == (1, 1)


def test_source_in_another_language_names_it(client, house):
    write("programmes", "programme", language="fr", sources="The text | | 2026 | en\nLe texte | | 2026 | fr")

    text = client.get("/fr/programmes/one/").text

    assert text.count("(en anglais)") == 1
    assert "(en français)" not in text
