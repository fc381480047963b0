"""What another process does while ours is in the middle of something."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def just_before(column, act):
    """``act`` happens once, just before the first query that reads a column."""
    waiting = [act]

    def at_a_query(execute, sql, params, many, context):
        if waiting and sql.startswith("SELECT") and column in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(at_a_query):
        yield
    assert not waiting, f"nothing read {column}"
