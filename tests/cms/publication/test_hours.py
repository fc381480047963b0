"""Who was told from when on readers see a page hears of every other hour."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moussem.core.models import OutboxMessage
from tests.factories.pages import article
from tests.factories.roles import browser_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration
SOON = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=9)


@pytest.fixture
def planned(house):
    """A page whose author knows its hour."""
    page = article("Weighed", live=False, owner=member_of("Authors", language="en"), go_live_at=SOON)
    page.save_revision().publish(user=member_of("Publishers"))
    page.refresh_from_db()
    return page


def letters():
    """To whom, about what."""
    return [(one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.order_by("pk")]


def give(page, minute, by):
    page = type(page).objects.get(pk=page.pk)
    page.go_live_at = minute
    page.save_revision(user=by).publish(user=by)


def test_author_hears_of_another_hour_once(planned):
    publisher = member_of("Publishers")

    give(planned, SOON + timedelta(days=1), publisher)
    give(planned, SOON + timedelta(days=1), publisher)

    assert letters() == [(planned.owner.email, "“Weighed” comes out at another hour")]


def test_author_hears_that_the_hour_was_taken_away_and_of_the_next(planned):
    publisher = member_of("Publishers")
    address = reverse(
        "wagtailadmin_pages:revisions_unschedule", args=[planned.pk, planned.scheduled_revision.pk]
    )

    browser_of(publisher).post(address)
    assert letters() == [(planned.owner.email, "“Weighed” has no hour any more")]
    give(planned, SOON, publisher)

    assert letters()[1:] == [(planned.owner.email, "“Weighed” comes out at another hour")]


def test_first_hour_and_what_one_changes_oneself_are_no_news(planned):
    assert letters() == []

    publisher = member_of("Publishers")
    type(planned).objects.filter(pk=planned.pk).update(owner=publisher)
    give(planned, SOON + timedelta(days=1), publisher)

    assert letters() == []


def test_hour_of_a_change_that_comes_after_another_came_out_is_no_news(house):
    publisher = member_of("Publishers")
    page = article("Weighed", owner=member_of("Authors"))
    give(page, SOON, publisher)

    assert letters() == []


def test_last_approval_with_and_without_a_comment_names_the_hour(house):
    author, editor, publisher = (member_of(role) for role in ("Authors", "Editors", "Publishers"))
    page = article("Weighed", live=False, owner=author, go_live_at=SOON)
    desk = reverse("wagtailadmin_pages:edit", args=[page.pk])
    told = {**typed_body(), "go_live_at": SOON.strftime("%Y-%m-%d %H:%M")}
    browser_of(author).post(desk, sent(page, **told, **{"action-submit": "1"}))
    page.refresh_from_db()
    page.current_workflow_task.on_action(page.current_workflow_task_state, editor, "approve")
    publisher.language = "en"
    publisher.save()

    text = browser_of(publisher).get(desk).text

    assert ("Approve and schedule" in text, "Approve with comment and schedule" in text) == (True, True)
    assert "and Publish" not in text
