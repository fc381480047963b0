"""What a form asks is judged by us, in words beside the field, never by a bubble of the browser."""

import re

import pytest

from tests.house.plan import files, relative

pytestmark = pytest.mark.unit

FORM = re.compile(r"<form\b(?P<told>(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*)>(?P<asked>.*?)</form>", re.DOTALL)
# A field, or what may hold one; hidden ones and buttons ask nothing.
ASKS = re.compile(
    r"<(?:input(?![^>]*type=\"hidden\")|select|textarea)\b|\{% include|\{% upload_field"
    r"|\{\{ ?\w*(?:form|field)\b|as_field_group"
)
# Their one include is a button.
ONLY_BUTTONS = {"fairs/templates/fairs/apply/send.html"}


def judged_by_the_browser(text):
    return [
        form["told"]
        for form in FORM.finditer(text)
        if 'method="post"' in form["told"] and "novalidate" not in form["told"] and ASKS.search(form["asked"])
    ]


def test_post_form_that_asks_something_leaves_the_judging_to_us():
    found = {
        relative(path) for path in files(".html") if judged_by_the_browser(path.read_text(encoding="utf-8"))
    }

    assert found == ONLY_BUTTONS


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('<form method="post">{{ form.reason.as_field_group }}</form>', True),
        ('<form method="post"{% if a > b %} class="x"{% endif %}><input name="q"></form>', True),
        ('<form class="form" method="post" novalidate><input name="q"></form>', False),
        ('<form method="post"><input type="hidden" name="q"><button>Go</button></form>', False),
        ('<form role="search"><input name="q" required></form>', False),
    ],
)
def test_form_judged_by_the_browser_is_found(text, is_found):
    assert bool(judged_by_the_browser(text)) == is_found
