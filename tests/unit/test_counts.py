"""How many rows and filled cells are expected: fewer are refused, more are listed."""

import json
import shutil

import pytest
from records_package import written

from atlas import SEEDS
from atlas.records import InvalidRecords, check, read, schema, validate
from atlas.records.counts import counted


@pytest.fixture
def counting(tmp_path):
    """A function that writes the small valid tables with numbers expected of twinnings and of a column."""

    def made(rows: dict | None, cells: dict | None = None, column: str = "signed_on"):
        folder = written(tmp_path)
        path = folder / "datapackage.json"
        package = json.loads(path.read_text("utf-8"))
        table = next(one for one in package["resources"] if one["name"] == "twinnings")
        field = next(one for one in table["schema"]["fields"] if one["name"] == column)
        for described, count in ((table, rows), (field, cells)):
            if count:
                described["atlas:count"] = count
        path.write_text(json.dumps(package), "utf-8")
        return folder

    return made


def said(folder) -> list[str]:
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in validate(folder)]


def test_as_many_as_the_floor_and_the_ceiling_pass(counting):
    folder = counting({"floor": 2, "ceiling": 2}, {"floor": 2, "ceiling": 2})
    assert said(folder) == []
    assert [one for one in check(folder, folder) if one.kind == "more-than-expected"] == []


def test_fewer_rows_than_the_floor_are_refused(counting):
    folder = counting({"floor": 3, "ceiling": 9})
    assert said(folder) == ["twinnings.csv: expected at least 3 rows, found 2"]
    with pytest.raises(InvalidRecords):
        read(folder)


@pytest.mark.parametrize(("column", "found"), [("renewed_on", 1), ("sources", 2), ("note_vi", 1)])
def test_fewer_filled_cells_than_the_floor_are_refused(counting, column, found):
    folder = counting(None, {"floor": 1000, "ceiling": 2000}, column)
    assert said(folder) == [f"twinnings.csv {column}: expected at least 1,000 filled cells, found {found}"]


def test_more_than_the_ceiling_is_listed_and_not_refused(counting):
    folder = counting({"floor": 0, "ceiling": 1}, {"floor": 0, "ceiling": 0}, "renewed_on")
    assert said(folder) == []
    remarks = [str(one) for one in check(folder, folder) if one.kind == "more-than-expected"]
    assert [one.removeprefix(f"{folder.as_posix()}/") for one in remarks] == [
        "twinnings.csv: rows: 2, more than the ceiling of 1",
        "twinnings.csv renewed_on: filled cells: 1, more than the ceiling of 0",
    ]


@pytest.mark.parametrize("count", [{"floor": 5, "ceiling": 4}, {"floor": -1, "ceiling": 4}, {"floor": 5}, 7])
def test_a_count_that_makes_no_sense_is_a_broken_description(counting, count):
    (message,) = said(counting(count))
    assert message.startswith("datapackage.json ")
    assert "twinnings.atlas:count" in message


def test_rows_and_key_columns_of_the_seeds_are_counted_and_lie_within(tmp_path):
    package = schema(SEEDS)
    assert all(table.count for table in package.tables.values())
    found = list(counted(package, read(SEEDS)))
    assert len(found) > 2 * len(package.tables)
    assert all(count.floor <= number <= count.ceiling for _, _, count, number in found)
    assert all(count.floor >= 0.9 * number - 2 for _, _, count, number in found)


def test_a_table_that_was_cut_is_refused_with_all_that_is_missing(tmp_path):
    folder = shutil.copytree(SEEDS, tmp_path / "seeds")
    path = folder / "discrepancies.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:10]), "utf-8")
    assert any("discrepancies.csv: expected at least" in one and "rows, found 9" in one for one in said(folder))
