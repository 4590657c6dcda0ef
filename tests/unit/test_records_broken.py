"""Every kind of broken table by name: each has its own message, or is accepted as documented."""

import copy
import json
import os
import unicodedata

import pytest
from records_package import ROWS, columns, write
from spoken import assert_spoken

from atlas.records import InvalidRecords, read, validate
from atlas.records.loading import LARGEST_FILE


@pytest.fixture
def package(tmp_path):
    """A function that writes the valid tables, changed by another function, and names their folder."""

    def written(change=lambda rows: None):
        rows = copy.deepcopy(ROWS)
        change(rows)
        return write(tmp_path / "seeds", rows)

    return written


def messages(folder) -> list[str]:
    found = validate(folder)
    for problem in found:
        assert_spoken(problem.message)
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in found]


def cell(table, index, column, value):
    """A change of one cell; the first row of a table stands on line 2."""
    return lambda rows: rows[table][index].update({column: value})


def cells(*changes):
    def change(rows):
        for table, index, column, value in changes:
            rows[table][index][column] = value

    return change


def test_the_unchanged_tables_are_valid(package):
    assert messages(package()) == []


CELLS = {
    "required cell empty": (
        cell("sources", 0, "title", ""),
        'sources.csv:2 title "": expected a value',
    ),
    "required list empty": (
        cell("twinnings", 0, "sources", ""),
        'twinnings.csv:2 sources "": expected a value',
    ),
    "month 13": (
        cell("twinnings", 0, "signed_on", "2016-13"),
        'twinnings.csv:2 signed_on "2016-13": expected YYYY, YYYY-MM or YYYY-MM-DD',
    ),
    "day first, as spreadsheets write it": (
        cell("twinnings", 1, "signed_on", "04/09/2013"),
        'twinnings.csv:3 signed_on "04/09/2013": expected YYYY, YYYY-MM or YYYY-MM-DD',
    ),
    "30 February": (
        cell("twinnings", 1, "signed_on", "2012-02-30"),
        'twinnings.csv:3 signed_on "2012-02-30": expected a day from 01 to 29 in 2012-02',
    ),
    "year 1016": (
        cell("twinnings", 0, "signed_on", "1016"),
        'twinnings.csv:2 signed_on "1016": expected a year from 1900 to 2100',
    ),
    "date padded with zeros": (
        cell("twinnings", 0, "signed_on", "2016-05-00"),
        'twinnings.csv:2 signed_on "2016-05-00": expected a day from 01 to 31 in 2016-05',
    ),
    "value outside the list": (
        cell("twinnings", 0, "status", "alive"),
        'twinnings.csv:2 status "alive": expected one of active, lapsed, planned, unknown',
    ),
    "item outside the list": (
        cell("totals", 0, "levels", "district;town"),
        'totals.csv:2 levels "district;town": expected one of province, prefecture, district, commune, village, border_guard, organisation, border_gate',
    ),
    "id with capitals": (
        cell("fields", 0, "id", "Medicine"),
        'fields.csv:2 id "Medicine": expected lower-case letters a to z and digits, words joined by hyphens',
        'figures.csv:2 fields "medicine": expected an id in fields.csv; did you mean "Medicine"?',
    ),
    "id with an underscore": (
        cell("sources", 2, "id", "a_copy"),
        'sources.csv:4 id "a_copy": expected lower-case letters a to z and digits, words joined by hyphens',
    ),
    "address of a script": (
        cell("sources", 0, "url", "javascript:alert(1)"),
        'sources.csv:2 url "javascript:alert(1)": expected an address that starts with http:// or https:// and has no blanks',
    ),
    "language in words": (
        cell("sources", 1, "language", "Chinese"),
        'sources.csv:3 language "Chinese": expected a language code such as vi, zh or en',
    ),
    "text in a whole number": (
        cell("events", 0, "ordinal", "first"),
        'events.csv:2 ordinal "first": expected a whole number in digits, without separators',
    ),
    "thousands separator": (
        cell("totals", 0, "value", "1,200"),
        'totals.csv:2 value "1,200": expected a whole number in digits, without separators',
    ),
    "decimal comma": (
        cell("places", 2, "lat", "22,82"),
        'places.csv:4 lat "22,82": expected a number in digits with a point as decimal mark, without separators',
    ),
    "not a number": (
        cell("figures", 0, "value", "NaN"),
        'figures.csv:2 value "NaN": expected a number in digits with a point as decimal mark, without separators',
    ),
    "number without end": (
        cell("figures", 0, "value", "9" * 400),
        f'figures.csv:2 value "{"9" * 59}…": expected a number in digits with a point as decimal mark, without separators',
    ),
    "text in a boolean": (
        cell("figures", 0, "cumulative", "yes"),
        'figures.csv:2 cumulative "yes": expected true or false',
    ),
    "negative count": (
        cell("totals", 0, "value", "-1"),
        'totals.csv:2 value "-1": expected at least 0',
    ),
    "latitude and longitude swapped": (
        cells(("places", 2, "lat", "104.98"), ("places", 2, "lon", "22.82")),
        'places.csv:4 lat "104.98": expected at most 90',
    ),
    "empty item in a list": (
        cell("twinnings", 1, "sources", "paper;;office"),
        "twinnings.csv:3 sources \"paper;;office\": expected items separated by single ';'",
    ),
    "list with full-width semicolons": (
        cell("places", 4, "also_known_as", "Dong Van；同文"),
        "places.csv:6 also_known_as \"Dong Van；同文\": expected items separated by single ';'",
    ),
    "item twice in a list": (
        cell("twinnings", 1, "sources", "paper;paper"),
        'twinnings.csv:3 sources "paper;paper": expected each item once',
    ),
    "formula": (
        cell("sources", 0, "title", '=HYPERLINK("https://example.org")'),
        'sources.csv:2 title "=HYPERLINK("https://example.org")": expected text that no spreadsheet takes for a formula: not starting with =, +, - or @',
    ),
    "formula after a blank": (
        cell("sources", 0, "title", "  @SUM(1)"),
        'sources.csv:2 title "@SUM(1)": expected text that no spreadsheet takes for a formula: not starting with =, +, - or @',
    ),
    "line break in a cell": (
        cell("sources", 0, "title", "Hà\nGiang"),
        'sources.csv:2 title "Hà\\u000aGiang": expected one line without control, invisible or replacement characters',
    ),
    "NUL in a cell": (
        cell("sources", 0, "title", "Hà\0Giang"),
        'sources.csv:2 title "Hà\\u0000Giang": expected one line without control, invisible or replacement characters',
    ),
    "reversed reading direction": (
        cell("sources", 0, "title", "Hà \u202egnaiG"),
        'sources.csv:2 title "Hà \\u202egnaiG": expected one line without control, invisible or replacement characters',
    ),
    "characters lost in an earlier conversion": (
        cell("sources", 0, "title", "H\ufffd Giang"),
        'sources.csv:2 title "H\ufffd Giang": expected one line without control, invisible or replacement characters',
    ),
    "cell of 20,000 characters": (
        cell("sources", 0, "title", "x" * 20_000),
        f'sources.csv:2 title "{"x" * 59}…": expected at most 10,000 characters',
    ),
    "cell of 10 MB": (
        cell("sources", 1, "title", "x" * 10_000_000),
        "sources.csv:3: expected cells of at most 131,072 characters",
    ),
    "duplicate id": (
        lambda rows: rows["sources"].append(rows["sources"][0]),
        'sources.csv:5 id "paper": expected a value used once; line 2 has it',
    ),
    "duplicate pair of keys": (
        cell("discrepancy_statements", 1, "ordinal", "1"),
        'discrepancy_statements.csv:3 discrepancy, ordinal "number-of-pairs, 1": expected a value used once; line 2 has it',
    ),
    "slug of two places at a time": (
        cell("places", 6, "slug", "wenshan"),
        'places.csv:8 slug "wenshan": expected a slug that no other place has at that time',
    ),
    "unknown parent": (
        cell("places", 4, "parent", "vn-99"),
        'places.csv:6 parent "vn-99": expected an id in places.csv',
    ),
    "unknown source in a list": (
        cell("twinnings", 1, "sources", "paper;nobody"),
        'twinnings.csv:3 sources "nobody": expected an id in sources.csv',
    ),
    "unknown member": (
        cell("twinning_members", 0, "place", "cn-999999"),
        'twinning_members.csv:2 place "cn-999999": expected an id in places.csv',
    ),
    "end before start": (
        cell("events", 1, "date_to", "2009-11-02"),
        'events.csv:3 date_to "2009-11-02": expected date_from (2009-11-03) or later',
    ),
    "renewed before signed": (
        cell("twinnings", 0, "renewed_on", "2015"),
        'twinnings.csv:2 renewed_on "2015": expected signed_on (2016-05) or later',
    ),
    "unit ends before it begins": (
        cell("places", 3, "valid_until", "2025-06"),
        'places.csv:5 valid_until "2025-06": expected valid_from (2025-07-01) or later',
        'successions.csv:2 successor "vn-08-2025": expected a unit that existed then; this one is valid from 2025-07-01 until 2025-06-30',
    ),
    "period ends before it begins": (
        cell("figures", 0, "period_to", "2010-12-31"),
        'figures.csv:2 period_to "2010-12-31": expected period_from (2011) or later',
    ),
    "latitude without longitude": (
        cell("places", 2, "lon", ""),
        'places.csv:4 lat "22.82": expected a value of lon beside it',
    ),
    "coordinates without source": (
        cell("places", 2, "coordinate_source", ""),
        'places.csv:4 lat "22.82": expected a value of coordinate_source beside it',
    ),
    "coordinates without precision": (
        cell("places", 2, "coordinate_precision", ""),
        'places.csv:4 lat "22.82": expected a value of coordinate_precision beside it',
    ),
    "ordinal without series": (
        cell("events", 0, "series", ""),
        'events.csv:2 ordinal "1": expected a value of series beside it',
    ),
    "date inferred that is not there": (
        cell("figures", 0, "as_of", ""),
        'figures.csv:2 as_of_inferred "true": expected a value of as_of beside it',
    ),
    "range without upper value": (
        cell("figures", 0, "qualifier", "range"),
        'figures.csv:2 value_max "": expected the upper end of the range',
    ),
    "range upside down": (
        cell("figures", 2, "value_max", "107"),
        'figures.csv:4 value_max "107": expected more than value (108)',
    ),
    "more than there are": (
        cell("totals", 0, "out_of", "6"),
        'totals.csv:2 out_of "6": expected value (7) or more',
    ),
    "upper value of an exact figure": (
        cell("figures", 0, "value_max", "130"),
        'figures.csv:2 value_max "130": expected no upper value unless the qualifier is range',
    ),
    "value that is not stated": (
        cell("figures", 1, "qualifier", "not_stated"),
        'figures.csv:3 value "20": expected no value where the qualifier is not_stated',
    ),
    "exact figure without value": (
        cell("figures", 1, "value", ""),
        'figures.csv:3 value "": expected a value where the qualifier is exact',
    ),
    "place that is its own parent": (
        cell("places", 0, "parent", "vn"),
        'places.csv:2 parent "vn": expected a parent that does not lie in this place itself',
    ),
    "figure that is its own total": (
        cell("figures", 0, "part_of", "sch-all"),
        'figures.csv:2 part_of "sch-all": expected a total that is not part of this figure itself',
    ),
    "twinning signed by a unit of later days": (
        cell("twinning_members", 3, "place", "vn-08-2025"),
        'twinning_members.csv:5 place "vn-08-2025": expected a unit that existed then; this one is valid from 2025-07-01',
    ),
    "meeting with an abolished unit": (
        cell("events", 0, "date_from", "2026"),
        'events.csv:2 vn_places "vn-02": expected a unit that existed then; this one is valid until 2025-06-30',
    ),
    "paper signed by an abolished unit": (
        cell("agreements", 0, "signed_on", "2025-07"),
        'agreements.csv:2 vn_places "vn-026": expected a unit that existed then; this one is valid until 2025-06-30',
    ),
    "figure of a unit of later days": (
        cell("figures", 0, "origin", "vn-08-2025"),
        'figures.csv:2 origin "vn-08-2025": expected a unit that existed then; this one is valid from 2025-07-01',
    ),
    "provider of later days": (
        cell("figures", 0, "provider_places", "vn-08-2025"),
        'figures.csv:2 provider_places "vn-08-2025": expected a unit that existed then; this one is valid from 2025-07-01',
    ),
    "member of a series of another time": (
        cells(("series_members", 1, "until", ""), ("series_members", 1, "since", "2026")),
        'series_members.csv:3 place "vn-02": expected a unit that existed then; this one is valid until 2025-06-30',
    ),
    "membership that ends before it begins": (
        cells(("series_members", 0, "since", "2025"), ("series_members", 0, "until", "2024")),
        'series_members.csv:2 until "2024": expected since (2025) or later',
    ),
    "lead for both sides": (
        cell("events", 0, "confidence", "low"),
        'events.csv:2 release "both": expected own or none for a record of low confidence',
    ),
    "crossings for both sides": (
        cell("figures", 0, "programme", "other"),
        'figures.csv:2 release "both": expected own or none for a figure of the programme other',
    ),
    "discrepancy for both sides": (
        cell("discrepancies", 0, "release", "both"),
        'discrepancies.csv:2 release "both": expected own or none for a discrepancy',
    ),
    "for whom it is left out": (
        cell("figures", 0, "release", ""),
        'figures.csv:2 release "": expected a value',
    ),
    "end counted without a term": (
        cells(("agreements", 0, "valid_until", "2021"), ("agreements", 0, "valid_until_inferred", "true")),
        'agreements.csv:2 valid_until_inferred "true": expected a value of term beside it',
    ),
    "term in words": (
        cell("agreements", 0, "term", "five years"),
        'agreements.csv:2 term "five years": expected years or months such as P5Y or P18M, at most three digits',
    ),
    "parent of another time": (
        cell("places", 4, "parent", "vn-08-2025"),
        'places.csv:6 parent "vn-08-2025": expected a unit that existed then; this one is valid from 2025-07-01',
    ),
    "successor before its time": (
        cell("successions", 0, "effective_on", "2025-06-30"),
        'successions.csv:2 successor "vn-08-2025": expected a unit that existed then; this one is valid from 2025-07-01',
    ),
    "predecessor long gone": (
        cell("places", 4, "valid_until", "2020-12"),
        'successions.csv:3 predecessor "vn-026": expected a unit that existed then; this one is valid until 2020-12-31',
    ),
    "twinning without Chinese side": (
        lambda rows: rows["twinning_members"].pop(0),
        'twinnings.csv:2 id "twin-dong-van-funing": expected members of CN in twinning_members.csv',
    ),
    "twinning without members": (
        lambda rows: rows["twinnings"].append(rows["twinnings"][1] | {"id": "twin-new"}),
        'twinnings.csv:4 id "twin-new": expected members of VN and CN in twinning_members.csv',
    ),
    "place on the other country's side": (
        cell("events", 0, "vn_places", "cn-532600"),
        'events.csv:2 vn_places "cn-532600": expected places of VN only',
    ),
    "parent in the other country": (
        cell("places", 6, "parent", "vn"),
        'places.csv:8 parent "vn": expected a place of CN',
    ),
    "text without its Chinese": (
        cell("twinnings", 0, "note_zh", ""),
        'twinnings.csv:2 note_zh "": expected this text in all three languages or in none',
    ),
    "place without a name": (
        cell("places", 4, "name_vi", ""),
        'places.csv:6 id "vn-026": expected a name in at least one language',
    ),
    "discrepancy with one statement": (
        lambda rows: rows["discrepancy_statements"].pop(),
        'discrepancies.csv:2 id "number-of-pairs": expected two statements or more in discrepancy_statements.csv',
    ),
}


@pytest.mark.parametrize(
    ("change", "expected"), [(change, expected) for change, *expected in CELLS.values()], ids=CELLS
)
def test_broken_cell(package, change, expected):
    folder = package(change)
    assert messages(folder) == expected
    with pytest.raises(InvalidRecords):
        read(folder)


def test_one_slug_may_pass_to_the_next_unit(package):
    assert messages(package(cell("places", 3, "slug", "ha-giang"))) == []


def test_cycle_of_parents(package):
    folder = package(
        cells(
            ("places", 0, "parent", "vn-026"), ("places", 0, "valid_until", "2025-06-30"), ("places", 3, "parent", "")
        )
    )
    expected = "expected a parent that does not lie in this place itself"
    assert messages(folder) == [
        f'places.csv:2 parent "vn-026": {expected}',
        f'places.csv:4 parent "vn": {expected}',
        f'places.csv:6 parent "vn-02": {expected}',
    ]


def test_cycle_of_successors(package):
    back = {
        "predecessor": "vn-08-2025",
        "successor": "vn-02",
        "effective_on": "2025",
        "kind": "split",
        "sources": "office",
    }
    expected = "expected a successor that does not lead back to the predecessor"
    assert messages(package(lambda rows: rows["successions"].append(back))) == [
        f'successions.csv:2 successor "vn-08-2025": {expected}',
        f'successions.csv:4 successor "vn-02": {expected}',
    ]


def test_cycle_of_totals(package):
    expected = "expected a total that is not part of this figure itself"
    assert messages(package(cell("figures", 0, "part_of", "sch-master"))) == [
        f'figures.csv:2 part_of "sch-master": {expected}',
        f'figures.csv:3 part_of "sch-all": {expected}',
    ]


def test_all_faults_at_once_by_file_row_and_column(package):
    folder = package(
        cells(
            ("twinnings", 1, "status", "alive"),
            ("twinnings", 0, "signed_on", "soon"),
            ("twinnings", 0, "level", "city"),
            ("agreements", 0, "place", "nowhere"),
            ("twinning_members", 0, "side", ""),
        )
    )
    (folder / "fields.csv").unlink()
    found = validate(folder)
    assert [(problem.file.rpartition("/")[2], problem.row, problem.column) for problem in found] == [
        ("agreements.csv", 2, "place"),
        ("fields.csv", None, None),
        ("twinning_members.csv", 2, "side"),
        ("twinnings.csv", 2, "id"),
        ("twinnings.csv", 2, "level"),
        ("twinnings.csv", 2, "signed_on"),
        ("twinnings.csv", 3, "status"),
    ]
    with pytest.raises(InvalidRecords) as invalid:
        read(folder)
    assert invalid.value.problems == found


def replaced(old: bytes, new: bytes):
    return lambda data: data.replace(old, new, 1)


HEADER = ",".join(columns()["sources"])

FILES = {
    "empty file": (lambda data: b"", ["sources.csv: expected a header line"]),
    "blank lines only": (lambda data: b"\r\n\r\n", ["sources.csv: expected a header line"]),
    "Excel's semicolons": (
        lambda data: data.replace(b",", b";"),
        [
            f'sources.csv:1 "{HEADER.replace(",", ";")}": expected columns separated by commas; only items of a list take semicolons'
        ],
    ),
    "tabs": (
        lambda data: data.replace(b",", b"\t"),
        [
            'sources.csv:1 "'
            + HEADER.replace(",", "\\u0009")
            + '": expected columns separated by commas; only items of a list take semicolons'
        ],
    ),
    "invalid UTF-8": (
        replaced("Báo".encode(), "Báo".encode("cp1258")),
        ['sources.csv:2: expected text in UTF-8 (in Excel: save as "CSV UTF-8")'],
    ),
    "Chinese code page": (
        lambda data: data.decode().replace("Báo", "Bao").encode("gb18030"),
        ['sources.csv:3: expected text in UTF-8 (in Excel: save as "CSV UTF-8")'],
    ),
    "UTF-16": (
        lambda data: data.decode().encode("utf-16"),
        ['sources.csv:1: expected text in UTF-8 (in Excel: save as "CSV UTF-8")'],
    ),
    "missing column": (replaced(b"publisher,", b""), ["sources.csv:1 publisher: expected this column"]),
    "misspelt column": (
        replaced(b"publisher,", b"Publisher,"),
        [
            'sources.csv:1 "Publisher": expected no column that the schema does not have',
            "sources.csv:1 publisher: expected this column",
        ],
    ),
    "repeated column": (
        replaced(b"publisher,", b"publisher,publisher,"),
        ["sources.csv:1 publisher: expected this column once"],
    ),
    "column too many": (
        lambda data: data.replace(b"\n", b",\n"),
        ['sources.csv:1 "": expected no column that the schema does not have'],
    ),
    "columns in another order": (
        lambda data: b"\n".join(b",".join(reversed(line.split(b","))) for line in data.split(b"\n")),
        [f'sources.csv:1 "{",".join(reversed(columns()["sources"]))}": expected the columns in the order {HEADER}'],
    ),
    "header missing": (
        lambda data: data.partition(b"\n")[2],
        ['sources.csv:1 "paper": expected no column that the schema does not have'],
    ),
    "cell too few": (replaced("Báo,".encode(), b""), ["sources.csv:2: expected 8 cells, found 7"]),
    "cell too many": (replaced("Báo,".encode(), "Báo, ảnh,".encode()), ["sources.csv:2: expected 8 cells, found 9"]),
    "empty row": (replaced(b"office,", b",,,,,,,\noffice,"), ["sources.csv:3: expected no empty row"]),
    "blank line": (replaced(b"office,", b"\noffice,"), ["sources.csv:3: expected no empty row"]),
    "open quotation mark": (
        replaced("Báo".encode(), '"Báo'.encode()),
        ["sources.csv:2: expected quotation marks in pairs, doubled inside a quoted cell (unexpected end of data)"],
    ),
    "quotation mark inside a quoted cell": (
        replaced("Báo".encode(), '"Báo "mới" nay"'.encode()),
        ["sources.csv:2: expected quotation marks in pairs, doubled inside a quoted cell (',' expected after '\"')"],
    ),
}


@pytest.mark.parametrize(("change", "expected"), FILES.values(), ids=FILES)
def test_broken_file(package, change, expected):
    folder = package()
    path = folder / "sources.csv"
    path.write_bytes(change(path.read_bytes()))
    assert [message for message in messages(folder) if message in expected] == expected
    assert all(message.startswith("sources.csv") for message in messages(folder))
    with pytest.raises(InvalidRecords):
        read(folder)


def test_missing_file(package):
    folder = package()
    (folder / "events.csv").unlink()
    assert messages(folder) == ["events.csv: expected a file that can be read"]


def test_folder_in_place_of_a_file(package):
    folder = package()
    (folder / "events.csv").unlink()
    (folder / "events.csv").mkdir()
    assert messages(folder) == ["events.csv: expected a file that can be read"]


def test_unknown_file(package):
    folder = package()
    (folder / "twinnings (1).csv").write_text("id\n")
    (folder / "README.md").write_text("Read me")
    assert messages(folder) == ["twinnings (1).csv: expected no file that datapackage.json does not describe"]


def test_file_over_the_limit(package):
    folder = package()
    os.truncate(folder / "events.csv", LARGEST_FILE + 1)
    assert messages(folder) == ["events.csv: expected a file of at most 64 MB"]


def described(folder, change):
    """What is said of a description that a function has changed; it gets all of it, and the columns by table and name."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    columns = {
        (table["name"], field["name"]): field for table in content["resources"] for field in table["schema"]["fields"]
    }
    change(content, columns)
    path.write_text(json.dumps(content), "utf-8")
    return messages(folder)


def column(table, one, **values):
    return lambda content, columns: columns[table, one].update(values)


def limit(table, one, **values):
    return lambda content, columns: columns[table, one].setdefault("constraints", {}).update(values)


def whole(**values):
    return lambda content, columns: content.update(values)


DESCRIPTIONS = {
    "a value without words": (
        lambda content, columns: columns["sources", "kind"]["constraints"]["enum"].append("leaflet"),
        "sources.kind: expected the same values in enum and categories",
    ),
    "a column renamed": (
        column("events", "title_en", name="title_eng"),
        "events.title_en: expected this column",
    ),
    "a table renamed": (
        lambda content, columns: content["resources"][0].update(name="papers", path="papers.csv"),
        "sources: expected this table",
    ),
    "a column of another type": (
        column("events", "ordinal", type="string"),
        'events.ordinal: expected type: "integer", on which the atlas relies',
    ),
    "a type that there is not": (
        column("events", "ordinal", type="date"),
        'resources.events.schema.fields.ordinal.type "date": expected one of string, integer, number, boolean',
    ),
    "no list": (
        lambda content, columns: columns["events", "sources"].pop("atlas:separator"),
        'events.sources: expected separator: ";", on which the atlas relies',
    ),
    "not required any more": (
        limit("events", "title_en", required=False),
        "events.title_en: expected required: true, on which the atlas relies",
    ),
    "a value of which the map has no mark": (
        lambda content, columns: (
            columns["twinnings", "level"]["constraints"]["enum"].append("school"),
            columns["twinnings", "level"]["categories"].append({"value": "school", "label": "school"}),
        ),
        "twinnings.level: expected no other values than province, prefecture, district, commune, village, border_guard",
    ),
    "a value taken out": (
        lambda content, columns: (
            columns["events", "status"]["constraints"]["enum"].remove("planned"),
            columns["events", "status"]["categories"].pop(),
        ),
        'events.status: expected the allowed value "planned", on which the atlas relies',
    ),
    "a limit in words": (
        limit("figures", "value", minimum="0"),
        'resources.figures.schema.fields.value.constraints.minimum "0": expected a number',
    ),
    "a pattern that is none": (
        limit("sources", "note", pattern="["),
        'sources.note "[": expected a pattern that can be read (unterminated character set at position 0)',
    ),
    "a reference to nothing": (
        column("events", "place", **{"atlas:references": "towns.id"}),
        'events.place "towns.id": expected a table with the column id',
    ),
    "another file": (
        lambda content, columns: content["resources"][0].update(path="../seeds/sources.csv"),
        'sources.path "../seeds/sources.csv": expected sources.csv',
    ),
    "a title that is no sheet's name": (
        lambda content, columns: content["resources"][0].update(title="Sources: all"),
        'resources.sources.title "Sources: all": expected a title of at most 31 characters',
    ),
    "half a pair of surrogates": (
        whole(title="\ud800"),
        'title "\\ud800": expected one line without control, invisible or replacement characters',
    ),
    "a day that no page shows": (whole(version="9999.12.31"), 'version "9999.12.31": expected a day of the years 1990'),
    "a day that there is not": (whole(version="2026.2.30"), 'version "2026.2.30": expected a day of the years 1990'),
    "a floor above its ceiling": (
        column("events", "place", **{"atlas:count": {"floor": 2, "ceiling": 1}}),
        "events.atlas:count: expected a floor of place that is not above its ceiling",
    ),
}


@pytest.mark.parametrize(("change", "expected"), DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_what_the_atlas_cannot_read_is_a_broken_description(package, change, expected):
    said = described(package(), change)
    assert any(message.startswith(f"datapackage.json {expected}") for message in said), said


def test_a_description_may_have_more_than_the_atlas_reads(package):
    def more(content, columns):
        columns["sources", "kind"]["constraints"]["enum"].append("leaflet")
        columns["sources", "kind"]["categories"].append({"value": "leaflet", "label": "leaflet"})
        columns["sources", "publisher"]["constraints"] = {"required": False, "unique": False}
        one = {"name": "id", "type": "string", "title": "Id", "constraints": {"required": True, "unique": True}}
        content["resources"].append(
            {
                "name": "photographs",
                "path": "photographs.csv",
                "title": "Photographs",
                "description": "Of what was signed",
                "schema": {"fields": [one], "primaryKey": "id"},
            }
        )

    folder = package()
    (folder / "photographs.csv").write_text("id\none\n")
    assert described(folder, more) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "a file that can be read"),
        ("", "a tabular data package (Expecting value: line 1 column 1 (char 0))"),
        ("[" * 100_000, "a tabular data package (maximum recursion depth exceeded"),
        ("[]", "the description of the tables as an object"),
        ("{}", "the key title"),
    ],
    ids=["missing", "empty", "deep", "a list", "no keys"],
)
def test_broken_description(package, content, expected):
    folder = package()
    (folder / "datapackage.json").unlink()
    if content is not None:
        (folder / "datapackage.json").write_text(content)
    assert messages(folder)[0].startswith(f"datapackage.json: expected {expected}")


ACCEPTED = {
    "byte order mark": lambda text: "\ufeff" + text,
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old Macintosh line ends": lambda text: text.replace("\n", "\r"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "decomposed diacritics": lambda text: unicodedata.normalize("NFD", text),
    "non-breaking spaces": lambda text: text.replace(" ", "\u00a0"),
    "ideographic spaces": lambda text: text.replace(" ", "\u3000"),
    "blanks around cells": lambda text: text.replace(",", " , "),
    "every cell quoted": lambda text: "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in text.splitlines()
    ),
    "spreadsheet's true": lambda text: text.replace(",true,", ",TRUE,"),
}


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted_and_made_uniform(package, change):
    folder = package()
    expected = read(folder)["places"]
    path = folder / "places.csv"
    before = path.read_bytes()
    path.write_bytes(change(before.decode()).encode())
    assert path.read_bytes() != before
    assert read(folder)["places"].equals(expected)
