"""Two people move a page at once: one of them does, and the tree stays whole."""

from django.urls import reverse
from wagtail.models import Page

from cms.translations.actions import publish_translation
from tests.factories.pages import say, translation_into, write
from tests.factories.roles import browser_of, member_of
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def section(slug, language="fr"):
    return Page.objects.get(slug=slug, locale__language_code=language)


def mover(page, there):
    """Somebody who moves what was read before anybody else moved it."""
    page, there = Page.objects.get(pk=page.pk), Page.objects.get(pk=there.pk)
    return lambda: page.move(there, pos="last-child")


def test_page_that_two_people_move_goes_to_one_place_in_all_its_languages(house):
    few = [("text", "<p>On pèse.</p>")]
    page = write("programmes", "plain", language="fr", slug="recolte", body=few)
    translation = translation_into("en", page)
    say(translation)
    publish_translation(translation, by=None)
    english = page.get_translations().get()

    said = at_once(mover(page, section("stories")), mover(english, section("news", "en")))

    kin = page.get_translations(inclusive=True)
    assert len({one.get_parent().slug for one in kin}) == 1
    assert [getattr(one, "code", None) for one in said if one is not None] == ["moved_meanwhile"]
    assert not any(Page.find_problems())


def test_two_pages_that_are_moved_to_one_place_at_once_both_stand_there(house):
    there = write("stories", "plain", language="fr", slug="ici")
    pages = [write("programmes", "plain", language="fr", slug=slug) for slug in ("one", "two")]

    said = at_once(*(mover(page, there) for page in pages))

    assert said == [None, None]
    below = Page.objects.get(pk=there.pk).get_children().values_list("pk", flat=True)
    assert set(below) == {page.pk for page in pages}
    assert not any(Page.find_problems())


def test_page_that_is_sent_twice_from_one_list_is_moved_once(house):
    page, there = write("programmes", "plain", language="fr", slug="one"), section("stories")
    browsers = [browser_of(member_of("Publishers", language="en")) for _ in range(2)]
    single = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, there.pk])
    several = f"/editors/bulk/wagtailcore/page/move/?id={page.pk}&next=/editors/"

    answers = at_once(
        lambda: browsers[0].post(single).status_code,
        lambda: browsers[1].post(several, {"chooser": there.pk}).status_code,
    )

    assert answers == [302, 302]
    assert Page.objects.get(pk=page.pk).get_parent().pk == there.pk
    assert not any(Page.find_problems())
