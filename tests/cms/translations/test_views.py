"""A translator's page: both languages side by side."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from cms.models import ArticlePage, RegionPage
from cms.publication.errors import OwnPage, ReasonMissing
from cms.translations.actions import decide
from cms.translations.addresses import addresses_of
from cms.translations.errors import NotYourTurn
from cms.translations.passages import has_changed, passages_of
from moussem.core.models import OutboxMessage
from tests.factories.pages import article_in, region_page, say, translation_into, write_below
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, correspondent_of, member_of

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
        comment = ticked.get("comment", "")
        answer = client.post(address, {**told, "action": action, "comment": comment})
        return [str(said) for said in get_messages(answer.wsgi_request)]

    return act


WORDS = {
    "La récolte": "الجني",
    "Elle commence.": "بدأ.",
    "A": "أ",
    "C": "ج",
    "On pèse.": "نزن.",
}
KEPT = {(text, "manual") for text in ("بدأ.", "أ", "ج", "نزن.")}


def said_in(translation):
    return set(
        StringTranslation.objects.filter(locale=translation.target_locale).values_list(
            "data", "translation_type"
        )
    )


def test_both_languages_stand_beside_each_other_each_in_its_direction(desk):
    page = desk()
    assert page.count('lang="fr" dir="ltr"') == page.count('lang="ar" dir="rtl"') == 5


def test_what_is_typed_is_kept(desk, arabic):
    assert desk("save", WORDS) == ["Kept."]
    assert said_in(arabic) == {("الجني", "manual"), *KEPT}


def test_whole_page_is_published(desk):
    assert desk("publish", WORDS) == ["Published."]
    page = ArticlePage.objects.get(locale__language_code="ar")
    assert (page.live, page.title, page.sources) == (True, "الجني", "أ | https://b.example/\nج")


def test_unfinished_page_says_what_is_missing_and_keeps_what_was_typed(desk, arabic):
    (said,) = desk("publish", {"La récolte": "الجني"})
    assert said.startswith("Passages without a translation: 4.")
    assert said_in(arabic) == {("الجني", "manual")}


def test_machines_draft_is_marked_until_somebody_has_read_it(desk, arabic):
    say(arabic, translation_type="machine")
    assert desk().count("<bdi>MT</bdi>") == 5
    assert desk("publish")[0].startswith("Passages that a machine drafted and nobody has confirmed: 5.")

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
    (said,) = desk("save", WORDS)
    assert said.startswith("This page is locked, or not one of yours to write in. Nothing was kept;")
    assert said_in(arabic) == set()


def test_who_does_not_publish_hears_so_and_what_was_typed_is_kept(client, desk, arabic):
    client.force_login(member_of("Translators"))
    (said,) = desk("publish", WORDS)

    assert said.startswith("You do not publish this page, and readers see nothing new of it. What you wrote")
    assert said_in(arabic) == {("الجني", "manual"), *KEPT}
    assert ArticlePage.objects.get(locale__language_code="ar").live is False


def in_review(client, desk, arabic):
    """The translation handed over by its translator, at the step of an editor."""
    translator = member_of("Translators", email="houda@example.org")
    client.force_login(translator)
    desk("review", WORDS)
    return translator


def letters():
    return [one.payload["subject"] for one in OutboxMessage.objects.filter(payload__to="houda@example.org")]


def test_translation_in_review_is_approved_on_its_own_page(client, desk, arabic):
    in_review(client, desk, arabic)
    assert "It waits for: Editors." in desk()
    client.force_login(member_of("Editors"))
    assert 'value="approve"' in desk() and 'value="reject"' in desk() and 'value="publish"' not in desk()

    assert desk("approve") == ["“الجني” is approved. Next: Publishers."]

    client.force_login(member_of("Publishers"))
    assert "Approve and publish" in desk()
    assert desk("approve") == ["“الجني” is approved and published: readers see it now."]
    assert ArticlePage.objects.get(locale__language_code="ar").title == "الجني"
    assert letters() == ["“الجني” is approved"]


def test_translation_is_sent_back_on_its_own_page_with_what_is_to_be_changed(client, desk, arabic):
    in_review(client, desk, arabic)
    client.force_login(member_of("Editors"))
    page = arabic.get_target_instance()

    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(address, {"action": "reject", "comment": "Name the source."})

    assert page.current_workflow_task is None
    assert letters() == ["“الجني” came back to you"]
    assert "Name the source." in OutboxMessage.objects.latest("pk").payload["body"]


def test_translation_that_came_back_is_handed_in_again_as_it_is_written_then(client, desk, arabic):
    translator, editor = in_review(client, desk, arabic), member_of("Editors")
    client.force_login(editor)
    assert desk("reject")[-1] == ReasonMissing(title="الجني").message
    assert "Name it." not in desk()
    desk("reject", comment="Name it.")

    client.force_login(translator)
    assert ('value="review"' in desk(), "Name it." in desk()) == (True, True)
    again = desk("review", {"Elle commence.": "ابتدأ."})

    page = arabic.get_target_instance()
    assert again == ["Kept, and handed to those who review it."]
    assert page.current_workflow_task_state.revision == page.get_latest_revision()
    assert page.get_latest_revision_as_object().intro == "ابتدأ."
    assert 'value="review"' not in desk()
    client.force_login(editor)
    assert desk("approve") == ["“الجني” is approved. Next: Publishers."]


def test_sign_that_ends_a_text_for_programs_is_left_out_of_addresses_and_comments(client, desk, arabic):
    in_review(client, desk, arabic)
    page = arabic.get_target_instance()
    (own,) = [one for one in addresses_of(arabic) if one.is_of_the_page]
    told = {"action": "reject", "comment": "Name\0 it.", own.key: "hasad\0-2026"}
    client.force_login(member_of("Editors"))

    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told)

    assert answer.status_code == 302
    assert [one.own for one in addresses_of(arabic) if one.is_of_the_page] == ["hasad-2026"]
    assert "Name it." in OutboxMessage.objects.latest("pk").payload["body"]


@pytest.mark.parametrize("step", ["approve", "reject"])
def test_nobody_decides_about_a_translation_out_of_turn(client, desk, arabic, step, refused):
    in_review(client, desk, arabic)
    publisher = member_of("Publishers")

    refused(NotYourTurn, decide, arabic, step, by=publisher)


def test_nobody_approves_the_own_translation_as_its_editor(client, desk, arabic, refused):
    translator = in_review(client, desk, arabic)
    translator.groups.add(Group.objects.get(name="Editors"))

    refused(OwnPage, decide, arabic, "approve", by=translator)


def test_translator_hears_that_a_translation_was_published_outright(client, desk, arabic):
    in_review(client, desk, arabic)
    client.force_login(UserFactory(is_superuser=True))

    assert desk("publish")[-1] == "Published."

    assert letters() == ["“الجني” is approved"]


def test_who_leaves_a_half_written_translation_is_asked(desk):
    assert "beforeunload@window->w-unsaved#confirm" in desk()


def test_changes_of_a_source_are_taken_by_nobody_of_another_region(house):
    there = write_below(region_page("MA-08", "fr"), title="Ailleurs", slug="ailleurs")
    translation = translation_into("ar", there)
    region_page("MA-09", "fr")
    somebody = correspondent_of(RegionPage.objects.get(slug="ma-09").region)
    somebody.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    there.title = "Autrement"
    there.save_revision().publish()
    address = reverse("wagtail_localize:update_translations", args=[translation.source.pk])

    assert browser_of(somebody).post(address).status_code == 404
    assert has_changed(translation.source, ArticlePage.objects.get(pk=there.pk)) is True


def test_source_that_is_published_with_the_same_words_has_not_changed(house):
    page = article_in("fr")
    translation = translation_into("ar", page)
    page.save_revision().publish()
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.last_published_at > translation.source.last_updated_at

    assert has_changed(translation.source, page) is False
    page.title = "Other words"
    page.save_revision().publish()
    assert has_changed(translation.source, ArticlePage.objects.get(pk=page.pk)) is True
