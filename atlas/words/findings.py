"""What the checks of records find, as a sentence in a language."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from atlas.records import Problem, Remark, Table
from atlas.records.problems import printable, shown
from atlas.words import columns
from atlas.words.translator import Translator

if TYPE_CHECKING:
    from atlas.exports.contributions.asked import Finding

    Found = Problem | Remark | Finding


def told(found: "Found", translate: Translator, tables: Mapping[str, Table]) -> str:
    """Where it is, what stands there and what is said of it, in one printable line.

    :param tables: by name, for titles; what has none there is shown as it is named.
    """
    place = " · ".join(_place(found, translate, tables))
    text = printable(translate.said(found.message))
    return translate("{place}: {text}", place=place, text=text) if place else text


def _place(found: "Found", translate: Translator, tables: Mapping[str, Table]) -> Iterator[str]:
    table, cell = None, None
    if isinstance(found, (Problem, Remark)):
        table = tables.get(found.file.rpartition("/")[2].removesuffix(".csv"))
        yield printable(found.file)
    elif found.sheet:
        table, cell = tables.get(found.sheet), found.cell
        yield _titled(translate(table.title), found.sheet) if table else shown(found.sheet)
    if cell:
        yield translate("cell {cell}", cell=cell)
    elif found.row is not None:
        yield translate("line {row}", row=str(found.row))
    if found.column is not None:
        yield translate.join(column_title(table, name, translate) for name in found.column.split(", "))
    if found.value:
        yield translate("“{value}”", value=shown(translate.said(found.value)))


def column_title(table: Table | None, name: str, translate: Translator) -> str:
    """The title of a column with its name; the name alone where the table has no such column."""
    if table is None or name not in table.columns:
        return shown(name)
    return _titled(columns.title_with_language(table.field(name), translate), name)


def _titled(title: str, name: str) -> str:
    return f"{title} ({name})"
