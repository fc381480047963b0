"""Requests that are refused before any view sees them still get a page of ours."""

import pytest
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponseRedirect
from django.test import Client
from django.urls import get_resolver
from redis.exceptions import ConnectionError as RedisConnectionError

from moussem.core.pages import back_to_the_form
from moussem.core.views import broken, demo_file

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:evil", "", "[::1"])
def test_host_that_is_not_ours_is_refused_with_a_page(host):
    answer = Client(raise_request_exception=False).get("/en/products/", headers={"host": host})

    assert answer.status_code == 400
    assert "We could not read this request" in answer.content.decode()


def test_form_of_another_time_is_refused_with_a_page():
    answer = Client(enforce_csrf_checks=True).post("/en/basket/currency/", {"currency": "USD"})

    assert answer.status_code == 403
    assert "This form can no longer be sent" in answer.content.decode()


@pytest.mark.parametrize(
    ("fault", "status"),
    [(OperationalError, 503), (InterfaceError, 503), (RedisConnectionError, 503), (ValueError, 500)],
)
def test_server_that_is_away_for_a_moment_says_so(rf, fault, status):
    try:
        raise fault("away")
    except fault:
        answer = broken(rf.get("/en/"))

    assert (answer.status_code, "Retry-After" in answer) == (status, status == 503)
    assert "Something broke on our side" in answer.content.decode()


def test_our_page_answers_for_every_fault():
    assert get_resolver().resolve_error_handler(500) is broken


def test_address_of_a_form_opened_as_a_link_is_answered_with_a_page(client):
    answer = client.get("/en/basket/currency/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address only takes a form" in answer.content.decode()


def test_form_sent_when_signed_out_leads_back_to_its_page_after_signing_in(client):
    page = {"referer": "http://testserver/en/desk/orders/P-2026-000001-1/"}

    answer = client.post("/en/desk/orders/P-2026-000001-1/ship/", headers=page, follow=True)

    assert answer.redirect_chain == [
        ("/en/account/login/?next=%2Fen%2Fdesk%2Forders%2FP-2026-000001-1%2F", 302)
    ]
    assert "Nothing was done: sign in first" in answer.content.decode()


def test_form_sent_when_signed_out_never_leads_to_another_site(client):
    page = {"referer": "https://evil.example/en/desk/"}

    answer = client.post("/en/desk/orders/P-2026-000001-1/ship/", headers=page)

    assert answer["Location"] == "/en/account/login/"


def test_form_sent_when_signed_out_leads_back_to_the_choice_that_its_page_was_opened_with(client):
    page = {"referer": "http://testserver/en/desk/orders/?state=placed"}

    answer = client.post("/en/desk/orders/P-2026-000001-1/ship/", headers=page)

    assert answer["Location"] == "/en/account/login/?next=%2Fen%2Fdesk%2Forders%2F%3Fstate%3Dplaced"


def test_page_that_shows_its_form_itself_is_led_back_to_without_a_referer(client):
    answer = client.post("/en/settings/", {"first_name": "Zahra"})

    assert answer["Location"] == "/en/account/login/?next=/en/settings/"


@pytest.mark.parametrize("place", ["/en/account/login/", "/en/account/login/?next=%2Fen%2F", "/en/families/"])
def test_answer_that_leads_to_the_sign_in_by_itself_is_left_alone(rf, place):
    confirmed = HttpResponseRedirect(place)

    assert back_to_the_form(rf.post("/en/account/confirm-email/x/"), confirmed)["Location"] == place


WRITINGS = ["foo", "utf-16", "idna", "base64", "rot13", "undefined", "latin-1", "a" * 300]
FORMS = {
    "application/x-www-form-urlencoded": b"currency=USD",
    "multipart/form-data; boundary=x": (
        b'--x\r\nContent-Disposition: form-data; name="currency"\r\n\r\nUSD\r\n--x--\r\n'
    ),
}


def post_as(kind, writing):
    """The answer to a form that says in which writing it is."""
    client = Client(raise_request_exception=False)
    return client.generic("POST", "/en/basket/currency/", FORMS[kind], f"{kind}; charset={writing}")


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("writing", WRITINGS)
def test_form_in_a_writing_that_is_not_ours_is_refused_with_a_page(kind, writing):
    answer = post_as(kind, writing)

    assert answer.status_code == 400
    assert "We could not read this request" in answer.content.decode()


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("writing", ["utf-8", "UTF8", '"utf-8"', "us-ascii", ""])
def test_form_in_our_writing_is_taken(kind, writing):
    assert post_as(kind, writing).status_code == 302


@pytest.mark.parametrize("page", ["/", "/en/products/", "/en/account/login/", "/en/nothing/"])
def test_more_parameters_than_are_read_are_refused_with_a_page(page):
    asked = "&".join(f"field{number}=1" for number in range(1200))

    answer = Client(raise_request_exception=False).get(f"{page}?{asked}")

    assert answer.status_code == 400
    assert "We could not read this request" in answer.content.decode()


def test_more_fields_than_are_read_are_refused_with_a_page():
    answer = Client().post("/en/basket/currency/", {f"field{number}": "1" for number in range(2000)})

    assert answer.status_code == 400
    assert "We could not read this request" in answer.content.decode()


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "a\0b", "nothing.webp"])
def test_file_that_no_disk_can_hold_is_not_found(rf, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(Http404):
        demo_file(rf.get("/media/x"), name)


@pytest.mark.parametrize("address", ["/demo/mail/%00/", "/en/%00/", "/%00/"])
def test_address_with_a_nul_names_nothing(client, address):
    assert client.get(address).status_code == 404
