import os
import socket

import pytest
from django.core.management import CommandError, call_command

from moussem.core import schema
from moussem.core.management.commands import demo

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def demonstration(settings, tmp_path):
    """The settings of a demonstration that keeps its files in a folder of its own."""
    settings.DEMONSTRATION = True
    settings.VAR_DIR = tmp_path / "var"
    for name in ("EMAIL_FILE_PATH", "MEDIA_ROOT", "STATIC_ROOT"):
        setattr(settings, name, tmp_path / "var" / name)
    return settings


def test_port_in_use_is_a_sentence(demonstration):
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match="Nothing was started"):
            call_command("demo", "--port", str(port))

    assert not demonstration.VAR_DIR.exists()


@pytest.mark.parametrize(
    ("named", "stands"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8123"),
        ("https://demo.moussem.example", "https://demo.moussem.example"),
    ],
)
def test_pages_and_mails_name_the_port_that_is_served(settings, monkeypatch, named, stands):
    settings.SITE_URL = named
    monkeypatch.setenv("SITE_URL", named)

    demo.Command().stand_at(8123)

    assert (settings.SITE_URL, os.environ["SITE_URL"]) == (stands, stands)


def test_folder_that_cannot_be_written_is_a_sentence(demonstration, tmp_path):
    demonstration.VAR_DIR = tmp_path / "file"
    demonstration.VAR_DIR.touch()

    with pytest.raises(CommandError, match="Make it writable, or name another folder"):
        call_command("demo", "--no-serve")


def test_settings_of_another_kind_are_refused(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="these settings are not its own"):
        call_command("demo", "--no-serve")


def test_database_of_an_earlier_version_is_set_aside(settings, tmp_path, monkeypatch, capsys):
    old = tmp_path / "moussem.sqlite3"
    old.write_text("orders of yesterday")
    (tmp_path / "moussem.sqlite3-wal").write_text("and of today")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(old))
    monkeypatch.setattr(schema, "is_empty", lambda: False)
    monkeypatch.setattr(
        demo, "connection", type("Connection", (), {"vendor": "sqlite", "close": lambda: None})
    )

    demo.Command().make_room()

    kept, kept_wal = sorted(tmp_path.iterdir())
    assert kept.read_text() == "orders of yesterday"
    assert kept_wal.name == f"{kept.name}-wal"
    assert not old.exists()
