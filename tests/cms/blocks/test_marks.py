import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.blocks.addresses import is_elsewhere, is_ours, may_be_linked
from cms.blocks.marks import tidied

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p onclick='x()' style='a:b' class='c'>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<svg><script>alert(1)</script></svg>a", "a"),
        ("<![CDATA[><img src=x onerror=alert(1)>]]>", "&lt;![CDATA[&gt;]]&gt;"),
        ("<!-- <p> --><p>a</p><!-- no end <script>", "<p>a</p>"),
        ("<<!-- -->!-- a", "&lt;!-- a"),
        ("<?php x ?><![ y", "&lt;?php x ?&gt;&lt;![ y"),
        ('<embed embedtype="media" url="https://evil.example/"/>a', "a"),
        ('<a linktype="page" id="3">a</a>', '<a linktype="page" id="3">a</a>'),
        ('<a linktype="page" id="3 or 1">a</a>', "<a>a</a>"),
        ('<a linktype="page">a</a>', "<a>a</a>"),
        ('<a linktype="shell" id="3">a</a>', "<a>a</a>"),
        ('<a href="https://ompic.ma/?a=1&amp;b=2">a</a>', '<a href="https://ompic.ma/?a=1&amp;b=2">a</a>'),
        ('<p data-block-key="x1\'">a', "<p>a</p>"),
        ("<b>" * 40 + "a", "<b>" * 12 + "a" + "</b>" * 12),
        ("</p></div>a &lt;script&gt; b", "a &lt;script&gt; b"),
        ("<iframe><p>a</iframe>b", "b"),
    ],
)
def test_text_keeps_allowed_marks_alone(text, left):
    assert tidied(text).text == left
    assert tidied(left).text == left


@given(st.text(st.sampled_from("<>/!?-[]&;\"'= apbscriptonx:#\0\n"), max_size=300))
def test_whatever_is_stored_has_no_other_mark_when_it_is_shown(text):
    left = tidied(text).text

    assert tidied(left).text == left
    assert {part.split(">")[0].strip("/") for part in left.split("<")[1:]} <= {"p", "b", "a", "i", "br"}


@pytest.mark.parametrize(
    "address",
    [
        "https://ompic.ma/a'b?x=1#y",
        "/search/?q=saffron",
        "mailto:a@ompic.ma?subject=Hello",
        "tel:+212537000000",
    ],
)
def test_link_leads_to_safe_addresses(address):
    assert may_be_linked(address)
    assert tidied(f'<a href="{address}">a</a>').dropped == ()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>",
        "vbscript:x", "http://ompic.ma/", "ftp://ompic.ma/", "file:///etc/passwd", "blob:https://a.ma/x",
        "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "///evil.example",
        "https://a@evil.example/", "https://ompic.ma:8443/", "https:evil.example", "https:///evil.example",
        "https://[::1]/", "https://localhost/", "https://ompic.ma\\@evil.example/", "https://ompic。ma\u202e/",
        "mailto:a@ompic.ma?bcc=b@evil.example", "mailto:a@ompic.ma?subject=x%0d%0aBcc:b@evil.example",
        "mailto:a@ompic.ma,b@evil.example", "tel:javascript", "#x", "products", "https://a.ma/" + "a" * 2000,
        "/a\r\nSet-Cookie: x", "https://a.ma/\r\nx",
    ],
)  # fmt: skip
def test_link_to_any_other_address_is_taken_out_and_told(address):
    assert not (is_ours(address) or is_elsewhere(address) or may_be_linked(address))


def test_address_that_was_taken_out_is_named_once():
    text = '<a href="http://a.ma/">a</a><a href="http://a.ma/">b</a><a href="javascript:x">c</a>'

    assert tidied(text).text == "<a>a</a><a>b</a><a>c</a>"
    assert tidied(text).dropped == ("http://a.ma/", "javascript:x")
