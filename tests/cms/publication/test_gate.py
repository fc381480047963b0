"""Whichever way somebody publishes a page, the checks are asked; a draft is saved in any state."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks
from wagtail.models import Page

from cms.installation.workflow import TASKS
from cms.models import NewsIndexPage
from cms.pages.readable import is_taken
from cms.publication.findings import errors_of
from tests.factories.pages import TEXT, article, say, translation_into
from tests.factories.roles import browser_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration
EMPTY = "The body is empty: there is nothing to read."
HERE = [{"type": "text", "value": '<p>Read it <a href="https://example.com/">here</a>.</p>'}]


@pytest.fixture
def publisher(house):
    return member_of("Publishers")


def empty(**fields):
    return article("Nothing yet", live=False, body="[]", slug="nothing-yet", **fields)


def desk_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_desk_keeps_the_draft_and_says_why_it_is_not_published(publisher):
    page = empty()
    answer = browser_of(publisher).post(
        desk_of(page), sent(page, title="Typed now", **{"action-publish": "1"})
    )

    page.refresh_from_db()
    assert (answer["Location"], page.live) == (desk_of(page), False)
    assert [str(message).strip() for message in get_messages(answer.wsgi_request)] == [
        f"“Typed now” does not go to readers yet. What you wrote is kept as a draft. {EMPTY}"
    ]
    assert page.get_latest_revision_as_object().title == "Typed now"


def test_page_that_is_ready_is_published_from_the_desk(publisher):
    page = article(live=False)
    browser_of(publisher).post(desk_of(page), sent(page, **typed_body(), **{"action-publish": "1"}))

    page.refresh_from_db()
    assert page.live is True


def test_new_page_is_kept_as_a_draft(publisher):
    parent = NewsIndexPage.objects.get(locale__language_code="en")
    page = article(live=False)
    address = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", parent.pk])
    typed = sent(page, slug="newer", title="Newer", **{"action-publish": "1"})
    browser_of(publisher).post(address, typed)

    kept = Page.objects.get(slug="newer")
    assert (kept.title, kept.live) == ("Newer", False)


def send_new(publisher, **typed):
    """What the desk answers to a new article that is published at once."""
    parent = NewsIndexPage.objects.get(locale__language_code="en")
    form = sent(article(live=False), slug="newer", title="Newer", **{"action-publish": "1", **typed})
    address = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", parent.pk])
    return browser_of(publisher).post(address, form)


def test_new_page_is_no_readers_while_it_is_checked(publisher):
    seen = []

    def look(request, page):
        seen.append(Page.objects.get(pk=page.pk).live)

    with hooks.register_temporarily("before_publish_page", look):
        send_new(publisher, **typed_body())

    assert (seen, Page.objects.get(slug="newer").live) == ([False], True)


def test_new_page_that_waits_for_its_minute_was_no_readers_before(publisher):
    send_new(publisher, **typed_body(), go_live_at="2099-01-01 10:00")

    page = Page.objects.get(slug="newer")
    assert (page.live, page.live_revision, page.scheduled_revision is None) == (False, None, False)


def test_nothing_is_left_of_a_new_page_whose_check_breaks(publisher):
    def breaks(request, page):
        raise ZeroDivisionError

    with hooks.register_temporarily("before_publish_page", breaks), pytest.raises(ZeroDivisionError):
        send_new(publisher, **typed_body())

    assert list(Page.objects.filter(slug="newer")) == []


def test_live_page_keeps_what_readers_see_when_a_change_is_refused(publisher, client):
    page = article(slug="seen")
    changed = sent(page, title="Changed", **{"body-count": "0", "action-publish": "1"})
    browser_of(publisher).post(desk_of(page), changed)

    page.refresh_from_db()
    assert "Changed" not in client.get("/en/news/seen/").text
    assert page.get_latest_revision_as_object().title == "Changed"


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
def test_last_approval_is_turned_back_and_the_page_stays_in_the_workflow(publisher, headers):
    page = empty()
    page.get_workflow().start(page, publisher)
    page.current_workflow_task_state.approve(user=member_of("Editors"))
    page.refresh_from_db()
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])

    answer = browser_of(publisher).post(address, {"comment": ""}, headers=headers)

    page.refresh_from_db()
    assert (page.live, page.current_workflow_task.name) == (False, TASKS[-1][0])
    assert desk_of(page) in (answer.json()["redirect"] if headers else answer["Location"])


def test_approval_from_the_desk_is_turned_back(publisher):
    page = empty()
    page.get_workflow().start(page, publisher)
    page.current_workflow_task_state.approve(user=member_of("Editors"))
    page.refresh_from_db()
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}

    answer = browser_of(publisher).post(desk_of(page), sent(page, **action))

    page.refresh_from_db()
    assert (answer["Location"], page.live) == (desk_of(page), False)


def test_list_and_program_publish_nothing_that_is_not_ready(publisher):
    page, browser = empty(), browser_of(publisher)
    bulk = browser.post(f"/editors/bulk/wagtailcore/page/publish/?id={page.pk}", {"include_descendants": ""})
    program = browser.post(f"/editors/api/main/pages/{page.pk}/action/publish/")

    page.refresh_from_db()
    assert (bulk.status_code, program.status_code, page.live) == (302, 409, False)
    assert EMPTY in [str(one) for one in get_messages(bulk.wsgi_request)][-1]


def test_draft_with_errors_is_saved_and_its_desk_names_them(publisher):
    page = article(live=False, body=json.dumps(HERE), intro="Weighed.")
    answer = browser_of(publisher).get(desk_of(page))

    assert "The link “here” does not say where it leads" in answer.text


@pytest.mark.parametrize(
    ("address", "dead"),
    [
        ("/en/news/", False),
        ("/news/", False),
        ("/fr/products/?q=safran", False),
        ("/products", False),
        ("https://localhost:9/en/nowhere/", False),
        ("mailto:a@example.com", False),
        ("#below", False),
        ("/en/nowhere/", True),
        ("/en/news/draft/", True),
        ("/ar/news/seen/", False),
    ],
)
def test_address_of_ours_is_looked_up_without_the_network(house, address, dead):
    article("Draft", live=False, slug="draft")
    article("Seen", slug="seen")
    link = [{"type": "text", "value": f'<p><a href="{address}">Where it leads</a></p>'}]
    page = article("Linking", live=False, body=json.dumps([*TEXT, *link]))

    assert bool(errors_of(page)) is dead


@pytest.mark.parametrize(("body", "published"), [("[]", False), (json.dumps(TEXT), True)])
def test_translation_is_checked_before_it_is_published(
    publisher, body, published, django_capture_on_commit_callbacks
):
    page = article("To translate", body=body)
    translation = translation_into("ar", page)
    say(translation)
    translated = page.get_translation(translation.target_locale)

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(publisher).post(desk_of(translated), {"action": "publish"})

    translated.refresh_from_db()
    assert translated.live is published


@pytest.mark.parametrize("role", ["Translators", "Publishers"])
def test_nobody_publishes_a_translation_by_bringing_it_up_to_date(
    house, role, django_capture_on_commit_callbacks
):
    page = article("To translate")
    translation = translation_into("ar", page)
    say(translation)
    address = reverse("wagtail_localize:update_translations", args=[translation.source.pk])

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser_of(member_of(role)).post(address, {"publish_translations": "on"})

    assert (answer.status_code, page.get_translation(translation.target_locale).live) == (302, False)


def test_source_is_not_put_in_the_place_of_its_translation(house):
    page = article("To translate")
    there = page.get_translation(translation_into("ar", page).target_locale)
    address = reverse("wagtail_localize:convert_to_alias", args=[there.pk])

    answer = browser_of(member_of("Translators")).post(address)

    there.refresh_from_db()
    assert (answer.status_code, there.live, there.alias_of_id) == (404, False, None)


@pytest.mark.parametrize("way", ["list", "program", "approval"])
def test_translation_that_is_not_whole_is_published_by_no_way(publisher, way):
    page = article("To translate")
    page = page.get_translation(translation_into("ar", page).target_locale)
    page.get_workflow().start(page, publisher)
    page.current_workflow_task_state.approve(user=member_of("Editors"))
    state = Page.objects.get(pk=page.pk).specific.current_workflow_task_state
    address = {
        "list": f"/editors/bulk/wagtailcore/page/publish/?id={page.pk}",
        "program": f"/editors/api/main/pages/{page.pk}/action/publish/",
        "approval": reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]),
    }[way]

    answer = browser_of(publisher).post(address, {"include_descendants": "", "comment": ""})

    page.refresh_from_db()
    assert (answer.status_code, page.live) == (409 if way == "program" else 302, False)
    assert page.current_workflow_task.name == TASKS[-1][0]


def test_address_of_the_marketplace_is_taken_whatever_the_language_of_the_editor():
    with override("fr"):
        assert (is_taken("products"), is_taken("about")) == (True, False)
