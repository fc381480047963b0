"""A translator's page: both languages side by side."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from cms.models import ArticlePage
from cms.translations.passages import passages_of
from tests.factories.pages import article_in, say, translation_into
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration


@pytest.fixture
def arabic(house):
    return translation_into(
        "ar", article_in("fr", intro="Elle commence.", sources="A | https://b.example/\nC")
    )


@pytest.fixture
def desk(client, arabic):
    """What a translator does on the page; gives what it says then."""
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    page = arabic.get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def act(action=None, typed=None, **ticked):
        if action is None:
            return client.get(address).text
        told = {}
        for one in passages_of(arabic):
            told |= {f"{one.key}-was": one.text, one.key: (typed or {}).get(one.source, one.text)}
            told |= {f"{one.key}-read": "on"} if ticked.get("read") else {}
        answer = client.post(address, {**told, "action": action})
        return [str(said) for said in get_messages(answer.wsgi_request)]

    return act


WORDS = {
    "La récolte": "الجني",
    "Elle commence.": "بدأ.",
    "A | https://b.example/\nC": "أ | https://b.example/\nج",
    "On pèse.": "نزن.",
}
KEPT = {("بدأ.", "manual"), ("أ | https://b.example/<br/>ج", "manual"), ("نزن.", "manual")}


def said_in(translation):
    return set(
        StringTranslation.objects.filter(locale=translation.target_locale).values_list(
            "data", "translation_type"
        )
    )


def test_both_languages_stand_beside_each_other_each_in_its_direction(desk):
    page = desk()
    assert page.count('lang="fr" dir="ltr"') == page.count('lang="ar" dir="rtl"') == 4


def test_what_is_typed_is_kept_line_by_line(desk, arabic):
    assert desk("save", WORDS) == ["Kept."]
    assert said_in(arabic) == {("الجني", "manual"), *KEPT}


def test_whole_page_is_published(desk):
    assert desk("publish", WORDS) == ["Published."]
    page = ArticlePage.objects.get(locale__language_code="ar")
    assert (page.live, page.title, page.sources) == (True, "الجني", "أ | https://b.example/\nج")


def test_unfinished_page_says_what_is_missing_and_keeps_what_was_typed(desk, arabic):
    (said,) = desk("publish", {"La récolte": "الجني"})
    assert said.startswith("Passages without a translation: 3.")
    assert said_in(arabic) == {("الجني", "manual")}


def test_machines_draft_is_marked_until_somebody_has_read_it(desk, arabic):
    say(arabic, translation_type="machine")
    assert desk().count("<bdi>MT</bdi>") == 4
    assert desk("publish")[0].startswith("Passages that a machine drafted and nobody has confirmed: 4.")

    assert desk("publish", read=True)[-1] == "Published."
    assert {kind for _text, kind in said_in(arabic)} == {"manual"}


def test_passage_that_was_emptied_waits_again(desk, arabic):
    desk("save", WORDS)
    desk("save", {"La récolte": ""})
    assert said_in(arabic) == KEPT


def test_what_another_translator_wrote_meanwhile_is_not_undone(client, desk, arabic):
    title = passages_of(arabic)[0]
    say(arabic, {"La récolte": "الجني"})
    address = reverse("wagtailadmin_pages:edit", args=[arabic.get_target_instance().pk])
    client.post(address, {f"{title.key}-was": "", title.key: "", "action": "save"})
    assert ("الجني", "manual") in said_in(arabic)


def test_preview_is_in_the_language_of_the_translation(client, desk, arabic):
    desk("save", WORDS)
    page = client.get(reverse("wagtail_localize:preview_translation", args=[arabic.pk])).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>الجني</h1>" in page


def test_home_of_the_editors_says_what_waits(client, desk):
    page = client.get(reverse("wagtailadmin_home")).text
    assert page.count("begun, not published") == 1
    assert page.count("never translated") == 1


def test_locked_page_is_read_and_not_written(client, desk, arabic):
    ArticlePage.objects.filter(locale__language_code="ar").update(locked=True)
    assert 'name="action"' not in desk()
    assert desk("save", WORDS) != ["Kept."]
    assert said_in(arabic) == set()
