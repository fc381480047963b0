import ast

import pytest

from tests.house.plan import files, relative

pytestmark = pytest.mark.unit

# What reads the rows of a query, and so locks them.
READS = {"get", "first"}


def forgotten(tree):
    """The lines on which rows are to be locked and the query is dropped unread."""
    for statement in ast.walk(tree):
        call = statement.value if isinstance(statement, ast.Expr) else None
        last = None
        while isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            last = last or call.func.attr
            call = call.func.value
        is_lock = (
            isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "lock_all"
        )
        if is_lock and last not in READS:
            yield statement.lineno


def test_rows_that_are_to_be_locked_are_read():
    """A query locks nothing until it is read: `list(lock_all(…))` where only the lock is wanted."""
    found = [
        (relative(path), line) for path in files(".py") for line in forgotten(ast.parse(path.read_text()))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("lock_all(rows)", [1]),
        ("lock_all(rows).only('pk')", [1]),
        ("list(lock_all(rows))", []),
        ("lock_all(rows).get()", []),
        ("held = lock_all(rows).first()", []),
    ],
)
def test_query_that_is_dropped_unread_is_found(code, lines):
    assert list(forgotten(ast.parse(code))) == lines
