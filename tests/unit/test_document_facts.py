"""Every fact of the two founding documents has a record that says it.

``tests/document_facts.csv`` lists the facts. A list column must hold every item of ``expected``; a text column
(``_vi``, ``_zh``, ``_en``, ``note``) must contain it; any other must equal it.
"""

import csv
from pathlib import Path

import pytest

from atlas import SEEDS, records
from atlas.exports import rows
from atlas.model import results
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING, LABOUR, MEETINGS, SCHOLARSHIPS, TRAINING

# rows without an id are named by what they belong to
OWNED = {"twinning_members": "twinning", "series_members": "series", "discrepancy_statements": "discrepancy"}
FACTS = list(csv.DictReader(Path(__file__).parent.parent.joinpath("document_facts.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def tables():
    return records.read(SEEDS)


def test_both_documents_are_covered():
    documents = [fact["document"] for fact in FACTS]
    assert documents.count("quang-ninh") > 70
    assert documents.count("ha-giang") > 85


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['document']}-{fact['number']}")
def test_fact_stands_in_its_record(tables, fact):
    table = tables[fact["table"]]
    rows = table[table[OWNED.get(fact["table"], "id")] == fact["record"]]
    assert len(rows), f"{fact['record']} is not in {fact['table']}: {fact['fact']}"
    if fact["column"]:
        values = rows[fact["column"]].tolist()
        assert any(says(value, fact) for value in values), f"{fact['fact']}: {values} is not {fact['expected']}"


@pytest.mark.parametrize(
    ("source", "province"),
    [("seed-quangninh-2025", "quang-ninh"), ("seed-hagiang-2024", "ha-giang"), ("seed-hagiang-2024", "tuyen-quang")],
)
def test_every_figure_of_a_document_is_found_under_its_province(atlas, source, province):
    figures = atlas.table("figures")
    stated = set(figures.index[[source in sources for sources in figures["sources"]]])
    assert len(stated) > 10
    selection = Selection(province=(province,))
    assert stated <= set(selection.records(atlas, "figures").index)
    assert stated <= set(rows.selected(atlas, selection)["figures"]["id"])
    assert stated <= set(EVERYTHING.records(atlas, selection)["figures"].index)
    pages = [set(one.records(atlas, selection)["figures"].index) for one in (SCHOLARSHIPS, TRAINING, LABOUR, MEETINGS)]
    assert all(sum(figure in page for page in pages) == 1 for figure in stated)


@pytest.mark.parametrize(
    ("source", "province", "headlines"),
    [
        ("seed-quangninh-2025", "quang-ninh", {176}),
        ("seed-hagiang-2024", "ha-giang", {14, 34, 11, 3, 129}),
        ("seed-hagiang-2024", "tuyen-quang", {14, 34, 11, 3, 129}),
    ],
)
def test_every_number_of_a_document_is_a_result_of_its_province(atlas, source, province, headlines):
    selection = Selection(province=(province,))
    totals, compositions = results.of(atlas, selection)
    shown = [*totals, *(one.total for one in compositions)]
    assert {row["value"] for row in shown if source in row["sources"]} == headlines

    ranked = {one.row["id"] for one in results.ranked(atlas, selection)}
    parts = {part.row["id"] for one in compositions for part in one.parts if part.row}
    for table in ("figures", "totals"):
        for row in atlas.table(table).to_dict("records"):
            counts = row["value"] == row["value"] and row.get("measure") != "kilometres"
            if source in row["sources"] and counts and row.get("rate", "total") == "total":
                assert row["id"] in ranked | parts, row["id"]


def test_a_figure_is_found_under_those_who_provide_it(atlas):
    figures = atlas.table("figures")
    given = figures[figures["provider_places"].map(len) > 0]
    reverse = set(given.index[[("vn-02" in places) for places in given["provider_places"]]])
    assert {"sch-baise-ha-giang-quota-2018", "sch-baise-ha-giang-2018"} <= reverse
    for row in given.to_dict("records"):
        for place in row["provider_places"]:
            for slug in filter(None, (atlas.places[unit]["slug"] for unit in atlas.places.kin(place))):
                side = "province" if atlas.places[place]["country"] == "VN" else "region"
                assert row["id"] in Selection(**{side: (slug,)}).records(atlas, "figures").index, (row["id"], slug)


def says(value, fact: dict) -> bool:
    expected = fact["expected"]
    if isinstance(value, tuple):
        return set(expected.split(";")) <= set(value)
    if fact["column"].endswith(("_vi", "_zh", "_en", "note")):
        return expected in (value or "")
    if isinstance(value, bool):
        return str(value).lower() == expected
    if isinstance(value, (int, float)):
        return float(value) == float(expected)
    return (value or "") == expected
