"""The data dictionary: the schema as a page to read."""

from pathlib import Path

from atlas.records.dates import FIRST_YEAR, LAST_YEAR
from atlas.records.schema import Field, Table, schema

INTRODUCTION = """\
Every table is a CSV file in `seeds/`: UTF-8, columns separated by commas, one line a record, columns
in the order given here. `seeds/datapackage.json` describes the tables for programs (Frictionless
Data Package); this page is made from it.

- **Empty** means unknown or not applicable. Nothing is filled in by guess.
- **Dates** are partial: `2016`, `2013-09` or `2013-09-04`, as much as the source says, from {first} to {last}.
  Two dates conflict only if no reading of both fits.
- **Lists** stand in one cell, items separated by `;`.
- **References** hold the id of a record in the table named.
- **Texts** for readers stand in Vietnamese, Chinese and English (`_vi`, `_zh`, `_en`), all three or none.
- **Booleans** are `true`, `false` or empty, which means false.

Accepted and made uniform while reading: a byte order mark, any line ends, decomposed diacritics
(composed to NFC), non-breaking and ideographic spaces, blanks around a cell, `TRUE` and `1` for
true, `FALSE` and `0` for false. Everything else that departs from this page is refused with a
message that names file, line, column, value and what was expected (`python -m atlas validate`).
What is allowed but worth a look is listed by `python -m atlas check`. Where a number of rows or filled
cells is expected (`atlas:count`), fewer are refused and more are listed by the check.
"""


def dictionary(folder: str | Path) -> str:
    """The data dictionary of the tables in a folder, in Markdown."""
    package = schema(folder)
    parts = [
        "# Data dictionary",
        package.description,
        f"Version {package.version}, licence {package.licence}.",
        INTRODUCTION.format(first=FIRST_YEAR, last=LAST_YEAR).rstrip(),
        *map(_table, package.tables.values()),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rows = "\n".join(map(_row, table.fields))
    return (
        f"## {table.title} (`{Path(table.file).name}`)\n\n"
        f"{table.description} Key: {', '.join(f'`{column}`' for column in table.primary_key)}."
        f"{_expected(table)}\n\n"
        f"| Column | Title | Holds | Description |\n| --- | --- | --- | --- |\n{rows}"
    )


def _expected(table: Table) -> str:
    """The floors and ceilings of a table and its columns."""
    counted = [("rows", table.count)] + [(f"filled `{field.name}`", field.count) for field in table.fields]
    said = [f"{what} {count.floor:,} to {count.ceiling:,}" for what, count in counted if count]
    return f" Expected: {', '.join(said)}." if said else ""


def _row(field: Field) -> str:
    cells = (f"`{field.name}`", field.title, _holds(field), field.description)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _value(category: tuple[str, str]) -> str:
    value, label = category
    return f"`{value}`" if label.lower() == value.replace("_", " ") else f"`{value}` ({label})"


def _holds(field: Field) -> str:
    kind = "partial date" if field.date else "text" if field.type == "string" else field.type
    if field.references:
        kind = f"id in `{field.references}`"
    elif field.enum:
        kind = "one of " + ", ".join(map(_value, field.categories.items()))
    if field.many:
        kind = f"list: {kind}"
    limits = [
        f"{word} {limit:g}" for word, limit in (("from", field.minimum), ("to", field.maximum)) if limit is not None
    ]
    presence = ["required"] if field.required else []
    return ", ".join([" ".join([kind, *limits]), *presence])
