"""A page that is moved takes its translations along, and its old addresses lead on in every language."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page

from cms.models import PlainPage
from cms.translations.actions import publish_translation
from cms.translations.errors import AddressTakenThere, MovedMeanwhile, PageGone
from tests.factories.pages import say, translation_into, write
from tests.factories.roles import browser_of, member_of

# What is written once a change is committed must be there.
pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def section(slug, language):
    return Page.objects.get(slug=slug, locale__language_code=language)


def in_three(house):
    """A page in French with its two translations, all published."""
    few = [("text", "<p>On pèse.</p>")]
    page = write("programmes", "plain", language="fr", slug="recolte", title="La récolte", body=few)
    for language in ("en", "ar"):
        translation = translation_into(language, page)
        say(translation)
        publish_translation(translation, by=None)
    return page


def places(page):
    """What each language of a page stands below."""
    kin = page.get_translations(inclusive=True)
    return {one.locale.language_code: one.get_parent().slug for one in kin}


def move(person, page, there):
    """What somebody is answered who moves a page, and what is said."""
    answer = browser_of(person).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, there.pk]))
    return [str(one).strip() for one in get_messages(answer.wsgi_request)]


def test_page_moves_in_all_its_languages_and_old_addresses_lead_on(client, house):
    page = in_three(house)
    move(member_of("Publishers"), page, section("stories", "fr"))

    assert places(page) == dict.fromkeys(("en", "fr", "ar"), "stories")
    for code in ("en", "fr", "ar"):
        answer = client.get(f"/{code}/programmes/recolte/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{code}/stories/recolte/")


def test_any_language_takes_the_others_along(house):
    page = in_three(house)
    arabic = page.get_translations().get(locale__language_code="ar")
    arabic.specific.move(section("stories", "ar"), pos="last-child")

    assert places(page) == dict.fromkeys(("en", "fr", "ar"), "stories")


def test_question_tells_how_many_languages_go_along(house):
    page = in_three(house)
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, section("stories", "fr").pk])

    text = browser_of(member_of("Publishers", language="en")).get(address).text

    assert "This will also move 2 translations" in text


def test_nothing_moves_where_another_page_has_the_address_in_one_language(house):
    page = in_three(house)
    write("stories", "plain", language="ar", slug="recolte", title="Another")

    said = move(member_of("Publishers"), page, section("stories", "fr"))

    facts = {"title": "*La récolte", "other": "Another", "slug": "recolte", "language": "Arabic"}
    assert said[:1] == [AddressTakenThere(**facts).message]
    assert places(page) == dict.fromkeys(("en", "fr", "ar"), "programmes")


def test_language_without_the_place_stays_and_is_named(house):
    page = in_three(house)
    section("stories", "ar").delete()

    said = move(member_of("Publishers"), page, section("stories", "fr"))

    assert said[-1] == "It stays where it was in: Arabic. The place is not there in that language."
    assert places(page) == {"fr": "stories", "en": "stories", "ar": "programmes"}


def test_order_below_one_page_is_that_of_its_language(house):
    page = in_three(house)
    first = write("programmes", "plain", language="fr", slug="first")
    page.move(first, pos="right")

    assert places(page) == dict.fromkeys(("en", "fr", "ar"), "programmes")


def test_page_that_no_longer_stands_where_it_was_read_is_not_moved_again(house):
    page = in_three(house)
    as_read = Page.objects.get(pk=page.pk)
    Page.objects.get(pk=page.pk).move(section("stories", "fr"), pos="last-child")

    with pytest.raises(MovedMeanwhile):
        as_read.move(section("news", "fr"), pos="last-child")

    assert places(page) == dict.fromkeys(("en", "fr", "ar"), "stories")
    assert not any(Page.find_problems())


def test_place_that_was_moved_meanwhile_takes_a_page_where_it_stands_now(house):
    page, there = in_three(house), write("stories", "plain", language="fr", slug="ici")
    as_read = Page.objects.get(pk=there.pk)
    Page.objects.get(pk=there.pk).move(section("news", "fr").get_parent(), pos="last-child")
    page = Page.objects.get(pk=page.pk)
    page.move(as_read, pos="last-child")
    below = as_read.add_child(instance=PlainPage(title="Below", slug="below", locale=there.locale))

    assert [Page.objects.get(pk=one.pk).get_parent().pk for one in (page, below)] == [there.pk, there.pk]
    assert Page.objects.get(pk=below.pk).url_path.endswith("/ici/below/")
    assert not any(Page.find_problems())


def test_what_is_deleted_is_what_was_chosen_wherever_it_stands_by_then(house):
    page, stays = in_three(house), write("programmes", "plain", language="fr", slug="stays")
    as_read = Page.objects.get(pk=page.pk)
    Page.objects.get(pk=page.pk).move(section("stories", "fr"), pos="last-child")
    as_read.delete()

    with pytest.raises(PageGone):
        as_read.delete()

    assert [Page.objects.filter(pk=one.pk).exists() for one in (page, stays)] == [False, True]
    assert not any(Page.find_problems())
