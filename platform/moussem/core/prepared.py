"""A question to the database whose SQL is put together once and asked with other values.

Django narrows, copies and compiles a queryset at every call: for a wide row with subqueries that takes longer
than the database needs to answer. What is asked on every page is prepared instead:

    _mine = Prepared(Basket.objects.filter(owner=told("owner")))
    _mine.ask(owner=user.pk)

Only for reading: a lock or a write goes through a queryset of its own. Whatever changes with the day, the
language or the moment is either told or part of the key under which the question is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import BigAutoField, Expression, Field, IntegerField, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Told(Expression):
    """The place of a value that is told when the question is asked."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Sequence[Any]]:
        """A placeholder, and this place as its parameter."""
        return "%s", (self,)


def told(name: str, output_field: Field | None = None) -> Told:
    """The place of a value in a filter; that of a key where no field says otherwise."""
    return Told(name, output_field or BigAutoField())


class Prepared(Generic[Row]):
    """One question; it may be kept for the life of a process and asked by any thread."""

    def __init__(self, question: QuerySet[Any, Row]) -> None:
        self.question = question
        self._compiled: dict[str, tuple[SQLCompiler, str, Sequence[Any]]] = {}
        self._compiling = Lock()

    def ask(self, **values: Any) -> list[Row]:
        """The rows for these values, with what the question prefetches. KeyError where one is not told."""
        rows = self.question.all()
        # Past the setter, which would make dictionaries of rows that are asked for as tuples.
        rows._query = _Compiled(self, values)
        return list(rows)

    def first(self, **values: Any) -> Row | None:
        """The first of the rows, if there is one; a question for one row ends in ``[:1]``."""
        return next(iter(self.ask(**values)), None)

    def compiler(self, alias: str, values: dict[str, Any]) -> SQLCompiler:
        """A compiler that has nothing left to do but run."""
        connection = connections[alias]
        # One at a time: compiling changes a query for as long as it lasts, and of two first askers one
        # would take the joins from under the other.
        with self._compiling:
            if alias not in self._compiled:
                compiler = self.question.query.get_compiler(alias)
                self._compiled[alias] = (compiler, *compiler.as_sql())
        kept, sql, places = self._compiled[alias]
        params = [
            _sendable(place.output_field, values[place.name], connection)
            if isinstance(place, Told)
            else place
            for place in places
        ]
        # A compiler belongs to one run, and a connection to one thread.
        compiler = copy(kept)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (sql, params)
        return compiler


def bring(relation: str, rows: Sequence[Model], parts: Iterable[Model]) -> None:
    """Give rows the parts that point at them, where ``row.<relation>.all()`` looks for what was prefetched.

    For parts that a prepared question read. They are a tuple: narrowing them further is an error, and never
    reads the parts of other rows.
    """
    if not rows:
        return
    pointer = rows[0]._meta.get_field(relation).remote_field.attname
    of: dict[Any, list[Model]] = defaultdict(list)
    for part in parts:
        of[getattr(part, pointer)].append(part)
    for row in rows:
        row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = tuple(of[row.pk])


def _sendable(field: Field, value: Any, connection: Any) -> Any:
    """The value as the database takes it; a number longer than any row's becomes the last there can be."""
    sent = field.get_db_prep_value(value, connection)
    if not isinstance(field, IntegerField) or sent is None:
        return sent
    least, most = connection.ops.integer_field_range(field.get_internal_type())
    return min(max(sent, least), most)


class _Compiled:
    """Stands in for the query of one run; all but the compiling is the question's own."""

    def __init__(self, prepared: Prepared[Any], values: dict[str, Any]) -> None:
        self._prepared, self._values = prepared, values

    def get_compiler(self, using: str, **options: Any) -> SQLCompiler:
        return self._prepared.compiler(using, self._values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._prepared.question.query, name)
