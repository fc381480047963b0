import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from catalogue.actions.reference import load_families
from catalogue.imports.actions import ask_to_write, choose_columns, receive_list
from catalogue.imports.actions.reading import BATCH
from catalogue.imports.actions.work import do_asked
from catalogue.imports.errors import ListAtWork, ListHasProblems
from catalogue.imports.models import SILENT_AFTER, ProductList
from catalogue.imports.sheets import MOST_ROWS
from catalogue.imports.states import ImportState
from catalogue.imports.tasks import work_on_list
from catalogue.models import Family, PriceTier, Product, ProductCategory, ProductText
from moussem.core.models import LogEntry
from moussem.core.threads import MAY_WAIT
from tests.catalogue.imports.lists import text
from tests.factories.catalogue import ProductFactory, saffron_code, taroudant

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEADERS = ["Réf", "Désignation", "Unité", "Quantité minimale", "Prix EUR"]
WRITTEN = (Product, ProductCategory, ProductText, PriceTier)
GOOD = ["S-1", "Safran en filaments", "g", "500", "3,30"]


@pytest.fixture
def asked(seller):
    """``asked(rows)``: a list whose trial was asked for, and not begun."""
    load_families()
    saffron_code(), taroudant()

    def make(*rows):
        upload = SimpleUploadedFile("liste.csv", text([HEADERS, *rows]))
        family = Family.objects.get(slug="saffron")
        received = receive_list(seller.organisation, upload, family=family, actor=seller.user)
        return again(received, seller)

    return make


def again(product_list, seller):
    return choose_columns(
        product_list,
        product_list.columns,
        family=product_list.family,
        encoding=product_list.encoding,
        actor=seller.user,
    )


def work(product_list, seller):
    do_asked(product_list.pk, product_list.asked_at, actor=seller.user)
    product_list.refresh_from_db()
    return product_list


def shown(client, seller, product_list, **headers):
    client.force_login(seller.user)
    return client.get(reverse("imports:check", args=[product_list.pk]), **headers)


def make_silent(product_list):
    past = timezone.now() - SILENT_AFTER - timedelta(seconds=1)
    ProductList.objects.update(heard_at=past)
    product_list.refresh_from_db()


def test_trial_waits_then_tells_how_many_rows_it_read(asked, seller):
    waiting = asked(GOOD)

    assert (waiting.state, waiting.is_queued, waiting.counts) == (ImportState.CHECKING, True, {})
    done = work(waiting, seller)
    assert (done.state, done.rows_read, done.rows_total) == (ImportState.CHECKED, 1, 1)


def test_import_asked_twice_runs_once(asked, seller):
    checked = work(asked(GOOD), seller)

    first = ask_to_write(checked, actor=seller.user)
    second = ask_to_write(checked, actor=seller.user)
    work(first, seller), work(second, seller)

    assert first.asked_at == second.asked_at
    assert (second.state, Product.objects.count()) == (ImportState.IMPORTED, 1)


def test_worker_that_comes_second_finds_nothing_to_do(asked, seller):
    checked = work(asked(GOOD), seller)
    writing = ask_to_write(checked, actor=seller.user)
    ProductList.objects.update(heard_at=timezone.now())

    work(writing, seller)

    assert (writing.state, Product.objects.count()) == (ImportState.WRITING, 0)


def test_list_at_work_is_not_started_again(asked, seller):
    waiting = asked(GOOD)

    with pytest.raises(ListAtWork):
        again(waiting, seller)

    waiting.refresh_from_db()
    assert waiting.is_queued


def test_list_with_problems_is_not_imported(asked, seller):
    checked = work(asked(["S-2", "Safran", "paire", "1", "2"]), seller)

    with pytest.raises(ListHasProblems):
        ask_to_write(checked, actor=seller.user)

    checked.refresh_from_db()
    assert (checked.state, Product.objects.count()) == (ImportState.CHECKED, 0)


def test_list_that_no_longer_fits_is_looked_at_again_and_not_written(asked, seller):
    work(ask_to_write(work(asked(GOOD), seller), actor=seller.user), seller)
    checked = work(asked(["S-1", "Safran", "kg", "500", "3,30"]), seller)
    ProductList.objects.filter(pk=checked.pk).update(counts={**checked.counts, "problems": 0})

    written = work(ask_to_write(ProductList.objects.get(pk=checked.pk), actor=seller.user), seller)

    assert (written.state, written.counts["problems"]) == (ImportState.CHECKED, 1)
    assert Product.objects.get().unit == "g"


def test_dead_worker_leaves_a_sentence_and_the_work_can_be_asked_for_again(asked, seller, client):
    waiting = asked(GOOD)
    make_silent(waiting)

    page = shown(client, seller, waiting).content.decode()

    assert "has given no sign for ten minutes" in page
    assert "every 2s" not in page
    fresh = again(waiting, seller)
    # The worker that was thought dead wakes up.
    do_asked(waiting.pk, waiting.asked_at, actor=seller.user)
    assert ProductList.objects.get().is_queued
    assert work(fresh, seller).state == ImportState.CHECKED


def test_accident_in_the_task_is_told_and_leaves_nothing(asked, seller, client):
    waiting = asked(GOOD)
    ProductList.objects.update(columns=["code", "title:fr", "unit", "quantity:1", "no such thing"])

    work_on_list.enqueue(waiting.pk, waiting.asked_at.isoformat(), seller.user.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.failure, Product.objects.count()) == (ImportState.FAILED, "stopped", 0)
    assert "the work was interrupted" in shown(client, seller, waiting).content.decode()


def test_fault_in_the_second_batch_leaves_nothing_of_the_first(asked, seller, client):
    rows = [[f"S-{number}", "Safran", *GOOD[2:]] for number in range(BATCH)]
    writing = ask_to_write(work(asked(*rows, ["S-LAST", "Taken", *GOOD[2:]]), seller), actor=seller.user)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE UNIQUE INDEX taken_once ON catalogue_product (organisation_id) WHERE title = 'Taken'"
        )
    # Only the database knows that a colleague came first.
    ProductFactory(organisation=seller.organisation, title="Taken")
    before = [model.objects.count() for model in WRITTEN]

    work_on_list.enqueue(writing.pk, writing.asked_at.isoformat(), seller.user.pk)

    writing.refresh_from_db()
    assert (writing.state, writing.failure, writing.imported_at) == (ImportState.FAILED, "stopped", None)
    assert [model.objects.count() for model in WRITTEN] == before
    assert list(LogEntry.objects.filter(verb="started")) == []
    assert "the work was interrupted" in shown(client, seller, writing).content.decode()


def test_too_long_a_list_stops_with_a_sentence(asked, seller, client):
    stopped = work(asked(*([f"S-{n}"] for n in range(MOST_ROWS + 1))), seller)

    assert (stopped.state, stopped.failure) == (ImportState.FAILED, "rows")
    assert "more than 50,000 rows" in shown(client, seller, stopped).content.decode()


def test_page_looks_again_by_itself_with_and_without_script(asked, seller, client):
    waiting = asked(GOOD)

    page = shown(client, seller, waiting).content.decode()
    piece = shown(client, seller, waiting, headers={"HX-Request": "true"}).content.decode()
    work(waiting, seller)
    last = shown(client, seller, waiting, headers={"HX-Request": "true"})

    assert 'http-equiv="refresh"' in page
    assert 'aria-live="polite"' in page
    assert "The list waits for its turn." in piece
    assert "<html" not in piece
    assert last["HX-Refresh"] == "true"


gone, ended = threading.Event(), threading.Event()
names = []


@task(priority=MAY_WAIT)
def wait_for_the_request():
    names.append((gone.wait(10), threading.current_thread() is threading.main_thread()))
    ended.set()


def test_long_work_of_the_demonstration_does_not_hold_the_request(settings):
    settings.TASKS = {"default": {"BACKEND": "moussem.core.threads.ThreadBackend"}}

    wait_for_the_request.enqueue()
    assert names == []
    gone.set()

    assert ended.wait(10)
    assert names == [(True, False)]
