"""Where an editor arrives: the way to begin, and what waits for whom."""

import pytest
from django.urls import reverse

from cms.desk.arrival import begun_by, place_to_write
from tests.factories.pages import article, article_in, home, news, region_page
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, correspondent_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration
REVIEWS = "A page comes here when it is sent to you for review."
TRANSLATIONS = "A page comes here when it is published in one language and missing in another"
BEGUN = "What you begin stays here until it is published or sent for review."


def arrival(person):
    return browser_of(person).get(reverse("wagtailadmin_home")).text


def way_to_write(page):
    return f'href="{reverse("wagtailadmin_pages:add", args=["cms", "articlepage", page.pk])}"'


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_author_is_led_to_the_news_and_the_pages_of_the_own_language(house, language):
    text = arrival(member_of("Authors", language=language))

    assert [way_to_write(news(code)) in text for code in ("en", "fr", "ar")] == [
        code == language for code in ("en", "fr", "ar")
    ]
    (before_search, _rest) = text.split('role="search"')
    assert f'href="{reverse("wagtailadmin_explore", args=[home(language).pk])}"' in before_search


def test_correspondent_begins_below_the_own_region_and_nowhere_else(house):
    page, other = region_page("MA-09"), region_page("MA-08")
    text = arrival(correspondent_of(page.region))

    assert [way_to_write(place) in text for place in (page, other, news())] == [True, False, False]


def test_who_may_add_nothing_is_offered_nothing(house):
    person = UserFactory()

    assert (place_to_write(person), list(begun_by(person))) == (None, [])


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("Authors", (False, False, True)),
        ("Editors", (True, False, True)),
        ("Translators", (False, True, True)),
        ("Publishers", (True, True, True)),
    ],
)
def test_each_role_reads_what_comes_where_nothing_waits(house, group, said):
    text = arrival(member_of(group))

    assert tuple(sentence in text for sentence in (REVIEWS, TRANSLATIONS, BEGUN)) == said


def test_page_moves_from_who_began_it_to_who_reviews_it(house):
    author, editor = member_of("Authors"), member_of("Editors")
    page = article("Begun here", live=False, owner=author)
    article("Of somebody else", live=False, owner=member_of("Authors"))
    assert [one.title for one in begun_by(author)] == ["Begun here"]
    assert BEGUN not in arrival(author)

    form = sent(page, **typed_body(), **{"action-submit": "1"})
    browser_of(author).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)

    assert list(begun_by(author)) == []
    assert BEGUN in arrival(author)
    text = arrival(editor)
    assert ("Begun here" in text, REVIEWS in text) == (True, False)


def test_nobody_reads_what_they_began_where_they_work_no_more(house):
    page = region_page()
    person = correspondent_of(page.region)
    article("Of the region", below=page, live=False, owner=person)
    assert [one.title for one in begun_by(person)] == ["Of the region"]

    person.groups.clear()

    assert list(begun_by(type(person).objects.get(pk=person.pk))) == []


def test_published_page_is_begun_no_more(house):
    author = member_of("Authors")
    page = article("Out", owner=author)
    assert list(begun_by(author)) == []

    page.title = "Out again"
    page.save_revision()

    assert [one.pk for one in begun_by(author)] == [page.pk]


def test_translator_reads_the_list_in_the_place_of_the_sentence(house):
    article_in("fr")
    text = arrival(member_of("Translators"))

    assert ("La récolte" in text, TRANSLATIONS in text) == (True, False)


@pytest.mark.parametrize("most", [1, 3])
def test_what_was_begun_is_asked_for_once(house, most, django_assert_num_queries):
    author = member_of("Authors")
    for number in range(most):
        article(f"Begun {number}", live=False, owner=author)
    begun_by(author)

    with django_assert_num_queries(3):
        assert len(begun_by(author)) == most


def test_correspondent_reads_the_own_region_and_what_to_do(house):
    page, other = region_page("MA-09"), region_page("MA-08")
    text = arrival(correspondent_of(page.region))

    panel = text.partition("Your region: ")[2]
    desks = [f'href="{reverse("wagtailadmin_pages:edit", args=[one.pk])}"' for one in (page, other)]
    assert [address in panel for address in desks] == [True, False]
    assert "Your region: " not in arrival(member_of("Editors"))


def test_only_who_translates_reads_what_waits_for_translation(house):
    article_in("fr")

    assert ["La récolte" in arrival(member_of(group)) for group in ("Authors", "Editors", "Publishers")] == [
        False,
        False,
        True,
    ]


def test_translator_comes_upon_what_waits_before_the_way_to_begin(house):
    article_in("fr")
    translator, publisher = (arrival(member_of(group)) for group in ("Translators", "Publishers"))

    assert translator.index("La récolte") < translator.index("arrival__write")
    assert publisher.index("arrival__write") < publisher.index("La récolte")
