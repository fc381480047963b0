"""Whether this process can serve: a check answers nothing when all is well, else the reason in a sentence."""

import base64
import uuid
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.utils import timezone

from moussem.core.errors import DiskRefuses
from moussem.core.models import OutboxMessage

STUCK_AFTER = timedelta(minutes=15)
PATIENCE_SECONDS = 3
# The places of files, as an operator knows them. A full disk may still take a few bytes, so more are written.
PLACES = {"default": "pictures and public papers (media)", "private": "private papers (private)"}
TRIED = b"x" * 64 * 1024


def database_reason() -> str | None:
    """Why the database cannot be used, if it cannot."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "The database does not answer."
    return None


def cache_reason() -> str | None:
    """Why the cache cannot be used, if it cannot."""
    # Imported here because a demonstration never needs Redis's client.
    from redis.exceptions import RedisError, ResponseError

    shared = caches["shared"]
    try:
        shared.set("readyz", "asked", timeout=60)
        kept = shared.get("readyz")
    except ResponseError:
        return "The cache answers, but refuses what it is told: is its disk or memory full, is it a replica?"
    except (RedisError, OSError):
        return "The cache does not answer."
    return None if kept == "asked" else "The cache does not keep what it is given."


def search_reason() -> str | None:
    """Why Elasticsearch cannot be used, if one is set and it cannot."""
    if not settings.ELASTICSEARCH_URL:
        return None
    parts = urlsplit(settings.ELASTICSEARCH_URL)
    request = Request(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/_cluster/health")  # noqa: S310 - an operator's own address
    if parts.username:
        secret = base64.b64encode(f"{parts.username}:{parts.password or ''}".encode()).decode()
        request.add_header("Authorization", f"Basic {secret}")
    try:
        with urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            healthy = b'"status":"red"' not in answer.read()
    except OSError:
        return "Elasticsearch does not answer."
    return None if healthy else "Elasticsearch has lost part of its data (status red)."


def outbox_reason() -> str | None:
    """Why what is posted does not leave, if nobody has picked up what was due a while ago."""
    late = timezone.now() - STUCK_AFTER
    try:
        waiting = OutboxMessage.objects.filter(delivered_at=None, next_try_at__lt=late).count()
    except DatabaseError:
        return "The outbox cannot be read: is the schema in place?"
    if not waiting:
        return None
    return f"{waiting} outbox messages were due more than 15 minutes ago: is the worker running?"


def files_reason() -> str | None:
    """Why what people send cannot be kept, if a small file cannot be written and removed."""
    for alias, place in PLACES.items():
        storage = storages[alias]
        try:
            storage.delete(storage.save(f"readyz-{uuid.uuid4().hex}", ContentFile(TRIED)))
        except (DiskRefuses, OSError):
            return f"The disk of the {place} takes no file: is it full, or not ours to write?"
    return None


CHECKS: dict[str, Callable[[], str | None]] = {
    "database": database_reason,
    "cache": cache_reason,
    "search": search_reason,
    "outbox": outbox_reason,
    "files": files_reason,
}


# What the site does without for a while: the database answers for the search, each process for the cache.
DOES_WITHOUT = frozenset({"search", "cache"})


def reasons_not_well() -> dict[str, str]:
    """What is not as it should be, by the name of the check."""
    return {name: reason for name, check in CHECKS.items() if (reason := check())}
