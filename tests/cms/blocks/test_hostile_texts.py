import re

import pytest
from wagtail.models import Page

from cms.models import ArticlePage
from tests.cms.scenes import chief, content, link, posted, send
from tests.factories.pages import article, body_of, news

pytestmark = pytest.mark.integration
SCRIPT = "<script>alert(1)</script>"


def told(page):
    """The blocks of a published page as their readers get them."""
    body = page.split('<article class="told', 1)[1].split("</article>")[0]
    return re.findall(r'<div class="told__block[^>]*>(.*?)</div>', body, re.DOTALL)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (content(SCRIPT), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (content("a", [link(url="javascript:alert(1)")]), "<p><a>a</a></p>"),
        (content("a", [link(url="https://ompic.ma/")]), '<p><a href="https://ompic.ma/">a</a></p>'),
        (content("a", [link(id="1 or 1")]), "<p><a>a</a></p>"),
    ],
)
def test_text_posted_by_hand_reaches_a_reader_as_words(client, house, text, shown):
    assert send(chief(), posted([text])).status_code == 302
    (one,) = told(client.get("/en/news/saffron/").text)
    assert re.sub(r' data-block-key="a1b2c"', "", one.strip()) == shown


@pytest.mark.parametrize(
    "entity", [link(id=999_999_999), {"type": "SHELL", "mutability": "MUTABLE", "data": {}}]
)
def test_text_of_a_link_to_nowhere_or_of_nothing_goes_to_no_reader(client, house, entity):
    send(chief(), posted([content("a", [entity])]))

    assert client.get("/en/news/saffron/").status_code == 404
    assert not ArticlePage.objects.get().live


@pytest.mark.parametrize("address", ["http://ompic.ma/", "ftp://ompic.ma/", "//evil.example/"])
def test_link_that_is_not_allowed_is_taken_out_with_a_sentence(house, address):
    answer = send(chief(), posted([content("Words that stay", [link(url=address)])]))

    assert f"These links were taken out: {address}." in answer.text
    assert "Words that stay" in answer.text
    assert ArticlePage.objects.count() == 0


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"blocks": 3}', "[" * 5000])
def test_text_that_no_editor_wrote_is_refused(house, text):
    assert send(chief(), posted([text])).status_code == 400
    assert ArticlePage.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"<p>a{SCRIPT}</p>", "<p>a</p>"),
        ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a linktype="page" id="x">a</a><a linktype="document" id="77">b</a>', "<a>a</a><a>b</a>"),
        ('a<embed embedtype="media" url="https://evil.example/"/>', "a"),
        ('a<embed embedtype="image" id="1" format="left" alt="x"/>', "a"),
    ],
)
def test_text_stored_by_hand_reaches_a_reader_as_words(client, house, text, shown):
    page = article(slug="saffron", body=body_of(("text", text)))
    assert page.body.raw_data[0]["value"] == text

    (one,) = told(client.get("/en/news/saffron/").text)

    assert one.strip() == shown


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quotation", {"text": SCRIPT, "source": SCRIPT}),
        ("timeline", [{"when": SCRIPT, "title": SCRIPT, "text": SCRIPT}] * 2),
        ("figures", {"title": SCRIPT, "unit": SCRIPT, "source": SCRIPT, "date": None, "rows": [
            {"label": SCRIPT + "'\"/>", "value": "1"}, {"label": "]]>" + SCRIPT, "value": "2"},
        ]}),
        ("action", {"text": SCRIPT, "label": SCRIPT, "page": None, "address": f'/">{SCRIPT}'}),
        ("video", {"address": "https://youtu.be/aaaaaaaaaaa", "title": '"' + SCRIPT, "words": SCRIPT}),
    ],
)  # fmt: skip
def test_words_of_a_block_are_words_for_a_reader(client, house, kind, value):
    page = article(SCRIPT, slug="saffron", body=body_of((kind, value)), intro=SCRIPT)
    ArticlePage.objects.update(sources=f"{SCRIPT} | javascript:alert(1) | x")

    shown = client.get(page.url).text.split('<article class="told', 1)[1].split("</article>")[0]

    assert (shown.count("<script"), shown.count("javascript:")) == (0, 0)
    assert "&lt;script&gt;" in shown


def test_text_in_a_page_that_is_previewed_is_as_safe_as_published(house):
    page = article(body=body_of(("text", f"<p>a{SCRIPT}</p>")))
    assert Page.objects.get(pk=page.pk).specific.body.render_as_block().count("alert(1)") == 0
    assert news().get_children().count() == 1
