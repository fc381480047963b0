"""The rows that a test wrote: which tables hold any, and how a database forgets them quickly.

Of more than two hundred tables a test fills twenty. Asking and emptying only those keeps the tests that look
at everything, and those that commit, nearly as quick as the others.
"""

from collections.abc import Callable, Iterable
from typing import Any

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
