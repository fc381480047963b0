import pytest
from asgiref.sync import SyncToAsync
from django.db import connection

from fairs.live import database, pacing


@pytest.fixture(autouse=True)
def full_buckets():
    """What one test said counts against no other."""
    pacing.buckets.forget()


@pytest.fixture
def live_database(transactional_db):
    """The database as sockets ask it: from threads of their own, which end with the test."""
    yield
    database.let_go()
    # What a test asks the database amid its sockets is asked from a thread of its own as well.
    SyncToAsync.single_thread_executor.submit(lambda: connection.close()).result()
