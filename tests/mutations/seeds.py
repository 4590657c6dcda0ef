"""Folders of tables: parts of the real ones, in which texts, rows, columns and the description are changed by number.

What `validate` accepts is built and then opened and exported; of a range of numbers some pages and kinds of files each,
of one number alone all of them.
"""

import copy
import csv
import io
import json
import random
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from atlas import DATA, SEEDS, build, records
from atlas.exports import formats
from atlas.model import store
from atlas.model.atlas import assemble
from atlas.records import Field, Package, loading
from tests.mutations import odd, shown
from tests.mutations.apart import HOLDS

Tables = dict[str, tuple[list[str], list[list[str]]]]  # columns and rows
SHARES = (0, 0.003, 0.01, 0.05)  # of the rows of every table
SOME = 3  # pages, and kinds of files, that one of many numbers is asked for


@cache
def real() -> tuple[dict, Package, dict[str, list[dict]]]:
    """The description without its counts, what it says, and the rows of every table."""
    described = json.loads((SEEDS / records.DESCRIPTION).read_text("utf-8"), object_hook=_uncounted)
    package = records.schema(SEEDS)
    rows = {}
    for name, table in package.tables.items():
        with open(table.file, encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return described, package, rows


def _uncounted(described: dict) -> dict:
    return {name: value for name, value in described.items() if name != "atlas:count"}


def part(chance: random.Random, share: float) -> Tables:
    """A share of the rows of every table, and all that they need."""
    _, package, rows = real()
    chosen = {name: {at for at in range(len(all_of)) if chance.random() < share} for name, all_of in rows.items()}
    for name in chance.sample(list(rows), chance.choice((0, 0, 2))):
        chosen[name] = set()
    chosen["places"] |= {_places_of()[0]["places"][one] for one in units()}
    ways = [(name, at) for name, kept in chosen.items() for at in kept]
    while ways:
        for name, at in _needed(*ways.pop()):
            if at not in chosen[name]:
                chosen[name].add(at)
                ways.append((name, at))
    return {
        name: (table.columns, [list(rows[name][at].values()) for at in sorted(chosen[name])])
        for name, table in package.tables.items()
    }


@cache
def _places_of() -> tuple[dict[str, dict[str, int]], dict[tuple[str, str], list[int]]]:
    """Where the record of an id stands in its table; and where those stand that belong to a record."""
    _, _, rows = real()
    own = {
        name: {row["id"]: at for at, row in enumerate(all_of)}
        for name, all_of in rows.items()
        if all_of and "id" in all_of[0]
    }
    parts: dict[tuple[str, str], list[int]] = {}
    for name, column in (("twinning_members", "twinning"), ("discrepancy_statements", "discrepancy")):
        for at, row in enumerate(rows[name]):
            parts.setdefault((name, row[column]), []).append(at)
    return own, parts


def _needed(name: str, at: int) -> list[tuple[str, int]]:
    _, package, rows = real()
    own, parts = _places_of()
    row = rows[name][at]
    found = [
        (field.references, own[field.references][one])
        for field in package.tables[name].fields
        if field.references
        for one in row[field.name].split(";")
        if one
    ]
    for other in ("twinning_members", "discrepancy_statements"):
        found += [(other, one) for one in parts.get((other, row.get("id", "")), ())]
    return found


def value_for(chance: random.Random, field: Field, tables: Tables) -> str:
    """A value that a column may have, if an odd one."""
    if field.references:
        ids = [row[0] for row in tables[field.references][1]] or ["nothing"]
        return ";".join(chance.sample(ids, min(len(ids), chance.choice((1, 1, 2, 9)) if field.many else 1)))
    if field.enum:
        return ";".join(chance.sample(field.enum, chance.randint(1, len(field.enum)) if field.many else 1))
    if field.date:
        return chance.choice(odd.DATES)
    if field.type == "boolean":
        return chance.choice(("true", "false", "TRUE", "1", ""))
    if field.type in ("integer", "number"):
        return chance.choice(odd.NUMBERS)
    match field.name:
        case "language":
            return chance.choice(odd.LANGUAGES)
        case "url":
            return chance.choice(odd.ADDRESSES)
        case "term":
            return chance.choice(("P1Y", "P0Y", "P999999999Y", "P99999999999999999999M", "P٣Y", "P18M", "P8000Y"))
        case "slug" | "id":
            return chance.choice(odd.IDS)
    said = odd.text(chance)
    return ";".join(said for _ in range(chance.choice((1, 3)))) if field.many else said


def of_values(chance: random.Random, tables: Tables, described: dict) -> None:
    """Cells have values that their columns may have."""
    _, package, _ = real()
    for _ in range(chance.choice((1, 2, 5, 20))):
        name = chance.choice([one for one, (_, rows) in tables.items() if rows] or ["sources"])
        _, rows = tables[name]
        if rows:
            fields = package.tables[name].fields
            at = chance.randrange(len(fields))
            rows[chance.randrange(len(rows))][at] = value_for(chance, fields[at], tables)


def of_one_text(chance: random.Random, tables: Tables, described: dict) -> None:
    """A free text, in each of its languages, is an odd one, in some or all rows."""
    _, package, _ = real()
    name = chance.choice(list(tables))
    columns, rows = tables[name]
    texts = [*package.tables[name].texts, *((field.name,) for field in package.tables[name].fields if field.free)]
    if texts:
        chosen = chance.choice(texts)
        said = odd.text(chance)
        for row in rows if chance.random() < 0.5 else rows[:1]:
            for column in chosen:
                row[columns.index(column)] = said


def of_columns_emptied(chance: random.Random, tables: Tables, described: dict) -> None:
    """Columns that need no value have none anywhere."""
    _, package, _ = real()
    for name in chance.sample(list(tables), chance.choice((1, 3, len(tables)))):
        columns, rows = tables[name]
        for field in package.tables[name].fields:
            if not field.required and chance.random() < 0.4:
                for row in rows:
                    row[columns.index(field.name)] = ""


def of_rows(chance: random.Random, tables: Tables, described: dict) -> None:
    """Rows are away, twice, in another order, too long or empty."""
    for _ in range(chance.randint(1, 3)):
        columns, rows = tables[chance.choice(list(tables))]
        match chance.randrange(6):
            case 0:
                rows.clear()
            case 1:
                chance.shuffle(rows)
            case 2 if rows:
                rows.append(list(chance.choice(rows)))
            case 3 if rows:
                del rows[chance.randrange(len(rows))]
            case 4 if rows:
                chance.choice(rows).append(odd.text(chance))
            case 5:
                rows.append([""] * len(columns))


def of_ids(chance: random.Random, tables: Tables, described: dict) -> None:
    """An id is an odd one, and whatever refers to it says so."""
    _, package, _ = real()
    name = chance.choice([one for one, (columns, rows) in tables.items() if rows and columns[0] == "id"] or ["sources"])
    if not tables[name][1]:
        return
    old, new = chance.choice(tables[name][1])[0], chance.choice(odd.IDS)
    for other, (columns, rows) in tables.items():
        for field in package.tables[other].fields:
            if field.references == name or (other == name and field.name == "id"):
                at = columns.index(field.name)
                for row in rows:
                    row[at] = ";".join(new if one == old else one for one in row[at].split(";"))


def of_column_names(chance: random.Random, tables: Tables, described: dict) -> None:
    """A column has another name, in the file, the description or both."""
    name = chance.choice(list(tables))
    columns, rows = list(tables[name][0]), tables[name][1]
    at, other = chance.randrange(len(columns)), chance.choice((*NAMES, odd.text(chance)))
    in_file, in_description = chance.choice(PLACES)
    if in_file:
        columns[at] = other
    if in_description:
        _fields(described, name)[at]["name"] = other
    tables[name] = (columns, rows)


def of_columns(chance: random.Random, tables: Tables, described: dict) -> None:
    """A column is away, more, or elsewhere, in the file, the description or both."""
    name = chance.choice(list(tables))
    columns, rows = list(tables[name][0]), tables[name][1]
    at, other, what = chance.randrange(len(columns)), chance.choice((*NAMES, odd.text(chance))), chance.randrange(3)
    more = {"name": other, "type": chance.choice(("string", "number", "boolean")), "title": "T"}
    value = chance.choice(("", odd.text(chance)))
    in_file, in_description = chance.choice(PLACES)
    if in_file:
        for line, new in ((columns, other), *((row, value) for row in rows)):
            _changed(line, at, what, new)
    if in_description:
        _changed(_fields(described, name), at, what, more)
    tables[name] = (columns, rows)


NAMES = ("extra", "ghi_chu_vi", "", "id", "name_zh")
PLACES = ((True, True), (True, True), (True, False), (False, True))


def _fields(described: dict, name: str) -> list[dict]:
    return next(one for one in described["resources"] if one["name"] == name)["schema"]["fields"]


def _changed(line: list, at: int, what: int, new: Any) -> None:
    if what == 0:
        del line[at : at + 1]
    elif what == 1:
        line.insert(at, new)
    else:
        line.reverse()


ODD_KEYS = ("", None, 0, -1, 1.5, True, [], {}, "x", "date", "string", "[", "(a+)+$", "\ud800", "٣", 10**400, ["a"], [1, 1], "; ", "-", "1",
            {"a": 1}, [{"value": "a", "label": "b"}], [{"value": 1, "label": 2}], "id", "places.id", "nowhere.id", "../x.csv", "/etc/passwd")  # fmt: skip


def of_description(chance: random.Random, tables: Tables, described: dict) -> None:
    """Something in the description is another, away or more."""
    for _ in range(chance.randint(1, 2)):
        node: Any = described
        depth = chance.choice((1, 3, 5, 7, 9, 11))
        for _ in range(depth):
            keys = list(node) if isinstance(node, dict) else range(len(node))
            key = chance.choice([one for one in keys if isinstance(node[one], (dict, list)) and node[one]] or [None])
            if key is None:
                break
            node = node[key]
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            continue
        key = chance.choice(keys)
        match chance.randrange(4):
            case 0:
                del node[key]
            case 1 | 2:
                node[key] = copy.deepcopy(chance.choice(ODD_KEYS))
            case 3 if isinstance(node, list):
                node.append(copy.deepcopy(node[key]))
            case _:
                node[chance.choice(("type", "constraints", "atlas:date", "atlas:separator", "atlas:references", "categories"))
                     if isinstance(node, dict) else 0] = copy.deepcopy(chance.choice(ODD_KEYS))  # fmt: skip


def of_fields(chance: random.Random, tables: Tables, described: dict) -> None:
    """A column of the description has another type, form, limits or references."""
    field = chance.choice(chance.choice(described["resources"])["schema"]["fields"])
    limits = field.setdefault("constraints", {})
    match chance.randrange(5):
        case 0:
            field["type"] = chance.choice(("string", "integer", "number", "boolean", "date", "any"))
        case 1:
            limits["required"] = not limits.get("required", False)
        case 2:
            limits["pattern"] = chance.choice((".*", "[", ".", r"\S+", ""))
        case 3:
            limits["minimum"], limits["maximum"] = chance.choice(((0, 10**9), (-5, None), ("0", "9"), (None, None)))
        case 4:
            name = chance.choice(("atlas:date", "atlas:separator", "atlas:references"))
            added = {
                "atlas:date": True,
                "atlas:separator": chance.choice((";", "|", ",")),
                "atlas:references": chance.choice(("places.id", "sources.id", "x.id")),
            }
            if field.pop(name, None) is None:
                field[name] = added[name]


def of_allowed_values(chance: random.Random, tables: Tables, described: dict) -> None:
    """A column has another allowed value, which some rows have, or one fewer, or in another order."""
    resource = chance.choice(described["resources"])
    listed = [one for one in resource["schema"]["fields"] if {"categories", "atlas:categories"} & set(one)]
    if not listed:
        return
    field = chance.choice(listed)
    key = "categories" if "categories" in field else "atlas:categories"
    what = chance.randrange(5)
    if what == 0:
        del field[key][chance.randrange(len(field[key]))]
    elif what == 1:
        chance.shuffle(field[key])
    else:
        new = chance.choice(("another", "x-y", "constructor", "Other_2", odd.text(chance)))
        field[key].insert(chance.randrange(len(field[key]) + 1), {"value": new, "label": chance.choice((new, "Other"))})
        columns, rows = tables[resource["name"]]
        for row in rows[: chance.choice((0, 1, 1, 9))]:
            row[columns.index(field["name"])] = new
    if key == "categories":
        field["constraints"]["enum"] = [one["value"] for one in field[key]]


def of_version(chance: random.Random, tables: Tables, described: dict) -> None:
    """The day of the records is an odd one."""
    described["version"] = chance.choice(("2026.11.29", "1.1.1", "9999.12.31", "2027.1.1", "1989.12.31", "2026.2.30", "2026", "",
                                          "2026.11.29.1", "2026.11.29-a", "２０２６.11.29", " 2026 . 1 . 1", "2101.1.1"))  # fmt: skip


def unchanged(chance: random.Random, tables: Tables, described: dict) -> None:
    """A part of the real tables as it is."""


CHANGES = (of_values, of_values, of_values, of_one_text, of_one_text, of_columns_emptied, of_columns_emptied, of_rows, of_ids,
           of_columns, of_column_names, of_description, of_fields, of_allowed_values, of_allowed_values, of_version, unchanged)  # fmt: skip


def written(chance: random.Random, folder: Path) -> str:
    """Write a changed part of the tables into a folder; the names of what was changed."""
    tables, described = part(chance, chance.choice(SHARES)), copy.deepcopy(real()[0])
    changes = chance.sample(CHANGES, chance.choice((1, 1, 2)))
    for change in changes:
        change(chance, tables, described)
    folder.mkdir()
    contents = {f"{name}.csv": _csv(columns, rows) for name, (columns, rows) in tables.items()}
    contents[records.DESCRIPTION] = json.dumps(described, ensure_ascii=chance.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )
    if chance.random() < 0.1:
        name = chance.choice(list(contents))
        contents[name] = _damaged(chance, contents[name])
        changes.append(_damaged)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return "+".join(change.__name__.removeprefix("of_") for change in changes)


def _csv(columns: list[str], rows: list[list[str]]) -> bytes:
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows([columns, *rows])
    return content.getvalue().encode("utf-8", "surrogatepass")


def _damaged(chance: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.choice((0, 1, 1, 9))] = bytes(
            chance.randrange(256) for _ in range(chance.choice((0, 1, 1, 3)))
        )
    return bytes(data)


@cache
def layers() -> dict[str, bytes]:
    """The layers of the map."""
    return {name: content for name, content in store.read(DATA).items() if name.startswith("layers/")}


@cache
def units() -> set[str]:
    """The places that the layers draw."""
    return {problem.value for problem in build.unknown_units(layers(), ())}


def typed(tables: Tables) -> dict:
    """Tables as :func:`atlas.records.read` gives them."""
    package = real()[1]
    return {
        name: loading.typed(package.tables[name], pd.DataFrame(rows, columns=columns, dtype=object))
        for name, (columns, rows) in tables.items()
    }


def validated(chance: random.Random, folder: Path) -> tuple[str, list[records.Problem]]:
    """Tables written into a folder ``seeds``: what was changed in them, and what is said of it, which must be readable."""
    seeds = folder / "seeds"
    changed = written(chance, seeds)
    problems = records.validate(seeds) or build.unknown_units(layers(), records.read(seeds)["places"]["id"])
    for said in map(str, problems):
        assert said.isprintable(), repr(said)
        assert len(said) < 2_000, said[:3_000]
    return changed, problems


def attempt(number: int, folder: Path, whole: bool = True) -> str:
    """What becomes of the tables of this number; what fails is raised."""
    chance = random.Random(number)
    changed, problems = validated(chance, folder)
    if problems:
        return f"{HOLDS}: {changed} refused: {problems[0]}"
    seeds = folder / "seeds"
    records.check(seeds)
    records.dictionary(seeds)
    tables = records.read(seeds)
    description = (seeds / records.DESCRIPTION).read_bytes()
    atlas = assemble(build.files_of(tables, description, layers()))
    build.statistics(atlas)
    pages, kinds = shown.PAGES, list(formats.KINDS)
    if not whole:
        pages, kinds = chance.sample(pages, SOME), chance.sample(kinds, SOME)
    failed = [
        *shown.failing_pages(atlas, chance, pages),
        *shown.failing_answers(atlas),
        *shown.failing_files(atlas, chance, kinds),
    ]
    assert not failed, f"{changed}: " + "\n".join(failed)
    return f"{HOLDS}: {changed} accepted"


def prepare() -> None:
    """Load what every attempt needs, before processes are parted."""
    for name in (
        "opencc",
        "pypinyin",
        "atlas.boundaries.along",
        "atlas.exports.docx",
        "atlas.exports.slides",
        "ui.frame",
    ):
        import_module(name)

    real()
    units()
