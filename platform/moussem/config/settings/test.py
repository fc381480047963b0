"""Tests: the demonstration's shape, on whatever database and cache the environment names."""

import os
from urllib.parse import urlsplit

from moussem.config.settings.base import *

DEBUG = False
SECRET_KEY = "moussem-tests-only-" + "k" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ACCOUNT_RATE_LIMITS = False
# Queries are counted: a test looks for other words or links only where it says so.
LEXICON_LOOKED_AT_EVERY = MENUS_LOOKED_AT_EVERY = float("inf")
# What tests upload stays in memory.
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
# A test that searches says so: an index is no part of the transaction that a test rolls back.
SEARCH_ENGINE = "database"
# Tests that run beside each other empty their caches: each runner has a database of Redis of its own.
RUNNER = os.environ.get("PYTEST_XDIST_WORKER", "")
for each in CACHES.values():
    if RUNNER and "LOCATION" in each:
        path = f"/{1 + int(RUNNER.removeprefix('gw')) % 15}"
        each["LOCATION"] = urlsplit(each["LOCATION"])._replace(path=path).geturl()
