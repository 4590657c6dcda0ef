"""data/ is what seeds/ give, whole and the same every time."""

import json
import shutil

import pytest

from atlas import DATA, SEEDS, build, records
from atlas.model import store


@pytest.fixture
def folder(tmp_path):
    """A data folder with the layers alone."""
    shutil.copytree(DATA / "layers", tmp_path / "data" / "layers")
    return tmp_path / "data"


def test_the_committed_data_is_what_the_seeds_give(folder):
    build.build(SEEDS, folder)
    for name in ("records.json", "along.json", "map.json", "manifest.json"):
        assert (folder / name).read_bytes() == (DATA / name).read_bytes(), f"{name}: run `python -m atlas build`"


def test_invalid_seeds_leave_the_data_as_it_was(folder, tmp_path):
    build.build(SEEDS, folder)
    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    broken = shutil.copytree(SEEDS, tmp_path / "seeds")
    table = broken / "twinnings.csv"
    table.write_text(table.read_text("utf-8").replace(",2016,", ",2016-13,", 1), "utf-8")
    with pytest.raises(records.InvalidRecords):
        build.build(broken, folder)
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == before


@pytest.mark.parametrize("damage", ["missing", "cut", "manifest", "layer"])
def test_damaged_data_is_named(tmp_path, damage):
    folder = shutil.copytree(DATA, tmp_path / "data")
    target = {
        "missing": "records.json",
        "cut": "records.json",
        "manifest": "manifest.json",
        "layer": "layers/border.geojson",
    }[damage]
    if damage == "cut":
        (folder / target).write_bytes((folder / target).read_bytes()[:5000])
    elif damage == "manifest":
        (folder / target).write_text("{")
    else:
        (folder / target).unlink()
    with pytest.raises(store.DamagedData, match=target.split("/")[-1] if damage != "manifest" else "."):
        store.load(folder)


def test_every_member_of_a_twinning_can_be_drawn_or_is_known_not_to_be(atlas):
    drawn = json.loads((DATA / "map.json").read_text("utf-8"))
    assert set(drawn["twinnings"]) == set(atlas.twinnings.index)
    without = {twinning for twinning, row in drawn["twinnings"].items() if "curve" not in row}
    assert without == {"twin-lao-chai-dixibei"}, "no position is known for Lao Chải"
    for row in drawn["twinnings"].values():
        assert {*row["vn"], *row["cn"]} <= set(drawn["places"])


def test_ids_that_reach_the_map_have_no_underscore():
    drawn = json.loads((DATA / "map.json").read_text("utf-8"))
    assert not [name for group in ("places", "twinnings") for name in drawn[group] if "_" in name]


def test_statistics_count_friendship_twinnings_apart_from_gates(atlas):
    counts = build.statistics(atlas)
    assert counts["twinnings"] == sum(counts["twinnings_by_level"].values())
    assert counts["twinnings"] + counts["border_gate_pairs"] == len(atlas.twinnings)
    assert {"places", "sources", "totals", "agreements", "events", "figures", "discrepancies", "successions"} <= set(
        counts
    )
