"""From a subject of the marketplace to what the editors wrote about it."""

from datetime import date

import pytest

from tests.factories.catalogue import FamilyFactory, ProductFactory, saffron_code
from tests.factories.floor import fair
from tests.factories.pages import region_page, write
from tests.factories.regions import CountryFactory

pytestmark = pytest.mark.integration


def note(slug="one", **fields):
    """A market note on saffron in Switzerland."""
    about = {"product": saffron_code(), "market": CountryFactory(code="CH"), "as_of": date(2026, 5, 1)}
    return write("markets", "note", slug=slug, title=f"Note {slug}", sources="Tares", **about, **fields)


def test_region_leads_to_its_showcase_in_its_language(client, house):
    ProductFactory()
    page = region_page("MA-09")

    text = client.get("/en/regions/MA-09/").text
    assert text.count(f'<a class="link" href="/en/terroirs/ma-09/">{page.title}') == 1
    assert "read-about" not in client.get("/fr/regions/MA-09/").text


def test_family_leads_to_each_note_about_one_of_its_codes_once(client, house):
    family = FamilyFactory(slug="threads")
    family.hs_codes.add(saffron_code())
    note(), note("two")

    text = client.get("/en/families/threads/").text
    assert [text.count(f'href="/en/markets/{slug}/"') for slug in ("one", "two")] == [1, 1]


def test_product_leads_to_the_notes_about_its_code_and_to_no_others(client, house):
    ours, other = ProductFactory(hs_code=saffron_code()), ProductFactory(hs_code=None)
    note()

    pages = [client.get(one.get_absolute_url()).text for one in (ours, other)]
    assert [page.count('href="/en/markets/one/"') for page in pages] == [1, 0]


def test_edition_leads_to_its_page(client, house):
    scene = fair(table=None)
    write("at-the-fairs", "fair", edition=scene.edition, title="Told by an editor")
    assert client.get(f"/en/fairs/{scene.edition.slug}/").text.count('href="/en/at-the-fairs/one/"') == 1


def test_page_that_is_a_draft_again_is_led_to_from_nowhere(client, house):
    page = region_page("MA-09")
    assert "/en/terroirs/ma-09/" in client.get("/en/regions/MA-09/").text

    page.unpublish()

    assert "/en/terroirs/ma-09/" not in client.get("/en/regions/MA-09/").text


def test_door_costs_a_page_no_question(client, house, django_assert_num_queries):
    ProductFactory()
    region_page("MA-09")
    client.get("/en/regions/MA-09/")

    with django_assert_num_queries(7):
        assert "/en/terroirs/ma-09/" in client.get("/en/regions/MA-09/").text
