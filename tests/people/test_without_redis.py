"""Sign-in while Redis is away or keeps nothing: people come in, and guessing is still stopped."""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from moussem.config.settings import base
from moussem.core import cache as cache_room
from moussem.core.health import cache_reason
from tests.factories.people import PASSWORD, UserFactory
from tests.fakes.redis_refusing import redis_that_refuses

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOME, ELSEWHERE = "192.0.2.1", "203.0.113.9"


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(autouse=True)
def counted_in_redis(settings, port):
    """Attempts are counted in a Redis at a port where none listens, unless the test starts one."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "moussem.core.cache.RedisOrProcessCache",
            "LOCATION": f"redis://127.0.0.1:{port}/0",
        },
    }


@contextmanager
def redis_at(port):
    """A Redis of this test; it is gone when the block ends."""
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""], stdout=subprocess.DEVNULL
    )
    try:
        for _try in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


def sign_in(user, network, password=PASSWORD):
    client = Client(REMOTE_ADDR=network)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": password})
    return answer.status_code, "_auth_user_id" in client.session


def guess(user, times):
    for _attempt in range(times):
        sign_in(user, ELSEWHERE, "wrong-passphrase")


def test_owner_signs_in_where_no_redis_answers():
    assert sign_in(UserFactory(), HOME) == (302, True)


def test_guessing_is_stopped_where_no_redis_answers():
    user = UserFactory()
    guess(user, 5)

    assert sign_in(user, ELSEWHERE) == (200, False)
    assert sign_in(user, HOME) == (302, True)


@pytest.mark.service
@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server")
def test_redis_that_stops_takes_nobody_the_way_in_and_the_process_counts_on(port):
    user = UserFactory()
    with redis_at(port):
        assert sign_in(user, HOME) == (302, True)
        cache.set("kept", "in Redis")

    assert (sign_in(user, HOME), cache.get("kept")) == ((302, True), None)
    guess(user, 5)
    assert sign_in(user, ELSEWHERE) == (200, False)


REFUSALS = [
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "NOPERM this user has no permissions to run the 'set' command",
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
]


@pytest.fixture
def refusing(settings):
    """The cache in a Redis that may be read and refuses to be written to."""

    @contextmanager
    def with_words(refusal):
        with redis_that_refuses(refusal) as redis:
            settings.CACHES = {
                **settings.CACHES,
                "default": {**settings.CACHES["default"], "LOCATION": redis.url},
                "shared": {"BACKEND": "moussem.core.cache.ImpatientRedisCache", "LOCATION": redis.url},
            }
            yield redis

    return with_words


@pytest.mark.parametrize("refusal", REFUSALS)
def test_owner_signs_in_where_redis_keeps_nothing(refusing, refusal):
    with refusing(refusal):
        assert sign_in(UserFactory(), HOME) == (302, True)


@pytest.mark.parametrize("seconds", [5, 0])
def test_guessing_is_stopped_where_redis_may_only_be_read(refusing, monkeypatch, seconds):
    monkeypatch.setattr(cache_room, "LEFT_ALONE_SECONDS", seconds)
    user = UserFactory()
    with refusing(REFUSALS[0]):
        guess(user, 5)

        assert sign_in(user, ELSEWHERE) == (200, False)
        assert sign_in(user, HOME) == (302, True)


def test_redis_is_used_again_once_it_keeps_what_it_is_given(refusing, monkeypatch):
    monkeypatch.setattr(cache_room, "LEFT_ALONE_SECONDS", 0)
    with refusing(REFUSALS[0]) as redis:
        cache.set("kept", "here")
        assert cache.get("kept") == "here"

        redis.refusal = None

        assert cache.get("kept") is None


def test_health_says_that_redis_refuses(refusing):
    with refusing(REFUSALS[0]):
        assert (cache_reason() or "").startswith("The cache answers, but refuses what it is told")
