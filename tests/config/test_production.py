"""Production settings in a process of their own: settings are read once a process."""

import os
import subprocess
import sys

import pytest

from tests.house.plan import ROOT

pytestmark = pytest.mark.integration

COMPLETE = {
    "SECRET_KEY": "tests-only-" + "aZ3$kQ9!" * 8,
    "DATABASE_URL": "postgresql://moussem@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "moussem.example",
    "SITE_URL": "https://moussem.example",
}


def manage(*command, **environment):
    """Run a management command under production settings and nothing else of this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "moussem.config.settings.production", **environment},
        capture_output=True,
        text=True,
    )


def test_deployment_check_is_clean():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_half_configured(missing):
    done = manage("check", **{name: value for name, value in COMPLETE.items() if name != missing})

    assert done.returncode == 1
    assert "Production needs SECRET_KEY, DATABASE_URL and REDIS_URL" in done.stderr


def test_every_style_and_picture_that_pages_name_is_collected(tmp_path):
    done = manage("collectstatic", "--noinput", "--verbosity", "0", VAR_DIR=str(tmp_path), **COMPLETE)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").is_file()
