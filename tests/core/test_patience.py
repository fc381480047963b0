"""Pages give up on a database that hangs; commands do not."""

import os
import subprocess
import sys

import pytest

from tests.house.plan import ROOT

URL = "postgresql://moussem@127.0.0.1:1/none?sslmode=disable&options=-c%20work_mem%3D8MB"
TOLD = "from django.db import connection; print(connection.settings_dict['OPTIONS'])"
HURRIED = f"import moussem.config.asgi; {TOLD}"
READY = f"import django; django.setup(); {TOLD}"
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "moussem.config.settings.demo",
    "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
    "DATABASE_URL": URL,
}

pytestmark = pytest.mark.integration


def options(program, **more):
    """What a process of its own asks of PostgreSQL."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, **ENVIRONMENT, **more}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_page_waits_for_a_statement_and_a_lock_no_longer_than_the_settings_say():
    told = options(HURRIED, DATABASE_STATEMENT_SECONDS="7", DATABASE_LOCK_SECONDS="0")

    assert "'options': '-c statement_timeout=7s -c work_mem=8MB'" in told


def test_command_waits_as_long_as_it_needs_but_not_for_a_connection():
    told = options(READY)

    assert ("'connect_timeout': 5" in told, "'sslmode': 'disable'" in told) == (True, True)
    assert "'options': '-c work_mem=8MB'" in told
