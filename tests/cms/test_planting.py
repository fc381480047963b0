import pytest
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.installation.actions import SECTIONS, plant
from cms.models import HomePage
from tests.isolation.watching import state_of_the_database
from tests.rows import Brought

pytestmark = pytest.mark.integration


def test_house_has_a_home_page_and_its_sections_in_three_languages(house):
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["ar", "en", "fr"]
    for home in HomePage.objects.all():
        assert [page.slug for page in home.get_children()] == list(SECTIONS)
    assert Site.objects.get().root_page.locale.language_code == "en"


def test_each_section_is_the_translation_of_the_others(house):
    for slug in SECTIONS:
        assert len(set(Page.objects.filter(slug=slug).values_list("translation_key", flat=True))) == 1


def test_planting_again_changes_nothing(house):
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "path"))
    assert plant() == 0
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "path")) == before


@pytest.mark.parametrize(
    ("address", "title"), [("/fr/news/", "Actualités"), ("/ar/news/", "الأخبار"), ("/en/news/", "News")]
)
def test_section_answers_in_its_language(client, house, address, title):
    assert f"<h1>{title}</h1>" in client.get(address).text


def test_front_is_the_marketplaces_own_before_an_editor_wrote_one(client, db):
    assert "The terroir of Morocco, ordered at the source" in client.get("/en/").text


def test_front_says_what_its_editor_wrote(client, house):
    home = HomePage.objects.get(locale__language_code="fr")
    home.title = "Le Maroc, à la source"
    home.save_revision().publish()
    assert "Le Maroc, à la source" in client.get("/fr/").text


@pytest.mark.parametrize("path", ["/demo/mail/nothing/", "/webhooks/nothing/", "/editors-of/"])
def test_address_that_nothing_answers_is_not_found(client, house, path):
    assert client.get(f"/en{path}", follow=True).status_code == 404


def test_house_of_the_tests_is_the_planted_one(db):
    """Later tests of a process stand in rows that were kept of the first one's."""
    brought, found = Brought(plant), []
    for _time in range(2):
        with transaction.atomic():
            brought()
            found.append(state_of_the_database())
            transaction.set_rollback(True)

    assert found[0] == found[1] != state_of_the_database()
