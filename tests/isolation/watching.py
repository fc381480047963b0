"""Whether anything at all was written."""

import hashlib

from django.db import connection

from tests.rows import with_rows

# A sign-in writes a session, and nothing else may be written by somebody who is turned away.
UNWATCHED = {"django_session"}


def state_of_the_database() -> str:
    """One word for all rows of all tables but the sessions."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - UNWATCHED
        for table in with_rows(cursor, sorted(tables)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            digest.update(f"{table}{sorted(map(str, cursor.fetchall()))}".encode())
    return digest.hexdigest()
