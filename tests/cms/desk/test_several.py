"""Several pages of a list at once: each is told of as where it is published or deleted alone."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.desk.views import say_where_it_stays
from cms.models import ArticlePage
from cms.publication.actions import follow_the_clock, publish_each
from cms.translations.actions import publish_translation
from tests.cms.scenes import chief
from tests.factories.pages import TEXT, article, article_in, news, say, translation_into, write
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
MINUTE = timezone.datetime(2026, 5, 4, 9, 30, tzinfo=timezone.get_default_timezone())
NONE_OF_ONE = "1 page was not published. What was written in it is kept."


@pytest.fixture
def publisher(house):
    return member_of("Publishers", language="en")


def address_of(what, *pages):
    numbers = "&".join(f"id={page.pk}" for page in pages)
    return f"/editors/bulk/wagtailcore/page/{what}/?{numbers}&next=/editors/"


def done(person, what, *pages, **form):
    """What somebody reads who does something to several pages."""
    answer = browser_of(person).post(address_of(what, *pages), form)
    assert answer["Location"] == "/editors/"
    return [str(one).strip() for one in get_messages(answer.wsgi_request)]


def are_live(*pages):
    return [Page.objects.get(pk=page.pk).live for page in pages]


def translated(page, code):
    """The page in another language, published."""
    translation = translation_into(code, page)
    say(translation)
    return publish_translation(translation, by=UserFactory(is_superuser=True))


def test_page_that_ended_is_not_said_to_be_published(publisher):
    with time_machine.travel(MINUTE - timedelta(days=1)):
        page = article("For a time", expire_at=MINUTE)
    with time_machine.travel(MINUTE + timedelta(minutes=1)):
        follow_the_clock()

    said = done(publisher, "publish", page)

    assert said[0] == NONE_OF_ONE
    assert said[1].startswith("For a time: This page ended on 4 May 2026")
    assert (len(said), are_live(page)) == (2, [False])
    program = browser_of(publisher).post(f"/editors/api/main/pages/{page.pk}/action/publish/")
    assert (program.status_code, are_live(page)) == (409, [False])


def test_draft_whose_end_passed_is_not_said_to_be_over_while_readers_see_the_page(publisher):
    page, other = article("Seen"), article("Never seen", live=False)
    with time_machine.travel(MINUTE - timedelta(days=1)):
        for one in (page, other):
            one.expire_at = MINUTE
            one.save_revision()

    said = done(publisher, "publish", page, other)

    assert [one.partition(", has")[0] for one in said[1:]] == [
        "Seen: Its end, 4 May 2026, 09:30 (UTC+1)",
        "Never seen: Its end, 4 May 2026, 09:30 (UTC+1)",
    ]
    assert are_live(page, other) == [True, False]


def test_one_that_is_refused_holds_no_other_up(publisher):
    good, empty = article("Good", live=False), article("Empty", live=False, body="[]")

    said = done(publisher, "publish", empty, good)

    assert said == [
        "1 page was published.",
        NONE_OF_ONE,
        "Empty: The body is empty: there is nothing to read.",
    ]
    assert are_live(good, empty) == [True, False]
    assert list(PageLogEntry.objects.filter(page=empty, action="wagtail.publish")) == []


def test_address_that_was_taken_since_is_a_sentence_and_no_fault(publisher):
    page = article("First", slug="one", live=False)
    page.slug = "two"
    page.save_revision()
    article("Second", slug="two")

    said = done(publisher, "publish", page)

    assert (said[0], "two" in said[1], are_live(page)) == (NONE_OF_ONE, True, [False])


def test_translation_that_is_chosen_before_its_source_comes_out_with_it(publisher):
    source = article_in("fr", live=False)
    translation = translation_into("en", source)
    say(translation)
    english = translation.get_target_instance()

    said = done(publisher, "publish", english, source)

    assert (said[0], are_live(english, source)) == ("2 pages were published.", [True, True])
    assert NONE_OF_ONE not in said


def test_page_that_waits_for_its_minute_is_said_to_come_out_then(publisher):
    page = article("Later", live=False, go_live_at=MINUTE)
    with time_machine.travel(MINUTE - timedelta(days=1)):
        said = done(publisher, "publish", page)

        again = done(publisher, "publish", page)

    assert said == ["Later: It comes out on 4 May 2026, 09:30 (UTC+1)."]
    assert again[0] == NONE_OF_ONE
    assert again[1].startswith(
        "“Later” comes out by itself on 4 May 2026, 09:30 (UTC+1). Nothing was changed"
    )
    assert are_live(page) == [False]


def test_pages_below_are_named_before_they_go_out_and_go_out_once(publisher):
    above, draft = news(), article("Below", live=False)
    article("Out already")

    asked = browser_of(publisher).get(address_of("publish", above)).text
    plain = browser_of(publisher).get(address_of("publish", draft)).text
    said = done(publisher, "publish", above, draft, include_descendants="on")

    assert ("Below “News”, not seen by readers yet" in asked, ">Below</bdi>" in asked) == (True, True)
    assert ("Out already" in asked, "Publish what is named below them, too" in asked) == (False, True)
    assert "named below them" not in plain
    assert (said, are_live(draft)) == (["2 pages were published."], [True])
    assert PageLogEntry.objects.filter(page=draft, action="wagtail.publish").count() == 1


def test_pages_below_stay_where_nobody_asked_for_them(publisher):
    draft = article("Below", live=False)

    done(publisher, "publish", news())

    assert are_live(draft) == [False]


def test_page_within_a_tree_that_is_deleted_too_is_deleted_once(house):
    above = write("programmes", "plain", slug="above")
    below = write("", "plain", slug="below", below=above)

    for way in ("move", "delete"):
        text = chief().get(address_of(way, above, below)).text
        assert (f"/editors/pages/{above.pk}/edit/" in text, f"/editors/pages/{below.pk}/edit/" in text) == (
            True,
            False,
        )
    said = done(UserFactory(is_staff=True, is_superuser=True), "delete", above, below)

    assert said == ["2 pages were deleted."]
    assert Page.objects.filter(pk__in=[above.pk, below.pk]).exists() is False


def test_tree_and_a_page_within_it_move_as_they_stand(house):
    above = write("programmes", "plain", slug="above")
    below = write("", "plain", slug="below", below=above)
    there = Page.objects.get(slug="stories", locale__language_code="en")

    said = done(UserFactory(is_staff=True, is_superuser=True), "move", above, below, chooser=there.pk)

    assert said == ["1 page was moved."]
    assert Page.objects.get(pk=above.pk).get_parent().pk == there.pk
    assert Page.objects.get(pk=below.pk).get_parent().pk == above.pk


def test_languages_that_stay_are_named_where_several_pages_move(house):
    page = write(
        "programmes", "plain", language="fr", slug="recolte", title="La récolte", body=[("text", "<p>a</p>")]
    )
    translated(page, "en")
    there = write("stories", "plain", language="fr", slug="ici", body=[("text", "<p>b</p>")])

    person = UserFactory(is_staff=True, is_superuser=True)
    where_it_is = done(person, "move", page, chooser=page.get_parent().pk)
    said = done(person, "move", page, chooser=there.pk)

    assert where_it_is == ["1 page was moved."]
    stays = "It stays where it was in: English. The place is not there in that language."
    assert said == ["1 page was moved.", f"La récolte: {stays}"]


def test_nothing_is_moved_where_one_finds_its_address_taken_in_another_language(house):
    few = [("text", "<p>a</p>")]
    page = write("programmes", "plain", language="fr", slug="recolte", title="La récolte", body=few)
    other = write("programmes", "plain", language="fr", slug="tri", body=few)
    translated(page, "en")
    write("stories", "plain", slug="recolte", body=few)
    there = Page.objects.get(slug="stories", locale__language_code="fr")

    said = done(UserFactory(is_staff=True, is_superuser=True), "move", other, page, chooser=there.pk)

    assert (len(said), said[0].startswith("Nothing was moved: in English")) == (1, True)
    assert {one.get_parent().slug for one in Page.objects.filter(pk__in=[page.pk, other.pk])} == {
        "programmes"
    }


def test_language_that_is_deleted_with_another_tree_is_said_neither_to_stay_nor_to_be_kept(house):
    source = article_in("fr", body=TEXT)
    arabic, english = translated(source, "ar"), translated(source, "en")
    twin = article("Le tri", slug="tri", language="fr")
    sorting = article("The sorting", slug="tri", translation_key=twin.translation_key)
    chosen = [source, twin, arabic.get_parent(), english.get_parent()]

    text = chief().get(address_of("delete", *chosen)).text
    form = {"confirm_site_name": "Moussem"}
    said = done(UserFactory(is_staff=True, is_superuser=True), "delete", *chosen, **form)

    staying = [one.pk for one in (arabic, english, sorting) if f"/editors/pages/{one.pk}/unpublish/" in text]
    assert ("Readers lose it too" in text, staying) == (False, [])
    assert (len(said), "kept as a page of its own" in said[0]) == (1, False)
    assert ArticlePage.objects.count() == 0


def test_languages_that_go_with_several_pages_are_named_afterwards(house):
    source, other = article_in("fr", body=TEXT), article_in("fr", title="Le tri", slug="tri")
    translated(source, "ar")
    person = UserFactory(is_staff=True, is_superuser=True)

    down = done(person, "unpublish", source, other)
    for page in ArticlePage.objects.filter(pk__in=[source.pk, other.pk]):
        page.get_latest_revision().publish()
    gone = done(person, "delete", source, other)

    heard = "Who translated it hears of it."
    assert down[1:] == [f"La récolte: Also offline, until it is published again: Arabic. {heard}"]
    assert gone[1:] == [f"La récolte: Also offline, kept as a page of its own: Arabic. {heard}"]


def test_page_below_another_that_is_taken_down_is_counted_once(house):
    above = write("programmes", "plain", slug="above")
    below = write("", "plain", slug="below", below=above)
    person = UserFactory(is_staff=True, is_superuser=True)

    said = done(person, "unpublish", above, below, include_descendants="on")

    assert (said, are_live(above, below)) == (["2 pages were taken offline."], [False, False])
    assert PageLogEntry.objects.filter(page=below, action="wagtail.unpublish").count() == 1


def chief_does(what, *pages, **form):
    return done(UserFactory(is_staff=True, is_superuser=True), what, *pages, **form)


FEW = [("text", "<p>a</p>")]


def test_page_that_shows_what_another_does_holds_no_other_up(publisher):
    source, draft = article("Source", live=False), article("Draft", live=False)
    shown = source.create_alias(parent=news(), update_slug="shown")

    said = done(publisher, "publish", shown, draft)

    assert said[:2] == ["1 page was published.", NONE_OF_ONE]
    assert said[2].startswith("“Source” shows what “Source” does, and comes out with it.")
    assert are_live(source, shown, draft) == [False, False, True]
    program = browser_of(publisher).post(f"/editors/api/main/pages/{shown.pk}/action/publish/")
    assert (program.status_code, are_live(shown)) == (409, [False])


def test_page_that_shows_what_another_does_comes_out_with_it(publisher):
    source = article("Source", live=False)
    shown = source.create_alias(parent=news(), update_slug="shown")

    said = done(publisher, "publish", shown, source)
    again = article("Another", live=False)
    with_all_below = done(publisher, "publish", news(), include_descendants="on")

    assert (said, are_live(source, shown)) == (["2 pages were published."], [True, True])
    assert (with_all_below, are_live(again)) == (["2 pages were published."], [True])


def test_two_pages_with_one_address_are_not_moved_to_one_place(house):
    one = write("programmes", "plain", slug="twin", title="A", body=FEW)
    other = write("stories", "plain", slug="twin", title="B", body=FEW)
    there = write("programmes", "plain", slug="there", body=FEW)

    said = chief_does("move", one, other, chooser=there.pk)

    assert said == [
        "Nothing was moved: in English “B” answers there at “twin”, and so would “A”. Give one of the two "
        "another address, then move the page again."
    ]
    parents = [Page.objects.get(pk=page.pk).get_parent().slug for page in (one, other)]
    assert parents == ["programmes", "stories"]


def test_page_that_is_deleted_while_several_are_published_holds_no_other_up(publisher):
    gone, good = article("Gone", live=False), article("Good", live=False)
    Page.objects.get(pk=gone.pk).delete()

    told = publish_each([gone, good], by=publisher)

    assert [page.title for page in told.out] == ["Good"]
    assert [(page.title, refusal.code) for page, refusal in told.stayed] == [("Gone", "page_gone")]


@pytest.mark.parametrize("way", ["publish", "unpublish", "delete", "move"])
def test_list_that_names_what_is_gone_by_now_says_so(publisher, way):
    gone, also, stays = article("Gone"), article("Also gone"), article("Stays")
    for page in (gone, also):
        Page.objects.get(pk=page.pk).delete()

    asked = browser_of(publisher).get(address_of(way, gone, also, stays))
    said = done(publisher, way, gone, also)

    those = "2 pages are no longer there: they were deleted meanwhile."
    assert (asked.status_code, those in asked.text) == (200, True)
    assert (f"/editors/pages/{stays.pk}/edit/" in asked.text, said) == (True, [those])
    assert Page.objects.filter(pk=stays.pk, live=True).exists()


def test_locked_page_below_stays_online_and_is_named(publisher):
    above = write("programmes", "plain", slug="above", body=FEW)
    below, locked = (
        write("", "plain", slug=slug, title=slug.title(), below=above, body=FEW) for slug in ("goes", "stays")
    )
    by = UserFactory(is_staff=True, is_superuser=True)
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=by)

    asked = browser_of(publisher).get(address_of("unpublish", above)).text
    said = done(publisher, "unpublish", above, include_descendants="on")

    assert "This page has one subpage" in asked
    assert said == [
        "2 pages were taken offline.",
        "1 page below stays online, since it is locked or not yours to take offline: Stays.",
    ]
    assert are_live(above, below, locked) == [False, False, True]


def test_languages_that_go_with_pages_below_are_counted_afterwards(house):
    above = write("programmes", "plain", language="fr", slug="above", title="Haut", body=FEW)
    below = write("", "plain", language="fr", slug="below", below=above, body=FEW)
    translated(above, "en")
    english = translated(below, "en")

    said = chief_does("unpublish", above, include_descendants="on")

    assert said == [
        "2 pages were taken offline.",
        "Haut: Also offline, until it is published again: English. Who translated it hears of it.",
        "Haut: Of the pages below it, also offline in another language: 1 page.",
    ]
    assert are_live(above, below, english) == [False, False, False]


def test_what_is_offline_already_is_said_to_be_so(publisher):
    page = article("Offline", live=False)

    said = done(publisher, "unpublish", page)

    assert said == ["Nothing was changed: what you chose is offline already, or locked."]
    assert PageLogEntry.objects.filter(page=page, action="wagtail.unpublish").count() == 0


def test_page_that_a_colleague_locked_is_not_published_with_others(publisher):
    locked, free = (article(title, live=False) for title in ("Locked", "Free"))
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=UserFactory())

    said = done(publisher, "publish", locked, free)

    assert "“Locked” is locked: whoever locked it unlocks it first. It was not published." in said
    assert are_live(locked, free) == [False, True]


def test_page_that_is_locked_alone_below_stays_online_and_is_named(publisher):
    above = write("programmes", "plain", slug="above", body=FEW)
    locked = write("", "plain", slug="stays", title="Stays", below=above, body=FEW)
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=UserFactory())

    said = done(publisher, "unpublish", above)

    assert "1 page below stays online, since it is locked or not yours to take offline: Stays." in said
    assert are_live(above, locked) == [False, True]


def test_page_that_was_locked_since_the_question_is_named(publisher):
    page = article("Locked since")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=UserFactory())

    said = done(publisher, "delete", page)

    assert said == ["Nothing was done to what is locked or not yours: Locked since."]
    assert Page.objects.filter(pk=page.pk).exists()


def test_page_that_is_deleted_once_it_came_out_takes_no_answer_down(publisher, rf):
    page = article("Gone since")
    Page.objects.get(pk=page.pk).delete()

    assert say_where_it_stays(rf.get("/"), page) is None


def test_locked_page_below_is_marked_before_it_is_published(publisher):
    above, draft = news(), article("Below", live=False)
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=publisher)

    assert "Below</bdi></a> (locked)" in browser_of(publisher).get(address_of("publish", above)).text


def test_many_that_stay_are_one_message_with_a_list(publisher):
    pages = [article(f"Empty <{number}>", live=False, body="[]") for number in range(6)]

    said = done(publisher, "publish", *pages)

    reason = "The body is empty: there is nothing to read."
    lines = [f"<li>Empty &lt;{number}&gt;: {reason}</li>" for number in range(6)]
    assert said == [
        "6 pages were not published. What was written in them is kept.",
        f"<ul>{''.join(lines)}</ul>",
    ]
