"""Requests that are refused before any view sees them still get a page of ours."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import get_resolver
from redis.exceptions import ConnectionError as RedisConnectionError

from moussem.core.views import broken

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
