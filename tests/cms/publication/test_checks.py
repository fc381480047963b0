import pytest

from cms.publication.checks import Draft, Finding, Known, findings_of

pytestmark = pytest.mark.unit
ENOUGH = "<p>Harvest is over.</p>"


def text(html):
    return {"type": "text", "value": html}


def picture(alt="Crocuses", number=7):
    return {"picture": number, "alt": alt, "caption": ""}


def found(*blocks, known=None, **typed):
    draft = Draft(**{"blocks": blocks or (text(ENOUGH),), "intro": "Weighed.", **typed})
    return findings_of(draft, known or Known())


def test_page_with_all_it_needs_has_no_findings():
    linked = '<h2>Lots</h2><h3>Of Taliouine</h3><p><a linktype="page" id="3">The rules of 2026</a></p>'
    blocks = [text(linked), {"type": "gallery", "value": [{"type": "item", "value": picture()}]}]

    assert found(*blocks, picture=7, alt="A field", description="What the harvest of 2026 brought.") == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "picture", "value": picture(alt=" ")},
        {"type": "gallery", "value": [{"type": "item", "value": picture(alt="")}]},
        {"type": "gallery", "value": [picture(alt=None)]},
    ],
)
def test_picture_without_words_is_found_in_every_block(block):
    assert found(block) == [Finding("picture_without_words")]


def test_leading_picture_without_words_is_found():
    assert found(picture=7) == [Finding("picture_without_words")]


def test_picture_without_rights_is_named():
    known = Known(pictures_without_rights={7: "Field at dawn"})

    assert found({"type": "picture", "value": picture()}, known=known) == [
        Finding("picture_without_rights", "Field at dawn")
    ]


@pytest.mark.parametrize(
    ("blocks", "skipping"),
    [
        (["<h3>Lots</h3>"], ["Lots"]),
        (["<h2>Lots</h2><h3>One</h3><h2>Rules</h2>"], []),
        (["<h2>Lots</h2>", "<h4><b>Deep</b> one</h4>"], ["Deep one"]),
    ],
)
def test_heading_that_skips_a_level_is_found_across_blocks(blocks, skipping):
    assert found(*map(text, blocks)) == [Finding("heading_skips_a_level", words) for words in skipping]


def test_title_of_a_shelf_counts_as_a_heading():
    shelf = {"type": "products", "value": {"title": "On sale", "query": "saffron"}}

    assert found(shelf, text("<h3>Lots</h3>")) == []


@pytest.mark.parametrize(
    "words", ["here", "Click here.", "ici", "Cliquez ici →", "هنا", "اضغط هنا", "<b>Here</b>"]
)
def test_link_that_says_here_is_found_in_three_languages(words):
    (finding,) = found(text(f'<p>Read it <a href="https://example.com/">{words}</a></p>'))

    assert finding.code == "link_says_here"


def test_link_that_says_where_it_leads_may_hold_such_a_word():
    assert found(text('<p><a href="https://example.com/">Here is Taliouine</a></p>')) == []


def test_link_without_words_is_found():
    assert found(text('<p>Read.<a href="https://example.com/"> </a></p>')) == [
        Finding("link_without_words", "https://example.com/")
    ]


@pytest.mark.parametrize(
    "block",
    [
        text('<p><a linktype="page" id="3">The rules</a></p>'),
        {"type": "action", "value": {"text": "Go on", "label": "The rules", "page": 3, "address": ""}},
    ],
)
def test_link_to_a_page_that_readers_do_not_see_is_found(block):
    assert found(block, known=Known(hidden_pages=frozenset({3}))) == [
        Finding("link_to_hidden_page", "The rules")
    ]


def test_link_to_an_address_that_nothing_answers_is_found():
    known = Known(dead_addresses=frozenset({"/en/nowhere/"}))

    assert found(text('<p><a href="/en/nowhere/">The rules</a></p>'), known=known) == [
        Finding("link_to_nothing", "/en/nowhere/")
    ]


@pytest.mark.parametrize("blocks", [(), (text("<p> </p>"),)])
def test_empty_body_is_found_where_a_page_must_say_something(blocks):
    assert found(blocks=blocks) == [Finding("body_is_empty")]
    assert found(blocks=blocks, must_say_something=False) == []


def test_description_is_as_long_as_search_engines_show():
    assert found(description="a" * 160) == []
    assert found(description="a" * 161) == [Finding("description_too_long", "161")]


def test_page_that_lists_cannot_introduce_is_a_remark_and_comes_last():
    broken = Finding("picture_without_words")

    assert found(intro="", picture=7) == [broken, Finding("nothing_for_lists", is_error=False)]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({"sources": None}, []),
        ({"sources": "A letter", "picture": 7, "alt": "A field"}, []),
        ({"sources": " ", "picture": 7, "alt": "A field"}, ["no_sources"]),
        ({"sources": ""}, ["no_leading_picture", "no_sources"]),
    ],
)
def test_missing_picture_or_source_is_a_remark_where_a_page_names_sources(typed, codes):
    assert found(**typed) == [Finding(code, is_error=False) for code in codes]


@pytest.mark.parametrize(
    ("width", "findings"),
    [
        (20, [Finding("leading_picture_is_small", "20", is_error=False)]),
        (959, [Finding("leading_picture_is_small", "959", is_error=False)]),
        (960, []),
        (None, []),
    ],
)
def test_leading_picture_of_few_pixels_is_remarked_and_keeps_nobody(width, findings):
    assert found(picture=7, alt="A field", known=Known(width=width)) == findings
