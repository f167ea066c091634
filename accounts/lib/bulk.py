from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, models, router, transaction


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model with COPY: several times faster than bulk_create.

    Keys are drawn beforehand and set on the objects. As with bulk_create, save() is not
    called; every column is sent, so defaults of the database do not apply.
    """
    if not rows:
        return
    model = type(rows[0])
    using = router.db_for_write(model)
    connection = connections[using]
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with (
        transaction.atomic(using=using, savepoint=False),
        connection.cursor() as cursor,
    ):
        _draw_keys(cursor, model, rows)
        # Django wraps what a cursor raises, but not what its copy() does.
        with connection.wrap_database_errors, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([_prepared(row, field, connection) for field in fields])
    for row in rows:
        row._state.adding = False
        row._state.db = using


def _draw_keys(
    cursor: Any, model: type[models.Model], rows: Sequence[models.Model]
) -> None:
    key = model._meta.pk
    assert key is not None
    keyless = [row for row in rows if row.pk is None]
    if not keyless:
        return
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [model._meta.db_table, key.column, len(keyless)],
    )
    for row, (value,) in zip(keyless, cursor.fetchall(), strict=True):
        row.pk = value


def _prepared(row: models.Model, field: models.Field[Any, Any], connection: Any) -> Any:
    value = field.pre_save(row, add=True)
    return field.get_db_prep_save(value, connection)
