"""A part drawn once shows its values in its language, and can show nothing else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from moussem.core.parts import draw, forget

pytestmark = pytest.mark.unit

BADGE = "components/badge.html"
BREADCRUMBS = "components/breadcrumbs.html"


@dataclass
class Changing:
    label: str


@dataclass(frozen=True)
class Holding:
    user: object


def test_equal_values_are_drawn_once():
    forget()

    assert draw(BADGE, label="Organic", tone="info", icon="") is draw(
        BADGE, label="Organic", tone="info", icon=""
    )


def test_different_values_never_share_html():
    labels = ["1", 1, True, "True", "Organic", "organic", mark_safe("<b>"), "<b>", ("<b>",), None, ""]
    drawings = [draw(BADGE, label=label, tone="info", icon="") for label in labels]

    assert [html.split(">", 1)[1] for html in drawings] == [
        f"{words}</span>\n"
        for words in [
            *["1", "1", "True", "True", "Organic", "organic", "<b>", "&lt;b&gt;"],
            *["(&#x27;&lt;b&gt;&#x27;,)", "None", ""],
        ]
    ]


def test_languages_never_share_html():
    with override("en"):
        english = draw(BREADCRUMBS, content="")
    with override("fr"):
        french = draw(BREADCRUMBS, content="")
        again = draw(BREADCRUMBS, content="")

    assert ("Where you are" in english, "Where you are" in french, again) == (True, False, french)


def test_lazy_words_are_said_in_the_language_of_the_page():
    label = gettext_lazy("Products")
    with override("en"):
        english = draw(BADGE, label=label, tone="info", icon="")
    with override("fr"):
        french = draw(BADGE, label=label, tone="info", icon="")

    assert (">Products<" in english, ">Produits<" in french) == (True, True)


@pytest.mark.parametrize(
    "value",
    [
        RequestFactory().get("/"),
        AnonymousUser(),
        Holding(AnonymousUser()),
        Changing("now"),
        (AnonymousUser(),),
        datetime(2026, 11, 22, tzinfo=UTC),
        (mark_safe("<i>"),),
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_belongs_to_a_request_or_may_change_is_refused(value):
    with pytest.raises(TypeError):
        draw(BADGE, label=value, tone="info", icon="")


def test_a_token_cannot_stand_in_a_part():
    html = draw("components/currency_menu.html", action="/", current="EUR", currencies=("EUR",), here="/")

    assert "csrfmiddlewaretoken" not in html


def test_figures_that_are_equal_are_written_alike():
    assert draw("components/progress_bar.html", label=Decimal("1.5"), share=1, value=1, maximum=2)
    assert draw("components/mark.html", state="declared", word="x", by="", on=date(2026, 1, 2), subject="")
