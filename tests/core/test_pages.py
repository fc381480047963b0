import json

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _

from moussem.core.errors import NotYours, Refusal
from moussem.core.pages import RefusalMiddleware, way_back

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


class LadderLapsed(Refusal):
    code = "ladder_lapsed"
    text = _("The price of %(title)s has lapsed.")


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/en/basket/", headers=headers)
    request.session = {}
    return request


def answer(request: HttpRequest, exception: Exception):
    return RefusalMiddleware(lambda request: None).process_exception(request, exception)


def test_refusal_becomes_a_page_with_its_sentence_and_a_way_back():
    response = answer(asked(referer="http://testserver/en/products/"), LadderLapsed(title="Saffron"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "The price of Saffron has lapsed." in page
    assert 'href="http://testserver/en/products/"' in page


def test_refusal_escapes_its_facts():
    page = answer(asked(), LadderLapsed(title="<script>")).content.decode()

    assert "The price of &lt;script&gt; has lapsed." in page


@pytest.mark.parametrize("headers", [{"accept": "application/json"}])
def test_refusal_answers_a_program_in_json(headers):
    response = answer(asked(**headers), LadderLapsed(title="Saffron"))

    assert response.status_code == 409
    assert json.loads(response.content) == {
        "code": "ladder_lapsed",
        "message": "The price of Saffron has lapsed.",
        "facts": {"title": "Saffron"},
    }


def test_someone_elses_object_is_not_found():
    assert answer(asked(), NotYours()).status_code == 404


def test_fault_is_left_to_django():
    assert answer(asked(), ValueError("a fault")) is None


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/fr/", "http://testserver/fr/"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/en/basket/", "/"),
        ("", "/"),
    ],
)
def test_way_back_stays_on_the_site(referer, back):
    assert way_back(asked(referer=referer)) == back
