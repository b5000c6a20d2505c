"""A model's rows for statements that are written out.

Every invocation needs a few. Django's compiler puts them together anew each time, which takes longer than the
database does for them; and what its raw queries do around a row takes five times as long as the query.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


class ModelRows(Generic[M]):
    """The columns of a model, in one order. `columns` is what a statement gives back for `instance`."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.table = model._meta.db_table
        self.fields: list[Any] = list(model._meta.concrete_fields)
        self.columns = ", ".join(field.column for field in self.fields)
        self._names = [field.attname for field in self.fields]

    def instance(self, values: Sequence[Any]) -> M:
        """The row whose columns a statement gave back."""
        converted = list(values)
        for place, column, converters in _converters(self, connection.vendor):
            for convert in converters:
                converted[place] = convert(converted[place], column, connection)
        return self.model.from_db(connection.alias, self._names, converted)

    def first(self, statement: str, parameters: Sequence[Any]) -> M | None:
        """The first row that a statement gives back, None without one."""
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            values = cursor.fetchone()
        return self.instance(values) if values else None


@cache
def _converters(rows: ModelRows[Any], vendor: str) -> list[tuple[int, Any, list[Any]]]:
    """Where a value as the driver gives it is not yet the field's, and what makes it that."""
    found = []
    for place, field in enumerate(rows.fields):
        column = field.cached_col
        converters = connection.ops.get_db_converters(column) + field.get_db_converters(connection)
        if converters:
            found.append((place, column, converters))
    return found
