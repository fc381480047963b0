"""What the editors' rooms may do, and readers' pages may not."""

import pytest
from django.urls import reverse

from tests.cms.translating.conftest import article_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration


def directive(answer, name):
    """What a policy allows for one kind of thing."""
    told = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return told[name]


@pytest.fixture
def page(client, house):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return article_in("fr")


def test_widgets_of_the_editors_start(client, page):
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert directive(answer, "script-src") == directive(answer, "style-src") == "'self' 'unsafe-inline'"


def test_pages_of_readers_allow_no_script_in_a_page(client, page):
    answer = client.get("/fr/news/recolte/")
    assert "unsafe-inline" not in directive(answer, "script-src") + directive(answer, "style-src")
    assert directive(answer, "frame-ancestors") == "'none'"


def test_preview_is_shown_beside_its_form_under_the_policy_of_readers(client, page):
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert directive(answer, "frame-ancestors") == "'self'"
    assert "unsafe-inline" not in directive(answer, "script-src")
