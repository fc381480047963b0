"""A document is read by who may see a page that carries it, and by editors who may choose it."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, ReferenceIndex

from cms.models import ArticlePage
from tests.factories.pages import article, block, region_page
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, correspondent_of, member_of

pytestmark = pytest.mark.integration
CONTENT = b"%PDF-1.7"
IN_AN_HOUR = timedelta(hours=1)
HIDDEN = {
    "draft": lambda page: page.unpublish(),
    "expired": lambda page: moved_to(page, expire_at=timezone.now() - IN_AN_HOUR),
    "deleted": lambda page: page.delete(),
    "carries it no more": lambda page: carries(page, []),
}


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """A disk of its own, as production has one."""
    disk = {"BACKEND": "moussem.core.storage.DiskStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": disk}


@pytest.fixture
def paper(house):
    return Document.objects.create(title="Tariff", file=ContentFile(CONTENT, name="tariff.pdf"))


def moved_to(page, **minutes):
    ArticlePage.objects.filter(pk=page.pk).update(**minutes)


def carries(page, blocks):
    page.body = blocks
    page.save_revision().publish()
    note(page)


def note(page):
    """What Wagtail notes after the commit."""
    ReferenceIndex.create_or_update_for_object(page)
    return page


def carrier(paper, *, in_a_text=False, **fields):
    """An article that leads to a document, from a list or from its text."""
    link = f'<p><a linktype="document" id="{paper.pk}">Tariff</a></p>'
    one = block("text", link) if in_a_text else block("documents", [paper.pk])
    return note(article("With a paper", slug="with", body=json.dumps([one]), **fields))


def answers(paper, *people):
    return [asked(browser, paper)[0] for browser in people]


def asked(browser, paper):
    """What a browser is answered: a code, who may keep it, and the content."""
    answer = browser.get(paper.url)
    content = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer.status_code, answer.get("Cache-Control"), content


@pytest.mark.parametrize("in_a_text", [True, False])
def test_reader_gets_the_document_of_a_page_that_is_out(client, paper, in_a_text):
    carrier(paper, in_a_text=in_a_text)

    assert asked(client, paper) == (200, "no-cache", CONTENT)


@pytest.mark.parametrize("why", HIDDEN)
def test_document_is_hidden_with_its_page_from_whoever_is_no_editor(client, paper, why):
    page = carrier(paper)
    HIDDEN[why](page)

    assert answers(paper, client, browser_of(UserFactory())) == [404, 404]
    assert client.get(paper.url)["Content-Type"].startswith("text/html")


def test_document_of_a_planned_page_is_hidden_until_its_minute(client, paper):
    planned = carrier(paper, live=False, go_live_at=timezone.now() + IN_AN_HOUR)
    planned.get_latest_revision().publish()

    assert answers(paper, client) == [404]


def test_document_that_one_of_two_pages_still_carries_is_read(client, paper):
    carrier(paper).unpublish()
    carrier(paper, below=region_page())

    assert answers(paper, client) == [200]


def test_editors_open_what_they_may_choose_and_it_is_kept_by_nobody(client, paper):
    editor = browser_of(member_of("Editors"))

    assert asked(editor, paper) == (200, "no-cache, private", CONTENT)
    assert answers(paper, client, Client()) == [404, 404]


def test_correspondent_opens_no_document_of_another_region(house):
    own, other = region_page(), region_page("MA-08")
    place = Collection.objects.get(name__startswith="Correspondents of MA-08 ")
    file = ContentFile(CONTENT, name="secret.pdf")
    paper = Document.objects.create(title="Secret", file=file, collection=place)
    carrier(paper, below=other, live=False)

    theirs, ours = browser_of(correspondent_of(own.region)), browser_of(correspondent_of(other.region))
    assert answers(paper, theirs, ours) == [404, 200]


def test_number_that_is_none_is_not_found(client, house):
    assert client.get("/documents/99999999999999999999/a.pdf").status_code == 404
    assert client.get("/documents/1/a.pdf").status_code == 404
