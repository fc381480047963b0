"""The rows that a test wrote: which tables hold any, and how a database forgets them quickly.

Of more than two hundred tables a test fills twenty. Asking and emptying only those keeps the tests that look
at everything, and those that commit, nearly as quick as the others.
"""

from collections.abc import Callable, Iterable
from datetime import time
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import TransactionTestCase

# Django fills these with the tables; where a test left them alone they need not be made again.
COME_WITH_THE_TABLES = ("auth_permission", "django_content_type", "django_site")


def with_rows(cursor: Any, tables: Iterable[str]) -> list[str]:
    """Those of the tables that are not empty, by one question."""
    ask, quote = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {1})", connection.ops.quote_name
    cursor.execute(" UNION ALL ".join(ask.format(table, quote(table)) for table in tables))
    return sorted(table for (table,) in cursor.fetchall())


class Emptying:
    """In place of Django's flush on PostgreSQL, which truncates every table after each test that commits."""

    def __init__(self, flush: Callable[[TransactionTestCase], None]) -> None:
        self.flush = flush
        self.at_first = self._what_comes_with_the_tables()

    def __call__(self, case: TransactionTestCase) -> None:
        if self._what_comes_with_the_tables() == self.at_first:
            self._delete_rows()
        else:
            self.flush(case)
            self.at_first = self._what_comes_with_the_tables()

    def _delete_rows(self) -> None:
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        with transaction.atomic(), connection.cursor() as cursor:
            # No foreign key is asked: what refers to a row goes as well.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in with_rows(cursor, sorted(tables.difference(COME_WITH_THE_TABLES))):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")

    def _what_comes_with_the_tables(self) -> list[tuple[str | None]]:
        ask = "SELECT md5(string_agg(one::text, ' ' ORDER BY id)) FROM {0} AS one"
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(ask.format(table) for table in COME_WITH_THE_TABLES))
            return cursor.fetchall()


def may_empty() -> bool:
    """Only who rules a PostgreSQL may delete without asking the foreign keys."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


class Brought:
    """The rows that something brings into an empty house, brought again by plain inserts.

    What is slow to write is written once a process. Rows name kinds and permissions by their numbers: where
    those are others, or a table of theirs holds rows already, it is written anew.
    """

    def __init__(self, bring: Callable[[], Any]) -> None:
        self.bring = bring
        self.under: list[tuple[int, str]] = []
        self.rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}

    def __call__(self) -> None:
        # Rows refer to each other in any order: keys are asked when all are there.
        with transaction.atomic(), connection.cursor() as cursor:
            under = self._numbers(cursor)
            if self.rows and under == self.under and not with_rows(cursor, self._tables_of_its_own()):
                self._insert(cursor)
            else:
                self._bring_and_read(cursor, under)

    def _bring_and_read(self, cursor: Any, under: list[tuple[int, str]]) -> None:
        tables = sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))
        before = {table: self._read(cursor, table)[1] for table in with_rows(cursor, tables)}
        self.bring()
        self.under, self.rows = under, {}
        for table in with_rows(cursor, tables):
            columns, rows = self._read(cursor, table)
            if new := [row for row in rows if row not in before.get(table, [])]:
                self.rows[table] = (columns, new)

    def _tables_of_its_own(self) -> list[str]:
        return [table for table in self.rows if table not in COME_WITH_THE_TABLES]

    def _numbers(self, cursor: Any) -> list[tuple[int, str]]:
        """Kinds and permissions that were there before, as other rows name them."""
        cursor.execute("SELECT id, model FROM django_content_type ORDER BY id")
        kinds = cursor.fetchall()
        cursor.execute("SELECT id, codename FROM auth_permission ORDER BY id")
        return kinds + cursor.fetchall()

    def _read(self, cursor: Any, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()

    def _insert(self, cursor: Any) -> None:
        quote = connection.ops.quote_name
        for table, (columns, rows) in self.rows.items():
            names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            # SQLite reads an hour as an hour, and takes it as words only.
            told = [[str(value) if isinstance(value, time) else value for value in row] for row in rows]
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", told)
        models = [model for model in apps.get_models() if model._meta.db_table in self.rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
