"""The package for translations answers only where our own rooms lead."""

import pytest
from django.urls import get_resolver, reverse
from wagtail.models import Page, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from cms.models import ArticlePage
from tests.cms.scenes import chief
from tests.factories.pages import article_in, region_page, translation_into
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration
KEPT = (Page, ArticlePage, Revision, Translation, StringTranslation, SegmentOverride)
ROLES = ["Authors", "Editors", "Translators", "Publishers", "Correspondents", "keeper"]
OPEN = {"preview_translation", "submit_page_translation", "update_translations"}
WORDS = {"app_label": "cms", "model_name": "menulink", "mode": "", "pk": "1"}


@pytest.fixture
def arabic(house):
    """A translation that was begun, of a page that readers see."""
    return translation_into("ar", article_in("fr", intro="Elle commence."))


def browser_as(role):
    if role == "keeper":
        return chief()
    if role == "Correspondents":
        return browser_of(correspondent_of(region_page().region))
    return browser_of(member_of(role))


def rooms(translation):
    """Every address of the package, by its name."""
    there = {
        **WORDS,
        "page_id": translation.get_target_instance().pk,
        "translation_id": translation.pk,
        "translation_source_id": translation.source_id,
        "string_segment_id": translation.source.stringsegment_set.first().pk,
        "overridable_segment_id": translation.source.overridablesegment_set.first().pk,
    }
    _prefix, resolver = get_resolver("cms.desk.urls").namespace_dict["wagtail_localize"]
    for name, ways in resolver.reverse_dict.lists():
        if isinstance(name, str):
            for (_text, wanted), *_rest in (way[0] for way in ways):
                told = {word: there[word] or "preview" for word in wanted}
                yield name, reverse(f"wagtail_localize:{name}", kwargs=told)


def rows():
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in KEPT}


@pytest.mark.parametrize("role", ROLES)
def test_room_of_the_package_that_we_do_not_use_is_closed(arabic, role):
    browser = browser_as(role)
    before = rows()
    answered = {
        name
        for name, address in rooms(arabic)
        for method in (browser.get, browser.post, browser.put, browser.delete)
        if method(address, {"value": "javascript:alert(1)"}).status_code != 404
    }

    assert answered <= OPEN
    assert rows() == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("button", ["localize-restart-translation", "localize-convert-to-alias"])
def test_button_of_the_package_does_nothing(arabic, role, button):
    Translation.objects.update(enabled=False)
    browser = browser_as(role)
    before = rows()
    page = arabic.get_target_instance()

    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {button: "1"})

    assert (answer.status_code, rows() == before) == (404, True)
