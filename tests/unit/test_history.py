"""Releases of the records: kept as changes, played back, compared; counts by hand on made versions."""

import json
import re
import shutil
import sys

import pytest

from atlas import DATA, SEEDS, AtlasError, UnknownValue, build, cli, records
from atlas.exports.docx import changed
from atlas.model import agreed, changes, history
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.changes_selected import selected
from atlas.model.history import DamagedHistory, whole
from atlas.model.selection import Selection
from atlas.words.voice import Voice

SCHEMA = records.schema(SEEDS)
FIRST = {
    "sources": {
        "columns": ["id", "title", "published"],
        "rows": [["paper", "Báo", "2024-05"], ["office", "外事办公室", None], ["gone", "Withdrawn", "2020"]],
    },
    "events": {
        "columns": ["id", "series", "date_from", "title_en", "vn_places", "sources"],
        "rows": [
            ["e1", None, "2024-05", "Talks", ["vn-02"], ["paper"]],
            ["e2", None, "2024-06", "A visit", [], ["paper", "office"]],
            ["e3", None, "2024-07", "Old words", ["vn-04"], ["office"]],
        ],
    },
    "twinning_members": {"columns": ["twinning", "side", "place", "name_as_signed"], "rows": [["t1", "VN", "vn-02", None]]},
    "totals": {"columns": ["id", "value"], "rows": [["all", 34.0]]},
}  # fmt: skip
# one source is new, one gone and one has another id (what rests on it follows); of the events one has another date, one
# other words, and one nothing but a column that is new; a member has gone and one has come; commitments are a new table
SECOND = {
    "sources": {
        "columns": ["id", "title", "published"],
        "rows": [["newspaper", "Báo", "2024-05"], ["office", "外事办公室", None], ["new", "More", None]],
    },
    "events": {
        "columns": ["id", "series", "date_from", "title_en", "vn_places", "release", "sources"],
        "rows": [
            ["e1", None, "2024-05-12", "Talks in May", ["vn-02"], "both", ["newspaper"]],
            ["e2", None, "2024-06", "A visit", [], "own", ["newspaper", "office"]],
            ["e3", None, "2024-07", "New words", ["vn-04"], None, ["office"]],
        ],
    },
    "twinning_members": {"columns": ["twinning", "side", "place", "name_as_signed"], "rows": [["t1", "VN", "vn-04", None]]},
    "totals": {"columns": ["id", "value"], "rows": [["all", 34]]},
    "commitments": {"columns": ["id", "event", "text_en"], "rows": [["c1", "e1", "Meet again"]]},
}  # fmt: skip


@pytest.fixture(scope="module")
def versions() -> list[history.Whole]:
    return [whole(day, content, SCHEMA) for day, content in (("2026-01-01", FIRST), ("2026-02-01", SECOND))]


@pytest.fixture(scope="module")
def files(versions) -> dict[str, bytes]:
    """Two releases as files."""
    first, second = versions
    return {
        history.name(first.version): history.release(None, first),
        history.name(second.version): history.release(first, second),
    }


@pytest.fixture(scope="module")
def found(versions) -> changes.Difference:
    return changes.compare(*versions, SCHEMA)


def told(difference, table: str) -> dict[str, str]:
    return {one.id: one.kind for one in difference.changes if one.table == table}


def test_new_changed_renamed_and_withdrawn_records_are_counted(found):
    assert told(found, "sources") == {"new": "added", "gone": "removed", "newspaper": "renamed"}
    assert told(found, "events") == {"e1": "changed", "e3": "changed"}
    assert told(found, "twinning_members") == {"t1/VN/vn-04": "added", "t1/VN/vn-02": "removed"}
    assert told(found, "commitments") == {"c1": "added"}
    assert told(found, "totals") == {}  # 34.0 and 34 are one number
    counted = {table: +kinds for table, kinds in changes.counts(found.changes).items()}
    assert counted == {
        "sources": {"added": 1, "renamed": 1, "removed": 1},
        "events": {"changed": 2, "wording": 1},
        "twinning_members": {"added": 1, "removed": 1},
        "commitments": {"added": 1},
    }


def test_what_a_record_was_called_is_told_and_no_change_of_those_that_name_it(found):
    assert [one.former for one in found.changes if one.kind == "renamed"] == ["paper"]
    assert not any(cell.column == "sources" for one in found.changes for cell in one.cells)


def test_facts_are_told_apart_from_wording(found):
    first, third = (one for one in found.changes if one.table == "events")
    assert [(cell.column, cell.before, cell.after) for cell in first.facts] == [("date_from", "2024-05", "2024-05-12")]
    assert [(cell.column, cell.before, cell.after) for cell in first.wording] == [("title_en", "Talks", "Talks in May")]
    assert not third.facts
    assert [cell.after for cell in third.wording] == ["New words"]


def test_new_columns_and_tables_are_no_changes_of_records(found, versions):
    assert found.tables_added == ("commitments",)
    assert found.columns_added == {"events": {"release": 2}}
    back = changes.compare(*reversed(versions), SCHEMA)
    assert (back.tables_removed, back.columns_removed) == (("commitments",), {"events": {"release": 2}})
    assert "e2" not in told(back, "events")


def test_two_records_alike_are_not_taken_for_one_renamed():
    before, after = (
        whole("2026-01-01", {"totals": {"columns": ["id", "value"], "rows": [[one, 1] for one in ids]}}, SCHEMA)
        for ids in (["a", "b"], ["c"])
    )
    assert told(changes.compare(before, after, SCHEMA), "totals") == {"a": "removed", "b": "removed", "c": "added"}


def test_releases_are_played_back_to_the_same_records(files, versions):
    played = history.replay(files)
    assert list(played) == ["2026-01-01", "2026-02-01"]
    for version in versions:
        assert {name: one.rows for name, one in played[version.version].tables.items()} == {
            name: one.rows for name, one in version.tables.items()
        }
    assert history.release(None, versions[0]) == files["history/2026-01-01.json"]


def test_a_release_does_not_depend_on_the_order_of_rows(versions):
    turned = {name: table | {"rows": table["rows"][::-1]} for name, table in reversed(SECOND.items())}
    other = whole("2026-02-01", turned, SCHEMA)
    assert other.digest == versions[1].digest
    assert [*json.loads(history.release(versions[0], other))["changed"]["events"]] == [
        *json.loads(history.release(*versions))["changed"]["events"]
    ]


DAMAGES = {
    "cut": (lambda text: text[:200], "expected a release"),
    "no release": (lambda text: "[]", "expected a release"),
    "another day": (lambda text: text.replace("2026-02-01", "2026-02-02", 1), "found that of 2026-02-02"),
    "cell before": (lambda text: text.replace('"Talks",', '"Walks",'), 'events e1 title_en: expected "Talks" before'),
    "cell after": (lambda text: text.replace("Talks in May", "Talks in June"), "not those that were released"),
    "row unknown": (lambda text: text.replace('["e3"]', '["e9"]'), "events e9: changed, but"),
    "row taken out": (lambda text: text.replace('["gone"]', '["never"]'), "sources never: taken out, but"),
    "row there already": (lambda text: text.replace('["new",', '["office",'), "sources office: brought, but"),
    "column": (lambda text: text.replace('"title_en":[', '"title_xx":['), "expected a release"),
    "digest": (lambda text: text.replace('"digest": "', '"digest": "0'), "not those that were released"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_release_is_a_sentence_that_names_its_file(files, damage):
    make, said = DAMAGES[damage]
    name = "history/2026-02-01.json"
    text = files[name].decode()
    assert make(text) != text
    with pytest.raises(DamagedHistory) as error:
        history.replay(files | {name: make(text).encode()})
    assert str(error.value).startswith(f"{name}: ")
    assert said in str(error.value)


def test_a_missing_release_is_named(files):
    with pytest.raises(
        DamagedHistory, match=r"history/2026-02-01.json: follows the release of 2026-01-01, which is miss"
    ):
        history.replay({"history/2026-02-01.json": files["history/2026-02-01.json"]})


def test_the_releases_of_the_atlas_can_be_played_and_travel_with_it(atlas):
    names = [name for name in atlas.files if name.startswith(history.FOLDER)]
    assert names == sorted(build.releases(SEEDS))
    assert len(names) >= 2
    released = history.released(atlas)
    first = released["2026-11-22"]
    assert (len(first.tables["twinnings"].rows), len(first.tables["sources"].rows)) == (85, 494)
    assert "commitments" not in first.tables
    unknown = {name for one in released.values() for name in one.tables} - set(atlas.schema.tables)
    assert unknown == set()


@pytest.fixture
def seeds(tmp_path):
    """A copy of the curated tables without any release."""
    return shutil.copytree(SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("history"))


def released_on(seeds, day: str) -> None:
    path = seeds / records.DESCRIPTION
    content = path.read_text("utf-8")
    version = json.loads(content)["version"]
    path.write_text(content.replace(f'"version": "{version}"', f'"version": "{day}"'), "utf-8")


def test_a_release_is_written_once_and_only_of_what_has_changed(seeds, monkeypatch, capsys):
    monkeypatch.setattr(sys.modules["atlas.cli.changes"], "SEEDS", seeds)
    day = SCHEMA.version.isoformat()
    assert cli.main(["release"]) == 0
    written = (seeds / "history" / f"{day}.json").read_bytes()
    assert f"{day}.json written" in capsys.readouterr().err
    assert cli.main(["release"]) == 0
    assert "nothing has changed since the last release" in capsys.readouterr().err
    table = seeds / "twinnings.csv"
    table.write_text(table.read_text("utf-8").replace(",2016,", ",2016-05,", 1), "utf-8")
    assert cli.main(["release"]) == 1
    said = capsys.readouterr().err
    assert "are released already and have changed since; set version in" in said
    assert (seeds / "history" / f"{day}.json").read_bytes() == written
    released_on(seeds, "2027.01.15")
    assert cli.main(["release"]) == 0
    content = json.loads((seeds / "history" / "2027-01-15.json").read_bytes())
    assert (content["before"], content["added"], content["removed"]) == (day, {}, {})
    ((_, cells),) = content["changed"]["twinnings"]
    assert cells == {"signed_on": ["2016", "2016-05"]}


def test_a_build_refuses_a_damaged_history_and_leaves_data_as_it_was(seeds, tmp_path):
    data = tmp_path / "data"
    (seeds / "history").mkdir()
    (seeds / "history" / "2026-02-01.json").write_bytes(b'{"version": "2026-02-01", "before": "2026-01-01"}')
    with pytest.raises(DamagedHistory, match=r"history/2026-02-01\.json"):
        build.build(seeds, data)
    assert not data.exists()


def test_unknown_versions_are_sentences_with_what_there_is(atlas, capsys):
    with pytest.raises(
        UnknownValue, match=r'version "2026-10-22": expected one of 2026-11-22, .*; did you mean "2026-11-22"'
    ):
        changes.version(atlas, "2026-10-22")
    with pytest.raises(UnknownValue, match='series "joint": expected one of'):
        changes.version(atlas, "since-last-session", "joint")
    assert cli.main(["diff", "yesterday"]) == 1
    assert capsys.readouterr().err.startswith('version "yesterday": expected one of 2026-11-22')


def test_since_the_last_session_is_the_newest_release_before_it(atlas):
    last = changes.last_session(atlas)

    def held_on(day: str) -> Atlas:
        events = atlas.table("events").copy()
        events.loc[last["id"], "date_from"] = day
        return Atlas(atlas.version, atlas.tables | {"events": events}, atlas.files, atlas.contents)

    assert changes.version(held_on("2026-11-25"), "since-last-session").version == "2026-11-22"
    assert changes.version(held_on("2026-11-25"), "since-last-session", last["series"]).version == "2026-11-22"
    with pytest.raises(
        AtlasError, match=f"no release is older than the session {last['id']} .2026-11.; the releases are"
    ):
        changes.before_session(held_on("2026-11"))


def test_what_there_is_is_new_or_has_changed_since_a_release(atlas):
    found = changes.since(atlas, "2026-11-22")
    told = changes.between(atlas, "2026-11-22", "today").changes
    twinned = {one.id: one.kind for one in told if one.table == "twinnings"}
    assert found["twinnings"] == twinned, "members that came with a new twinning change nothing of it"
    assert {found["commitments"][one.row["commitment"]] for one in told if one.table == "commitment_evidence"} == {
        "added"
    }
    stated = {one.row["discrepancy"] for one in told if one.table == "discrepancy_statements"}
    assert stated <= found["discrepancies"].keys()
    assert set(Selection(changed="2026-11-22").records(atlas, "events").index) == set(found["events"])
    assert not len(Selection(changed="2026-11-29").twinnings(atlas))
    points = agreed.found(atlas, Selection(changed="2026-11-22", province=("dien-bien",)), agreed.Wanted())
    assert set(points.index) == set(agreed.found(atlas, Selection(province=("dien-bien",)), agreed.Wanted()).index)


def test_the_paper_says_which_sources_are_others_where_nothing_else_is(atlas):
    _, told = changed.found(atlas, Selection())
    tables = {table.ids: table for table in changed.tables(atlas, told, Voice("vi"))}
    rows = {one: row for table in tables.values() for one, row in zip(table.ids, table.rows)}
    for one in told:
        if one.kind == "changed" and one.facts and {cell.column for cell in one.facts} == {"sources"}:
            assert rows[one.id][1] == "Nguồn"
            assert re.match("Nguồn: (thêm|bỏ): .{10}", rows[one.id][2])
    assert "Nguồn" in {row[1] for row in rows.values()}
    assert not [row for row in rows.values() if row[1] == "Thay đổi" and not row[2]]
    whole = {one.id for one in told if one.table == "twinnings" and one.kind == "added"}
    assert whole
    assert whole.isdisjoint(one.row["twinning"] for one in told if one.table == "twinning_members")
    assert all(any(row[at] for row in table.rows) for table in tables.values() for at in range(len(table.heads)))


def test_diff_tells_counts_and_values(atlas, tmp_path, capsys):
    assert cli.main(["diff", "2026-11-22", "2026-11-29"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2026-11-22 → 2026-11-29\n")
    assert "new tables: series_members, commitments, commitment_evidence" in text
    assert "places.name_zh_basis (filled 1942×)" in text
    assert cli.main(["diff", "2026-11-22", "2026-11-29", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["counts"]["twinnings"] == {"added": 3, "changed": 11}
    assert len([one for one in content["changes"] if one["table"] == "twinnings"]) == 14
    assert cli.main(["diff", str(DATA)]) == 0
    assert "no record differs" in capsys.readouterr().out


def test_changes_follow_the_filters(atlas):
    found = changes.between(atlas, "2026-11-22", "2026-11-29")
    slug = atlas.province_slugs[0]
    some = selected(atlas, found, Selection(province=(slug,)))
    assert 0 < len(some) < len(found.changes)
    twinned = {one.id for one in some if one.table == "twinnings" and one.now}
    expected = {
        one.id
        for one in found.changes
        if one.table == "twinnings" and one.now and slug in atlas.twinnings.loc[one.id, "slugs"]
    }
    assert twinned == expected
    assert {one.table for one in some} >= {"sources", "events", "places"}
    sought = selected(atlas, found, Selection(q="ZZZ no such words"))
    assert sought == []


def test_papers_for_both_sides_tell_nothing_that_is_kept_from_one(atlas):
    _, whole = changed.found(atlas, Selection())
    shown = released(atlas, "both")
    _, told = changed.found(shown, Selection())
    kept = {(one.table, one.id) for one in whole} - {(one.table, one.id) for one in told}
    assert {table for table, _ in kept} >= {"discrepancies", "discrepancy_statements", "events", "figures"}
    for one in told:
        assert one.row.get("confidence") != "low"
        assert one.row.get("release") in (None, "both")
        for cell in one.cells:
            assert cell.column not in ("release", "confidence")
            if cell.column == "events":
                assert set(cell.after or ()) <= set(shown.table("events").index)
    assert {one.kind for one in told} >= {"added", "changed"}
    assert not any(one.table == "sources" for one in told)
