"""What a program asks of the house is answered to nobody who may not do it."""

import pytest
from wagtail.models import Page

from tests.factories.pages import TEXT, article, article_in, say, translation_into
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
SECRET = "Nobody-knows-this-yet"


def publish(person, page):
    """What a program hears that asks to publish a page in somebody's name."""
    return browser_of(person).post(f"/editors/api/main/pages/{page.pk}/action/publish/")


@pytest.mark.parametrize("role", ["", "Authors", "Editors", "Translators"])
def test_title_and_faults_of_a_draft_are_told_to_nobody_who_may_not_publish_it(house, role):
    page = article(SECRET, live=False, body="[]", slug="secret")
    answer = publish(member_of(role) if role else UserFactory(), page)

    assert (SECRET in answer.text, "body is empty" in answer.text) == (False, False)
    assert answer.status_code == 403


@pytest.mark.parametrize(("role", "status"), [("Publishers", 409), ("Authors", 403)])
def test_page_that_a_colleague_locked_is_published_by_no_program(house, role, status):
    page = article(SECRET, live=False)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=UserFactory())

    answer = publish(member_of(role, language="en"), page)

    assert (answer.status_code, Page.objects.get(pk=page.pk).live) == (status, False)
    assert (SECRET in answer.text) == (role == "Publishers")


def test_page_that_is_not_there_answers_as_one_that_is(house):
    page = article(SECRET, live=False, body="[]", slug="secret")
    person = UserFactory()
    there = publish(person, page)
    page.pk = 999_999

    assert publish(person, page).status_code == there.status_code


def test_translation_is_whole_before_a_program_publishes_it(house, db):
    translation = translation_into("ar", article_in("fr", body=TEXT, intro="Court."))
    page = translation.get_target_instance()
    unfinished = publish(member_of("Publishers"), page)
    page.refresh_from_db()
    assert (unfinished.status_code, page.live) == (409, False)
    assert "Passages without a translation" in unfinished.text

    say(translation, translation_type="machine")
    assert "nobody has confirmed" in publish(member_of("Publishers"), page).text


@pytest.mark.parametrize("held", ["locked", "in_review"])
def test_no_program_writes_into_a_page_that_somebody_holds(house, held):
    author = member_of("Authors")
    page = article(SECRET, live=False, owner=author)
    before = page.get_latest_revision()
    page.title = "Read by an editor"
    latest = page.save_revision(user=author)
    if held == "locked":
        page.locked, page.locked_by = True, member_of("Publishers")
        page.save()
    else:
        page.get_workflow().start(page, author)

    address = f"/editors/api/main/pages/{page.pk}/action/revert_to_page_revision/"
    answer = browser_of(author).post(address, {"revision_id": before.pk})

    page.refresh_from_db()
    assert answer.status_code == 404
    assert page.get_latest_revision() == latest
