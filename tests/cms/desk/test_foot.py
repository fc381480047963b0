"""What stands first at the foot of a page's desk, for whom."""

import re

import pytest
from django.urls import reverse

from tests.factories.pages import article
from tests.factories.roles import browser_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration
NAME = re.compile(
    r'<button[^>]*?(?:name="(action-[a-z-]+)"|data-workflow-action-name="([a-z]+)"|action-(save))'
)


@pytest.fixture
def people(house):
    return {name: member_of(f"{name}s") for name in ("Author", "Editor", "Publisher")}


@pytest.fixture
def page(people):
    return article(live=False, owner=people["Author"])


def foot(page, person):
    """The names of the buttons at the foot, the one that is seen first; ``save`` keeps a draft."""
    text = browser_of(person).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    return [next(filter(None, found)) for found in NAME.findall(text[text.index("<footer") :])]


def submit(page, person):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser_of(person).post(address, sent(page, **typed_body(), **{"action-submit": "1"}))


def test_author_submits_the_own_draft_first(page, people):
    assert foot(page, people["Author"]) == ["action-submit", "save"]


def test_whoever_has_the_turn_approves_first_and_then_asks_for_changes(page, people):
    submit(page, people["Author"])
    assert foot(page, people["Editor"]) == [
        *("approve", "reject", "approve", "save"),
        "action-cancel-workflow",
    ]


def test_author_of_a_page_in_review_does_not_cancel_it_by_the_first_button(page, people):
    submit(page, people["Author"])
    assert foot(page, people["Author"]) == ["save", "action-cancel-workflow"]


def test_publisher_keeps_a_draft_first_where_nothing_waits(page, people):
    assert foot(page, people["Publisher"])[0] == "save"


def test_enter_in_a_field_keeps_a_draft_whatever_stands_first(page, people):
    author, publisher = people["Author"], people["Publisher"]
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    held = '<button type="submit" hidden></button>'
    assert [browser_of(one).get(address).text.count(held) for one in (author, publisher)] == [1, 0]
