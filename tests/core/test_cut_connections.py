"""The database is back: pages of refusal are drawn in threads whose connections no request looks after."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from tests.factories.trade import seller
from tests.races import on_postgresql

pytestmark = on_postgresql


@pytest.mark.parametrize("status", [400, 403, 404])
def test_page_of_a_refusal_is_drawn_after_its_connection_was_cut(status):
    client = Client()
    client.force_login(seller().user)
    # The head of the page counts what waits for the seller: it asks the database.
    request = client.get("/en/desk/").wsgi_request
    draw = get_resolver().resolve_error_handler(status)

    def drawn():
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
        return backend, draw(request, LookupError("nowhere")).status_code

    with ThreadPoolExecutor(1) as thread:
        backend, before = thread.submit(drawn).result()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
            was_cut = cursor.fetchone()[0]
        again = thread.submit(draw, request, LookupError("nowhere")).result().status_code
        thread.submit(lambda: connection.close()).result()

    assert (before, was_cut, again) == (status, True, status)
