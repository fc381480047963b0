"""The way to a page leads over published pages only, for readers and for machines."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.factories.pages import home, region_page, write_below

pytestmark = pytest.mark.integration
SECRET = "Nobody-knows-this-yet"
ADDRESS = "/en/terroirs/ma-09/saffron/"


def ways(client, address=ADDRESS):
    """The titles on the way to a page, as it is drawn and as machines are told it."""
    text = client.get(address).text
    crumbs = re.search(r'<nav[^>]*class="breadcrumbs".*?</nav>', text, re.DOTALL)[0]
    steps = re.findall(r"<li.*?</li>", crumbs, re.DOTALL)
    drawn = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in steps]
    facts = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.+?)</script>', text)[1])
    (told,) = [node for node in facts["@graph"] if node["@type"] == "BreadcrumbList"]
    return drawn, [step["name"] for step in told["itemListElement"]]


@pytest.fixture
def region(house):
    page = region_page("MA-09")
    write_below(page, title="Saffron", slug="saffron")
    return page


@pytest.mark.parametrize("state", [{"live": False}, {"expire_at": timezone.now() - timedelta(minutes=1)}])
def test_way_names_no_draft_and_nothing_that_is_over(client, region, state):
    Page.objects.filter(pk=region.pk).update(title=SECRET, **state)
    drawn, told = ways(client)

    assert SECRET not in client.get(ADDRESS).text
    assert told == ["Terroirs", "Saffron"]
    assert drawn[-2:] == told


def test_way_to_a_page_of_another_language_names_no_draft_of_this_one(client, region):
    french = Locale.objects.get(language_code="fr")
    there = region_page("MA-09", "fr", live=False)
    Page.objects.filter(pk=there.pk).update(title=SECRET, live=True, expire_at=timezone.now())

    assert there.locale == french
    assert SECRET not in client.get("/fr/terroirs/ma-09/saffron/").text


def test_way_names_what_is_published(client, region):
    drawn, told = ways(client)

    assert told == ["Terroirs", region.title, "Saffron"]
    assert drawn[-3:] == told
    assert home().title not in drawn[1:]
