"""The description of the tables: `datapackage.json` (Frictionless Data Package 1, Table Schema).

Beside the standard the description uses keys of its own on fields: `atlas:separator` (the cell is a
list), `atlas:references` (table and column that the cell or its items refer to), `atlas:date` (a
partial date), `atlas:categories` (what `categories` of Table Schema 2 says of a cell, said of the items
of a list); and on tables and fields `atlas:count`: how many rows, or filled cells of the column, there
are to be. The words for allowed values are the labels of the categories.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atlas import LANGUAGES
from atlas.records import described
from atlas.records.problems import InvalidRecords, Problem
from atlas.records.said import Key, key, said

DESCRIPTION = "datapackage.json"


@dataclass(frozen=True)
class Count:
    """Fewer than `floor` are an error, more than `ceiling` are worth a look."""

    floor: int
    ceiling: int


@dataclass(frozen=True)
class Field:
    """One column.

    `references` is the name of the table whose ids it holds, `count` that of its filled cells; `categories` has
    the allowed values and their labels in English, in the order of lists and legends.
    """

    name: str
    type: str
    title: str
    description: str
    required: bool
    unique: bool
    categories: dict[str, str]
    pattern: str | None
    minimum: float | None
    maximum: float | None
    date: bool
    separator: str | None
    references: str | None
    count: Count | None

    @property
    def enum(self) -> tuple[str, ...]:
        """The allowed values; empty for a column that takes any."""
        return tuple(self.categories)

    @property
    def many(self) -> bool:
        """Whether a cell holds a list."""
        return self.separator is not None

    @property
    def key(self) -> Key:
        """The name of the column as sentences have it."""
        return key(self.name, self.title)

    @property
    def free(self) -> bool:
        """Whether a cell holds words of no form: a name, a title, a note."""
        return self.type == "string" and not (self.enum or self.pattern or self.date or self.references)


@dataclass(frozen=True)
class Table:
    """One CSV file. `file` is its path as messages show it, `count` that of its rows."""

    name: str
    file: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    count: Count | None

    @property
    def columns(self) -> list[str]:
        """The names of the columns in their order."""
        return [field.name for field in self.fields]

    def field(self, column: str) -> Field:
        """One column by name."""
        return self.fields[self.columns.index(column)]

    @property
    def key(self) -> Key:
        """The file of the table as sentences have it."""
        return key(f"{self.name}.csv", self.title)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """Columns of one text in Vietnamese, Chinese, English and whatever other language has one.

        Names of places are not texts: each stands only where a source gives it, which the pinyin
        column beside them shows.
        """
        stems = (name.removesuffix("_vi") for name in self.columns if name.endswith("_vi"))
        return [
            tuple(column for code in LANGUAGES if (column := f"{stem}_{code}") in self.columns)
            for stem in stems
            if f"{stem}_pinyin" not in self.columns
        ]

    @property
    def names(self) -> set[str]:
        """Columns of proper names, those of places."""
        return {name for name in self.columns if name.startswith("name_")}.difference(*self.texts)


@dataclass(frozen=True)
class Package:
    """All tables, by name, with the version date and licence of the whole."""

    title: str
    description: str
    version: date
    licence: str
    tables: dict[str, Table]


def schema(folder: str | Path) -> Package:
    """Read `datapackage.json` in a folder.

    Raises InvalidRecords with all that is wrong: it is missing, no description of tables, or lacks what the atlas reads
    (see :mod:`atlas.records.described`).
    """
    path = Path(folder, DESCRIPTION)
    try:
        content = path.read_bytes()
        problems = described.wrong(json.loads(content))
    except OSError:
        problems = [("", None, said("a file that can be read"))]
    except (ValueError, RecursionError) as error:
        problems = [("", None, said("a tabular data package ({error})", error=str(error)))]
    if problems:
        file = path.as_posix()
        raise InvalidRecords(
            [Problem(file, None, place or None, value, expected) for place, value, expected in problems]
        )
    return package(content, folder)


def package(description: bytes, folder: str | Path = "") -> Package:
    """The tables that the content of a `datapackage.json` describes.

    :param folder: where the tables lie, for their paths.
    """
    content = json.loads(description)
    return Package(
        title=content["title"],
        description=content["description"],
        version=date(*map(int, content["version"].split("."))),
        licence=content["licenses"][0]["name"],
        tables={resource["name"]: _table(folder, resource) for resource in content["resources"]},
    )


def _table(folder: str | Path, resource: dict) -> Table:
    key = resource["schema"]["primaryKey"]
    return Table(
        name=resource["name"],
        file=Path(folder, resource["path"]).as_posix(),
        title=resource["title"],
        description=resource["description"],
        fields=tuple(map(_field, resource["schema"]["fields"])),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        count=_count(resource),
    )


def _field(field: dict) -> Field:
    constraints = field.get("constraints", {})
    return Field(
        name=field["name"],
        type=field["type"],
        title=field["title"],
        description=field.get("description", ""),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        categories=_categories(field),
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        date=field.get("atlas:date", False),
        separator=field.get("atlas:separator"),
        references=field["atlas:references"].removesuffix(".id") if "atlas:references" in field else None,
        count=_count(field),
    )


def _categories(field: dict) -> dict[str, str]:
    listed = field.get("atlas:categories", field.get("categories", []))
    return {category["value"]: category["label"] for category in listed}


def _count(node: dict) -> Count | None:
    if "atlas:count" not in node:
        return None
    return Count(**node["atlas:count"])
