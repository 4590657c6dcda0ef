"""The workbook with the records that an office keeps: what stands in it, what can be changed, and what is kept of it."""

import csv
import io
import json
import re
from collections import defaultdict

import openpyxl
import pytest

from atlas import LANGUAGES, UnknownValue
from atlas.exports.contributions import workbook
from atlas.exports.contributions.check import check
from atlas.exports.contributions.chosen import chosen, with_kin
from atlas.exports.contributions.prefilled import prefilled
from atlas.exports.contributions.wanted import FRESH, wanted
from atlas.model import commitments, signs
from atlas.model.selection import Selection
from atlas.words.translator import Translator

MEO_VAC, COMMUNE_OF_TODAY, FUNING = "vn-027", "vn-00769-2025", "cn-532628"


@pytest.fixture(scope="module")
def book(atlas):
    """The workbook of a former district, in Vietnamese."""
    return openpyxl.load_workbook(io.BytesIO(prefilled(atlas, Translator("vi"), units=[MEO_VAC])))


@pytest.fixture(scope="module")
def rows(atlas):
    """The records that stand in it."""
    return chosen(atlas, units=[MEO_VAC])


def lines(sheet):
    """The filled lines below the titles, as texts by column."""
    header = [cell.value for cell in sheet[1]]
    return [
        dict(zip(header, (value or "" for value in line)))
        for line in sheet.iter_rows(min_row=3, values_only=True)
        if any(line) and not str(line[0]).startswith("#")
    ]


def test_records_stand_as_they_are_in_the_tables(atlas, book, rows):
    for name, records in rows.items():
        curated = list(csv.DictReader(io.StringIO(atlas.curated(name))))
        assert lines(book[name]) == records, name
        assert all(row in curated for row in records)
        assert [cell.value for cell in book[name][1]] == atlas.schema.tables[name].columns


def test_a_former_unit_and_those_of_today_lead_to_each_other(atlas):
    of_district, of_commune = (chosen(atlas, units=[one]) for one in (MEO_VAC, COMMUNE_OF_TODAY))
    ties = {row["id"] for row in of_district["twinnings"]}
    assert {row["id"] for row in of_commune["twinnings"]} & ties
    assert COMMUNE_OF_TODAY in {row["id"] for row in of_district["places"]}
    assert MEO_VAC in with_kin(atlas, COMMUNE_OF_TODAY)
    assert COMMUNE_OF_TODAY in {row["successor"] for row in of_district["successions"]}


def test_a_unit_brings_all_that_is_known_of_it(atlas):
    rows = chosen(atlas, units=[FUNING])
    ties = {row["twinning"] for row in rows["twinning_members"] if row["place"] == FUNING}
    assert ties
    assert ties <= {row["id"] for row in rows["twinnings"]}
    papers = {row["agreement"] for row in rows["twinnings"] if row["agreement"]}
    assert papers <= {row["id"] for row in rows["agreements"]}
    assert any(FUNING in row["cn_places"].split(";") for row in rows["events"])
    promised = {row["id"] for row in rows["commitments"]}
    assert promised
    assert {row["commitment"] for row in rows["commitment_evidence"]} <= promised
    assert not any("hanoi" in row["id"] for row in rows["events"])


def test_a_committee_brings_its_sessions_and_what_was_agreed(atlas):
    rows = chosen(atlas, series=["joint_working_committee"])
    assert {row["series"] for row in rows["events"]} == {row["series"] for row in rows["series_members"]}
    assert {row["series"] for row in rows["events"]} == {"joint_working_committee"}
    assert rows["commitments"]
    assert rows["twinnings"] == []


def test_choices_are_joined(atlas):
    both = chosen(atlas, Selection(province=("cao-bang",)), units=[FUNING])
    for one in (chosen(atlas, Selection(province=("cao-bang",))), chosen(atlas, units=[FUNING])):
        assert all(row in both[name] for name, rows in one.items() for row in rows)


@pytest.mark.parametrize(
    ("choice", "said"), [({"units": ["vn-9999"]}, "vn-9999"), ({"series": ["jwc"]}, "spring_meeting")]
)
def test_what_is_not_known_is_named(atlas, choice, said):
    with pytest.raises(UnknownValue, match=said):
        prefilled(atlas, Translator("en"), **choice)


def test_no_choice_is_the_blank_workbook(atlas):
    assert prefilled(atlas, Translator("zh")) == workbook.template(atlas, Translator("zh"))


def test_only_ids_of_records_and_headings_are_locked(atlas, book, rows):
    for name, table in atlas.schema.tables.items():
        sheet = book[name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        allowed = ("insertRows", "formatColumns", "formatRows", "autoFilter", "objects")
        assert not any(getattr(sheet.protection, one) for one in allowed)  # what is true here is forbidden
        assert all(cell.protection.locked for row in sheet["1:2"] for cell in row)
        open_columns = [one for one in sheet.column_dimensions.values() if not one.protection.locked]
        assert sum(one.max - one.min + 1 for one in open_columns) == len(table.columns)
        for row in range(3, 3 + len(rows[name])):
            locked = {sheet.cell(1, cell.column).value for cell in sheet[row] if cell.value and cell.protection.locked}
            assert locked == {column for column in table.primary_key if rows[name][row - 3][column]}


def test_cells_are_texts(atlas, book):
    for name in atlas.schema.tables:
        for row in book[name].iter_rows(min_row=3):
            assert all(cell.number_format == "@" and isinstance(cell.value, str) for cell in row if cell.value)


def test_drop_downs_reach_past_the_records(atlas, book, rows):
    for name, table in atlas.schema.tables.items():
        columns = {cell.column: table.field(cell.value) for cell in book[name][1]}
        for one in book[name].data_validations.dataValidation:
            (reach,) = one.sqref.ranges
            field = columns[reach.min_col]
            assert (reach.min_row, reach.max_row) == (3, 3 + len(rows[name]) + workbook.PREPARED_ROWS)
            sheet, _, cells = one.formula1.rpartition("!")
            values = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
            if field.references:
                assert not one.showErrorMessage  # a new record is named too
                assert {row[field.name] for row in rows[name]} - {""} <= set(values)
            else:
                assert values == list(field.enum or ("true", "false"))
                assert one.prompt.startswith(f"{values[0]}: ")
                assert len(one.prompt) <= 255
                assert (one.prompt.count("\n") + 1 == len(values)) or one.prompt.endswith("\n…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_has_its_name(atlas, language):
    translate = Translator(language)
    made = openpyxl.load_workbook(io.BytesIO(prefilled(atlas, translate, units=[FUNING])), read_only=True)
    sheet = made[f"_{translate('names')}"]
    names = {(table, one): name for table, one, name in sheet.iter_rows(min_row=2, values_only=True)}
    assert names["places", FUNING] == atlas.places.full_name(FUNING, language)
    wanted = {table for one in atlas.schema.tables.values() for field in one.fields if (table := field.references)}
    assert set(names) == {(table, one) for table in wanted for one in atlas.table(table).index}


def test_what_was_given_out_is_kept_out_of_sight(atlas, book, rows):
    sheet = book["_given"]
    assert sheet.sheet_state == "veryHidden"
    head, *kept = sheet.iter_rows(values_only=True)
    assert head == ("version", atlas.version, "vi")
    records = [(name, row) for name, found in rows.items() for row in found]
    assert [(table, json.loads(cells)) for table, _, cells in kept] == records
    ids = [one for table, one, _ in kept if table == "twinning_members"]
    assert len(ids) == len(set(ids))
    assert all(one.count("|") == 3 for one in ids)


def test_the_whole_atlas_can_be_read_again(atlas):
    content = prefilled(atlas, Translator("zh"), Selection())
    found = check(content, "all.xlsx")
    assert [str(one) for one in found.findings] == ["note: The workbook asks for nothing: no row is new or changed."]
    rows = chosen(atlas, Selection())
    assert {one.sheet: one.unchanged for one in found.sheets if one.unchanged} == {
        name: len(of) for name, of in rows.items() if of
    }
    assert prefilled(atlas, Translator("zh"), Selection()) == content


def test_what_is_asked_stands_oldest_first_and_leads_to_the_rows(book, rows):
    sheet = book["_cần bổ sung"]
    asked = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    seen = [line[4] for line in asked if line[3].startswith("Lần cuối được nguồn ghi nhận")]
    assert seen == sorted(seen)
    assert len(seen) > 1
    for cell, line in zip(sheet["A"][1:], asked):
        name, _, place = cell.hyperlink.location.rpartition("!")
        assert book[name][place].value == line[1]
    wishes = "|".join(line[3] for line in asked)
    for part in ("đã ký lại chưa", "Ngày ký", "mới chỉ là đề xuất", "Chưa tìm thấy nguồn nào nói về việc này"):
        assert part in wishes
    assert {line[1] for line in asked if line[0] == "twinnings"} <= {row["id"] for row in rows["twinnings"]}


@pytest.fixture(scope="module")
def wishes(atlas):
    """All that is asked of the whole atlas, by table and id."""
    every = {
        name: list(atlas.table(name).index) for name, table in atlas.schema.tables.items() if "id" in table.columns
    }
    found = defaultdict(list)
    for one in wanted(atlas, every, Translator("en")):
        found[one.table, one.id].append(one.asked)
    return found


def test_each_thing_is_asked_where_it_is_not_known(atlas, wishes):
    said = {"seen": "Last seen in a source", "term": "Its term ended", "report": "No source found reports on it"}
    for twinning, row in atlas.twinnings.to_dict("index").items():
        last = signs.last_seen(atlas, twinning)
        stale = last and int(last[:4]) < int(atlas.version[:4]) - FRESH and row["status"] in ("active", "unknown")
        assert any(said["seen"] in one for one in wishes["twinnings", twinning]) == bool(stale)
        assert any("Signed on" in one for one in wishes["twinnings", twinning]) == (row["signed_on"] is None)
    for commitment in atlas.table("commitments").index:
        unseen = not commitments.evidence_by(atlas, commitment)
        assert any(said["report"] in one for one in wishes["commitments", commitment]) == unseen
    for agreement, row in atlas.table("agreements").to_dict("index").items():
        if any(said["term"] in one for one in wishes["agreements", agreement]):
            assert row["valid_until"] < atlas.version


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_is_said_in_every_language(atlas, language):
    translate = Translator(language)
    ids = {name: list(atlas.table(name).index) for name in ("twinnings", "events", "places", "commitments", "figures")}
    for one in wanted(atlas, ids, translate):
        assert one.asked
        assert "None" not in one.asked
        assert language == "en" or not re.search(r"\b(known|source|name|which)\b", one.asked), one
