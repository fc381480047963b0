"""The schema built directly and the schema built by migrations are the same, on a real PostgreSQL."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

URL = os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not URL.startswith("postgres"), reason="DATABASE_URL names no PostgreSQL"),
]

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
           pg_get_expr(d.adbin, d.adrelid)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d
      ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'm') AND c.relnamespace = 'public'::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
NAME = re.compile(r"INDEX \S+ ON")


def database(name):
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))


@pytest.fixture
def built():
    """Builds a fresh database with a management command and reads its schema back."""
    names = []

    def build(name, *command):
        with psycopg.connect(URL, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}"')
            server.execute(f'CREATE DATABASE "{name}"')
        names.append(name)
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": database(name),
                "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
            },
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return read(name)

    yield build
    with psycopg.connect(URL, autocommit=True) as server:
        for name in names:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def read(name):
    """Columns, constraints and indexes without their order and the names of indexes."""
    with psycopg.connect(database(name)) as connection:
        return {
            "columns": sorted(map(str, connection.execute(COLUMNS))),
            "constraints": sorted(map(str, connection.execute(CONSTRAINTS))),
            "indexes": sorted(
                str((table, NAME.sub("INDEX ON", text))) for table, text in connection.execute(INDEXES)
            ),
            "migrations": sorted(connection.execute("SELECT app, name FROM django_migrations")),
        }


def test_both_ways_give_the_same_schema(built):
    direct = built("moussem_direct", "build_schema")
    migrated = built("moussem_migrated", "migrate", "--verbosity", "0")

    differences = {
        part: (
            sorted(set(direct[part]) - set(migrated[part])),
            sorted(set(migrated[part]) - set(direct[part])),
        )
        for part in direct
    }
    assert differences == {part: ([], []) for part in direct}
    assert direct == migrated
