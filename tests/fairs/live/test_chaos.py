"""Nothing is lost, doubled or disordered while workers die and Redis is away: real processes and servers."""

import asyncio
import shutil

import pytest
from django.conf import settings
from django.db import connection

from bench import live_site
from bench.crowd import Crowd
from tests.factories.live import guest_of, session_room
from tests.fairs.live.wires import cookie_of
from tests.races import on_postgresql

pytestmark = [
    *on_postgresql,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server"),
]
SENDERS, SECONDS = 20, 1.0


@pytest.fixture
def redis(tmp_path):
    """A Redis of its own: others would not like what happens to it."""
    one = live_site.Redis(tmp_path)
    yield one
    one.end()


@pytest.fixture
def site(tmp_path, redis):
    """Two workers on the database of the test."""
    kept = connection.settings_dict
    address = f"postgresql://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"
    environment = {
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "DATABASE_URL": address,
        "REDIS_URL": redis.url,
        "VAR_DIR": str(tmp_path),
        "LIVE_DRAIN_SECONDS": "1",
    }
    one = live_site.Site(
        "moussem.config.asgi:application", environment, workers=2, core=None, folder=tmp_path
    )
    one.ready()
    yield one
    one.end()


def test_nothing_is_lost_when_workers_are_renewed_and_killed_and_redis_comes_and_goes(redis, site):
    rooms = [session_room(), session_room()]
    seats = [(cookie_of(guest_of(room)), room.pk) for room in rooms for _number in range(SENDERS // 2)]

    crowd, missing = asyncio.run(talked(site, redis, seats))

    log = live_site.log_of([room.pk for room in rooms])
    assert crowd.verdict(log, missing) == (0, 0, 0)
    assert len(crowd.acked) == crowd.written == len(log)
    # It was as bad as it was meant to be.
    assert min(crowd.closes[1012], crowd.closes[1006], crowd.written - SENDERS * 5) > 0
    # Nobody who was sent away came upon somebody who was leaving as well, again and again.
    assert crowd.closes[1012] <= 2 * SENDERS


async def talked(site, redis, seats):
    """Everybody writes once a second while it happens; the crowd, and how many entries somebody never saw."""
    crowd = Crowd(live_site.HOST, site.port, keeps=True)
    for cookie, room in seats:
        crowd.add(cookie, [room])
    await crowd.connect(20)
    talking = [crowd.start(crowd.speak(one.rooms[0], [one], SECONDS)) for one in crowd.clients]
    for deed in (
        site.renew,
        lambda: redis.say("DEBUG", "SLEEP", 3),
        site.kill_one,
        redis.end,
        redis.begin,
        lambda: redis.say("FLUSHALL"),
    ):
        await asyncio.sleep(2)
        await asyncio.to_thread(deed)
    await asyncio.sleep(2)
    for task in talking:
        task.cancel()
    missing = await crowd.settle(60)
    await crowd.leave()
    return crowd, missing
