from urllib.parse import quote

import pytest

from catalogue.wanted.questions import LONGEST_READ, MOST_PAIRS, asks_nothing, canonical_query, text_asked

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?q=safran", "q=safran"),
        ("women=on&q=safran", "q=safran&women=on"),
        ("q=safran&page=3&region=", "q=safran"),
        ("family=honey&family=saffron&family=honey", "family=honey&family=saffron"),
        ("q=%20%20saffron%20%20threads%0A", "q=saffron+threads"),
        ("q=%D8%B2%D8%B9%D9%81%D8%B1%D8%A7%D9%86", "q=%D8%B2%D8%B9%D9%81%D8%B1%D8%A7%D9%86"),
        ("q=a%00b%E2%80%AEc", "q=abc"),
        ("q=%FF%FE", "q=%EF%BF%BD%EF%BF%BD"),
        ("q=%ED%A0%80", "q=%EF%BF%BD%EF%BF%BD%EF%BF%BD"),
        ("csrfmiddlewaretoken=secret&next=/x&q=a", "q=a"),
        ("__class__=x&Q=x&q[]=x&%0Aq=x&q=a", "q=a"),
        ("q=<script>alert(1)</script>", "q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E"),
        ("q=a;b=c&;;&=&&", "q=a%3Bb%3Dc"),
    ],
)
def test_one_question_has_one_spelling(query, canonical):
    assert canonical_query(query) == canonical
    assert canonical_query(canonical) == canonical


def test_endless_question_is_bounded():
    parts = "&".join(f"f{number}=x" for number in range(9_000))
    word = "q=" + quote("ز" * LONGEST_READ)

    assert canonical_query(parts).count("=") == MOST_PAIRS
    assert text_asked(word) == "ز" * 100


@pytest.mark.parametrize(
    ("query", "nothing"),
    [("", True), ("page=2", True), ("sort=title", True), ("q=", True), ("q=x", False), ("women=on", False)],
)
def test_order_and_page_ask_nothing(query, nothing):
    assert asks_nothing(query) is nothing
