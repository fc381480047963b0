from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moussem.core.models import OutboxMessage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_health_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("core:healthz"))

    assert response.json() == {"alive": True}


def test_readiness_names_every_check(client, settings):
    settings.ELASTICSEARCH_URL = None

    response = client.get(reverse("core:readyz"))

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "checks": {"database": "ok", "cache": "ok", "search": "ok", "outbox": "ok", "files": "ok"},
    }
    assert "no-cache" in response.headers["Cache-Control"]


def test_readiness_fails_when_nobody_empties_the_outbox(client, settings):
    settings.ELASTICSEARCH_URL = None
    OutboxMessage.objects.create(kind="mail", payload={}, next_try_at=timezone.now() - timedelta(minutes=16))

    response = client.get(reverse("core:readyz"))

    assert response.status_code == 503
    assert response.json()["ready"] is False
    assert response.json()["checks"]["outbox"] == (
        "1 outbox messages were due more than 15 minutes ago: is the worker running?"
    )


def test_site_stays_ready_without_elasticsearch_and_says_that_it_does_not_answer(client, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    response = client.get(reverse("core:readyz"))

    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert response.json()["checks"]["search"] == "Elasticsearch does not answer."


def test_site_stays_ready_without_redis_and_says_that_it_does_not_answer(client, settings):
    settings.ELASTICSEARCH_URL = None
    away = {"BACKEND": "moussem.core.cache.ImpatientRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "shared": away}

    response = client.get(reverse("core:readyz"))

    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert response.json()["checks"]["cache"] == "The cache does not answer."


def kept_on_disk(settings, **folders):
    """The site with its files in these folders."""
    kept = {
        alias: {"BACKEND": "moussem.core.storage.DiskStorage", "OPTIONS": {"location": folder}}
        for alias, folder in folders.items()
    }
    settings.STORAGES = {**settings.STORAGES, **kept}


def test_readiness_tries_the_disks_and_leaves_nothing_there(client, settings, tmp_path):
    settings.ELASTICSEARCH_URL = None
    kept_on_disk(settings, default=tmp_path, private=tmp_path)

    assert client.get(reverse("core:readyz")).status_code == 200

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("alias", "place"),
    [("default", "pictures and public papers (media)"), ("private", "private papers (private)")],
)
def test_readiness_fails_when_a_disk_takes_no_file(client, settings, tmp_path, alias, place):
    settings.ELASTICSEARCH_URL = None
    # Below a file there is no folder to write to, for any person.
    (tmp_path / "file").write_text("")
    kept_on_disk(settings, **{alias: tmp_path / "file" / "folder"})

    response = client.get(reverse("core:readyz"))

    assert response.status_code == 503
    assert response.json()["checks"]["files"] == (
        f"The disk of the {place} takes no file: is it full, or not ours to write?"
    )
