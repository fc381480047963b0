"""Scenes shared by every storey."""

import gc
import os

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase
from django.utils import translation

from catalogue.concepts import words_now
from cms.menus import held as menus_now
from moussem.core.schema import go_beyond_models
from tests.isolation.watching import state_of_the_database
from tests.rows import Emptying, may_empty

# In CI every service is there: a test that says otherwise has not been run, and that is a failure.
NO_SKIPS = bool(os.environ.get("MOUSSEM_NO_SKIPS"))
NEVER_SKIPPED = {"service", "e2e"}


def pytest_addoption(parser):
    parser.addoption(
        "--first-cases",
        action="store_true",
        help="of each test that opens the database its first case alone (docs/decisions/0022)",
    )


def pytest_collection_modifyitems(config, items):
    """Leave out what another run asks of another database with more cases."""
    if not config.getoption("--first-cases"):
        return
    kept, left_out, known = [], [], set()
    for item in items:
        function = item.nodeid.partition("[")[0]
        is_repeated = function in known and item.get_closest_marker("integration")
        (left_out if is_repeated else kept).append(item)
        known.add(function)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A skipped service or browser test fails where skips are forbidden."""
    report = yield
    if NO_SKIPS and report.skipped and NEVER_SKIPPED & {mark.name for mark in item.iter_markers()}:
        report.outcome = "failed"
        report.longrepr = f"skipped although MOUSSEM_NO_SKIPS is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """A module that skips itself fails where skips are forbidden."""
    report = yield
    if NO_SKIPS and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"skipped although MOUSSEM_NO_SKIPS is set: {report.longrepr}"
    return report


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again took a fifth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with what migrations do beyond models: `--nomigrations` leaves it out."""
    flush = TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock():
        go_beyond_models()
        # Translations note the last migration of what they translate: without any, the table is empty.
        MigrationRecorder(connection).ensure_schema()
        if may_empty():
            # What is called on a test case must be a function of its class.
            empty = Emptying(flush)
            TransactionTestCase._fixture_teardown = lambda case: empty(case)
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def english():
    """A page opened in French leaves its language behind; every test begins in English."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def words_of_the_files():
    """What a test changed of the words that searches know is rolled back, but for what the process holds."""
    words_now.hold_files()


@pytest.fixture(autouse=True)
def menus_without_links():
    """Links that an editor of a test put into a menu end with it, in the process as in the database."""
    menus_now.hold_none()


@pytest.fixture
def refused():
    """Runs something that must be refused; the refusal, once it is sure that nothing was written."""

    def run(refusal, act, *args, **told):
        before = state_of_the_database()
        with pytest.raises(refusal) as caught:
            act(*args, **told)
        assert type(caught.value) is refusal
        assert state_of_the_database() == before
        return caught.value

    return run
