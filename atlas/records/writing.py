"""Writing tables as they stand in seeds/."""

import csv as comma_separated
import io
from collections.abc import Iterable, Sequence
from typing import Any

from atlas.records.schema import Field, Table


def csv(table: Table, rows: Iterable[Sequence]) -> str:
    """Rows of a table as the CSV that :func:`atlas.records.read` reads.

    :param rows: values in the order of the table's fields, typed as there (None or NaN where missing, lists for lists).
    """
    content = io.StringIO()
    writer = comma_separated.writer(content, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(field, value) for field, value in zip(table.fields, row)] for row in rows)
    return content.getvalue()


def _cell(field: Field, value: Any) -> str:
    if field.separator is not None:
        return field.separator.join(value)
    if value is None or value != value:
        return ""
    match field.type:
        case "boolean":
            return "true" if value else "false" if field.required else ""
        case "number":
            return repr(value).removesuffix(".0")
    return str(value)
