"""The cache in Redis; while it is away or keeps nothing each process counts alone, so that people come in."""

import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, ResponseError, TimeoutError
from redis.retry import Retry

# Asked again only after a while: a server that swallows connections would make every request wait.
LEFT_ALONE_SECONDS = 5
PATIENCE_SECONDS = 1
# Counts of attempts are small; the 300 that Django keeps would let a stranger push others out.
MOST_KEPT_HERE = 20_000
CONNECTION = {
    "socket_connect_timeout": PATIENCE_SECONDS,
    "socket_timeout": PATIENCE_SECONDS,
    # Once again, for a connection that a restart of Redis has ended; never with a pause.
    "retry": Retry(NoBackoff(), 1),
}

# Away, or answering with a refusal: disk full (MISCONF), memory full (OOM), a replica (READONLY), no right.
AWAY = (ConnectionError, TimeoutError, ResponseError)
PROBE = "takes-what-it-is-given"

# By server, for every thread of the process: until when Redis is not asked.
_left_alone_until: dict[str, float] = {}
# Those that refused. They may still be read, but tell what was true before: a write is tried on them first.
_refused: set[str] = set()


class ImpatientRedisCache(RedisCache):
    """Django's Redis cache that says soon that Redis is away, instead of trying for seconds."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**CONNECTION, **params.get("OPTIONS", {})}})


class RedisOrProcessCache(ImpatientRedisCache):
    """The same, and this process's memory while Redis does not answer or keeps nothing."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._server = server
        self._here = LocMemCache(server, {**params, "OPTIONS": {"MAX_ENTRIES": MOST_KEPT_HERE}})

    def _do(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _left_alone_until.get(self._server, 0):
            try:
                if self._server in _refused:
                    super().set(PROBE, 1, timeout=60)
                    _refused.discard(self._server)
                return getattr(super(), verb)(*args, **kwargs)
            except AWAY as error:
                _left_alone_until[self._server] = time.monotonic() + LEFT_ALONE_SECONDS
                if isinstance(error, ResponseError):
                    _refused.add(self._server)
        return getattr(self._here, verb)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._do("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._do("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("delete", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return self._do("get_many", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("has_key", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return self._do("incr", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[str]:
        return self._do("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._do("delete_many", *args, **kwargs)

    def clear(self) -> None:
        self._do("clear")
