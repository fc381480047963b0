"""The base page in each language, the errors that stand alone, and the frame other rooms hang things in."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.pages import asked_page, sayable
from moussem.core.templatetags.pages import same_page_in

pytestmark = pytest.mark.unit


def request_for(path):
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("en", '<!doctype html>\n<html lang="en" dir="ltr">'),
        ("fr", '<!doctype html>\n<html lang="fr" dir="ltr">'),
        ("ar", '<!doctype html>\n<html lang="ar" dir="rtl">'),
    ],
)
def test_base_page_speaks_its_language_and_direction(language, start):
    with override(language):
        html = render_to_string("base.html", request=request_for("/"))

    assert html.startswith(start)


@pytest.mark.parametrize("shown", [True, False])
def test_demonstration_banner_follows_the_setting(settings, shown):
    settings.DEMONSTRATION = shown

    with override("en"):
        html = render_to_string("base.html", request=request_for("/"))

    assert ("no payment is taken" in html) is shown


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "429.html"])
def test_error_pages_say_that_nothing_changed(name):
    with override("en"):
        assert "Nothing was changed." in render_to_string(name, request=request_for("/"))


def test_server_error_page_needs_no_context():
    html = get_template("500.html").render()

    assert [
        f'lang="{code}" dir="{way}"' in html for code, way in (("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"))
    ] == [
        True,
        True,
        True,
    ]


def test_language_switch_keeps_the_path_and_the_query():
    with override("en"):
        assert same_page_in("/en/account/login/?next=/en/", "ar") == "/ar/account/login/?next=/en/"


def test_language_switch_of_a_page_that_does_not_exist_keeps_its_place():
    with override("en"):
        assert same_page_in("/en/nowhere/", "fr") == "/fr/nowhere/"


def test_currency_menu_comes_back_to_the_page_it_left():
    request = request_for("/en/products/?q=argan")
    source = '{% currency_menu action="/currency/" current="EUR" %}'

    with override("en"):
        html = Template(source).render(RequestContext(request))

    assert '<input type="hidden" name="next" value="/en/products/?q=argan">' in html
    assert 'value="EUR" aria-current="true"' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_currency_menu_refuses_a_currency_we_do_not_trade_in():
    source = '{% currency_menu action="/currency/" current="JPY" %}'

    with pytest.raises(TemplateSyntaxError):
        Template(source).render(RequestContext(request_for("/")))


def test_steps_lead_back_but_never_forward():
    steps = [("company", "Company", "/one/"), ("plan", "Plan", "/two/"), ("review", "Review", "/three/")]

    html = Template('{% steps items=steps current="plan" %}').render(Context({"steps": steps}))

    assert ("/one/" in html, "/two/" in html, "/three/" in html) == (True, False, False)
    assert html.count('aria-current="step"') == 1


def test_mark_says_who_checked_and_when():
    source = '{% mark state="verified" subject="EU organic" by="Agence Démo" on=day %}'

    with override("en"):
        html = Template(source).render(Context({"day": date(2026, 11, 22)}))

    assert "Verified" in html
    assert "by <bdi>Agence Démo</bdi> on <bdi>22 November 2026</bdi>" in html


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("/en/products/?page=2", "/en/products/?page=2"),
        ("products", None),
        ("٣٫٥", None),
        ("", None),
        ("//evil.example/", None),
        ("/\\evil.example/", None),
        ("https://evil.example/", None),
        ("javascript:alert(1)", None),
        (" //evil.example", None),
    ],
)
def test_form_leads_back_to_pages_of_ours_only(rf, asked, shown):
    assert asked_page(rf.post("/", {"next": asked})) == shown


def test_refusal_that_keeps_an_object_unknown_is_not_said():
    assert sayable(MoveNotAllowed(happened="It is packed.")).startswith("It is packed. Nothing was changed")
    with pytest.raises(NotYours):
        sayable(NotYours())
