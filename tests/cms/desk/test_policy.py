"""What the editors' rooms may do, and readers' pages may not: neither runs a script that stands in a page."""

import html
import json
import re

import pytest
from django.urls import reverse

from tests.factories.pages import article_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration
STARTER = re.compile(r'data-house-start-what-value="(\w+)" data-house-start-with-value="([^"]*)"')


def directive(answer, name):
    """What a policy allows for one kind of thing."""
    told = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return told[name]


@pytest.fixture
def page(client, house):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return article_in("fr")


def test_widgets_of_the_editors_start_without_a_script_in_the_page(client, page):
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    started = {json.loads(html.unescape(told))[0]: what for what, told in STARTER.findall(answer.text)}

    assert {name: started.get(name) for name in ("id_picture", "id_date", "id_go_live_at")} == {
        "id_picture": "ImageChooser",
        "id_date": "initDateChooser",
        "id_go_live_at": "initDateTimeChooser",
    }
    assert "cms/js/starters.js" in answer.text
    assert "unsafe-inline" not in directive(answer, "script-src")


def test_pages_of_readers_allow_no_script_in_a_page(client, page):
    answer = client.get("/fr/news/recolte/")
    assert "unsafe-inline" not in directive(answer, "script-src") + directive(answer, "style-src")
    assert directive(answer, "frame-ancestors") == "'none'"


def test_preview_stands_in_a_frame_of_the_rooms_only_under_the_policy_of_readers(client, page):
    shown = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]))
    alone = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert [directive(one, "frame-ancestors") for one in (shown, alone)] == ["'self'", "'none'"]
    assert "unsafe-inline" not in directive(shown, "script-src")
