"""Where the texts and buttons of a page lead: to what readers see, and nowhere else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.models import ArticlePage
from tests.factories.pages import write

pytestmark = pytest.mark.integration
HIDDEN = {
    "taken down": lambda page: page.unpublish(),
    "over": lambda page: ArticlePage.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - timedelta(hours=1)
    ),
    "deleted": lambda page: page.delete(),
}


@pytest.fixture
def other(house):
    return write("news", "article", slug="other", subject="harvest")


def page_with(client, other, kind):
    """A page that leads to another one, as it is read."""
    link = f'<p>See <a linktype="page" id="{other.pk}">the other one</a>.</p>'
    button = {"text": "Read on.", "label": "the other one", "page": other.pk, "address": ""}
    write("news", "article", subject="harvest", body=[(kind, {"text": link, "action": button}[kind])])
    return lambda: (
        client.get("/en/news/one/").text.partition('class="told__body"')[2].partition("</article>")[0]
    )


@pytest.mark.parametrize("why", HIDDEN)
def test_link_of_a_text_to_a_page_that_is_hidden_is_its_words_alone(client, other, why):
    read = page_with(client, other, "text")
    assert '<a href="/en/news/other/">the other one</a>' in read()

    HIDDEN[why](other)

    assert ("the other one" in read(), "<a href" in read().partition("</p>")[0]) == (True, False)


@pytest.mark.parametrize("why", HIDDEN)
def test_button_to_a_page_that_is_hidden_goes_with_it(client, other, why):
    read = page_with(client, other, "action")
    assert 'href="/en/news/other/"' in read()

    HIDDEN[why](other)

    assert ("Read on." in read(), "the other one" in read()) == (False, False)


def test_link_leads_to_the_source_while_the_translation_is_a_draft(client, other):
    text = f'<p><a linktype="page" id="{other.pk}">the other one</a></p>'
    write("news", "article", language="fr", subject="harvest", body=[("text", text)])
    draft = other.copy_for_translation(locale=other.locale.__class__.objects.get(language_code="fr"))
    assert not draft.live

    assert '<a href="/en/news/other/">the other one</a>' in client.get("/fr/news/one/").text
