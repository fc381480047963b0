"""What every address asks of a request, whoever sends it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from tests.factories.people import UserFactory
from tests.isolation.addresses import EDITORS, owned
from tests.isolation.watching import state_of_the_database

pytestmark = [pytest.mark.integration, pytest.mark.walked, pytest.mark.django_db]

# A provider's signature stands in for the token of our forms.
# The one is signed by Stripe; of the others, which programs of mail press, the address is the secret.
WITHOUT_TOKEN = ["stripe_webhook", "unsubscribe", "stop"]
# Names and contents that no upload of ours may be fooled by.
UPLOADS = {
    "drawing": ("goods.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "page": ("paper.pdf", b"<!doctype html><script>alert(1)</script>"),
    "program": ("paper.pdf", b"MZ" + b"\0" * 200),
    "running paper": ("paper.pdf", b"%PDF-1.7\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    "archive": ("list.xlsx", b"PK\x03\x04" + b"\0" * 200),
    "nothing": ("goods.jpg", b""),
    "way out": ("../../../etc/passwd", b"root:x:0:0"),
    "long name": ("x" * 300 + ".png", b"\x89PNG\r\n\x1a\n" + b"\0" * 90),
    "broken name": ("a\0b\r\nc.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 90),
}


def free(resolver, above=""):
    """The route and the name of every view that Django asks no token for."""
    for one in resolver.url_patterns:
        route = above + str(one.pattern).lstrip("^")
        if hasattr(one, "url_patterns"):
            yield from free(one, route)
        elif getattr(one.callback, "csrf_exempt", False):
            yield route, one.name


def test_every_form_carries_its_token():
    assert [name for route, name in free(get_resolver()) if not route.startswith(EDITORS)] == WITHOUT_TOKEN


def test_what_editors_send_by_program_carries_its_token(scene):
    """The framework of those views asks for it by itself, of whoever a session has signed in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(UserFactory(is_superuser=True))
    before = state_of_the_database()
    routes = [route for route, _name in free(get_resolver()) if route.startswith(EDITORS)]
    programs = [f"/{re.sub('<[^>]+>', '1', route)}" for route in routes]

    answers = {address: browser.post(address, {}).status_code for address in programs}
    # A room that is closed to everybody asks for nothing.
    answering = {address: status for address, status in answers.items() if status != 404}

    assert answering and answering == dict.fromkeys(answering, 403)
    assert state_of_the_database() == before


def test_form_without_its_token_changes_nothing(scene):
    """Another site cannot press our buttons, even with the cookies of the keeper."""
    browsers = {}
    for keeper in {one.keeper.user for one in owned(scene)}:
        browsers[keeper] = Client(enforce_csrf_checks=True)
        browsers[keeper].force_login(keeper)
    before = state_of_the_database()
    for one in owned(scene):
        browser = browsers[one.keeper.user]
        assert browser.post(reverse(one.name, kwargs=one.kwargs), one.body).status_code == 403, one.name

    assert state_of_the_database() == before


@pytest.mark.parametrize(("name", "content"), UPLOADS.values(), ids=UPLOADS)
def test_upload_that_is_not_what_it_says_is_kept_nowhere(scene, browser_of, name, content):
    browser, before = browser_of(scene.a.owner.user), state_of_the_database()
    lot = {"code": "LOT-X", "harvest_year": "2025", "quantity": "10"}
    paper = {"type": scene.a.certificate.type_id, "number": "1", "valid_from": "2025-01-01"}
    forms = {
        reverse("listing:photos", args=[scene.a.draft.pk]): {"photo": None},
        reverse("listing:add_lot", args=[scene.a.draft.pk]): {**lot, "report": None},
        reverse("listing:add_certificate"): {**paper, "evidence": None},
        reverse("desk:ready", args=[scene.x.order.number]): {"photos": None, "add": "1"},
    }
    for address, fields in forms.items():
        sent = {key: value or SimpleUploadedFile(name, content) for key, value in fields.items()}
        assert browser.post(address, sent).status_code == 200, address

    assert state_of_the_database() == before
