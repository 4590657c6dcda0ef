"""Every export is opened by the readers that its users have, and holds the rows that the filters leave."""

import dataclasses
import io
import json
import re
import sqlite3
import zipfile
from datetime import date, datetime
from functools import cache
from xml.etree import ElementTree

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from atlas import LANGUAGES, ROOT, SEEDS, records
from atlas.exports import about, archive, excel, qgis, spreadsheets
from atlas.exports.formats import KINDS, export, file_name
from atlas.exports.geodata import layers
from atlas.exports.rows import day, readable, selected
from atlas.model.atlas import LEVELS
from atlas.model.selection import Selection
from atlas.model.session import Decision, Said, Session
from atlas.words import vocabulary
from atlas.words.translator import Translator

TABLES = [name for name, kind in KINDS.items() if not kind.document]
HA_GIANG = Selection(province=("ha-giang",), asof="2025-06-30")
SELECTIONS = {"whole": None, "no filter": Selection(), "one province": HA_GIANG, "nothing": Selection(q="qqqqqq")}
FORMULAS = [f"{opener}1+1" for opener in spreadsheets.OPENERS] + [
    '=HYPERLINK("https://example.org")',
    "@SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
]
ODDITIES = [
    "<script>alert(1)</script>",
    "a\u202egpj.exe",
    "\u200fשלום",
    "x" * 5000,
    "it's",
    'say "x", y; z',
    "${alert(1)}",
    "Đồng Văn 同文",
]

selections = pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
# every selection and every language, but not every pair of them
cases = pytest.mark.parametrize(
    ("selection", "language"), list(zip(SELECTIONS.values(), ("vi", "zh", "en", "vi"))), ids=SELECTIONS
)
languages = pytest.mark.parametrize("language", LANGUAGES)


def with_titles(atlas, titles):
    """The atlas with other titles of its first sources."""
    changed = {name: frame.copy() for name, frame in atlas.tables.items()}
    changed["sources"].iloc[: len(titles), changed["sources"].columns.get_loc("title")] = titles
    return dataclasses.replace(atlas, tables=changed)


def archive_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def made(atlas):
    """``made(kind, selection, language)``: a file, made once for all tests that read it."""
    return cache(lambda kind, selection, language: export(atlas, kind, selection, language))


@pytest.fixture(scope="module")
def opened(made):
    """``opened(selection, language)``: a workbook, read once for all tests, which leave it as it is."""
    return cache(lambda selection, language: openpyxl.load_workbook(io.BytesIO(made("xlsx", selection, language))))


@pytest.mark.parametrize("kind", TABLES)
def test_the_same_selection_gives_the_same_bytes(atlas, made, kind):
    assert made(kind, HA_GIANG, "zh") == export(atlas, kind, HA_GIANG, "zh")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_archives_carry_no_time_of_day(made, kind):
    content = made(kind, HA_GIANG, "en")
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert {entry.date_time[3:] for entry in opened.infolist()} == {(0, 0, 0)}


@cases
def test_csv_holds_the_selected_rows(atlas, made, selection, language):
    files = archive_of(made("csv", selection, language))
    expected = selected(atlas, selection)
    assert set(files) == {"about.txt", *(f"{name}.csv" for name in expected)}
    for name, rows in expected.items():
        content = files[f"{name}.csv"]
        assert content.startswith("\ufeff".encode())
        frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        assert len(frame) == len(rows)
        if "id" in rows:
            assert list(frame.iloc[:, 0]) == list(rows["id"])


@cases
def test_the_workbook_holds_the_selected_rows(atlas, selection, language, opened):
    book = opened(selection, language)
    expected = readable(atlas, selection, Translator(language))
    assert len(book.worksheets) == 1 + len(expected)
    for sheet, name in zip(book.worksheets[1:], excel.SHEETS):
        header, *lines = sheet.iter_rows(values_only=True)
        frame = expected[name][list(header)]
        assert set(header) == set(expected[name].columns), name
        assert len(lines) == len(frame)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        for line, row in zip(lines, frame.itertuples(index=False)):
            shown = [value.date().isoformat() if isinstance(value, datetime) else value for value in line]
            assert [value for value in shown if value is not None] == [
                value for value in row if not pd.isna(value) and value != ""
            ]


def test_the_workbook_begins_with_a_summary_and_figures_and_ends_with_sources_and_ids(atlas, opened):
    sheets = opened(HA_GIANG, "en").worksheets
    titles = [sheet.title for sheet in sheets]
    assert titles[:6] == ["Summary", "Figures", "Twinnings", "Events", "Agreements", "Commitments"]
    assert titles[-1] == "Sources"
    for sheet in sheets[1:8]:
        assert sheet[1][-1].value in ("Id", "Sources")
        grouped = [(one.min, one.max) for one in sheet.column_dimensions.values() if one.outlineLevel]
        assert grouped[-1][1] == sheet.max_column
    assert set(excel.SHEETS) == set(readable(atlas, None, Translator("en")))


def test_the_summary_counts_the_sheets_leads_to_them_and_draws_the_levels(atlas, opened):
    book = opened(HA_GIANG, "vi-zh")
    summary = book.worksheets[0]
    links = [cell for row in summary.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 6
    for cell in links:
        sheet = book[cell.hyperlink.location.split("!")[0].strip("'")]
        assert summary.cell(cell.row, 2).value == sheet.max_row - 1
    (chart,) = summary._charts
    drawn = summary[chart.series[0].val.numRef.f.split("!")[-1].replace("$", "")]
    counts = HA_GIANG.twinnings(atlas)["level"].value_counts()
    assert sorted(cell.value for (cell,) in drawn) == sorted(counts)


def test_a_workbook_in_two_languages_says_texts_in_both_and_numbers_once(atlas, opened):
    sheet = opened(HA_GIANG, "zh-vi").worksheets[1]
    spoken = [readable(atlas, HA_GIANG, Translator(one))["figures"] for one in ("zh", "vi")]
    heads = [cell.value for cell in sheet[1]]
    for title in ("Title", "Value"):
        said = [Translator(one)(title) for one in ("zh", "vi")]
        column = heads.index("\n".join(said)) + 1
        cells = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
        if title == "Value":
            assert cells == [None if pd.isna(value) else value for value in spoken[0][said[0]]]
        else:
            assert cells == ["\n".join(dict.fromkeys(both)) for both in zip(*(f[t] for f, t in zip(spoken, said)))]


def test_addresses_of_sources_are_links_but_those_of_copies(atlas, opened):
    sheet = opened(None, "en")["Sources"]
    heads = [cell.value for cell in sheet[1]]
    kinds = atlas.table("sources")["kind"]
    for row in sheet.iter_rows(min_row=2):
        cells = dict(zip(heads, row))
        url = cells["Address"]
        assert bool(url.hyperlink) == bool(url.value and kinds[cells["Id"].value] != "mirror"), url.value


def test_a_day_is_a_date_and_a_month_stays_text(atlas, opened):
    sheet = opened(None, "en")["Events"]
    column = [cell.value for cell in sheet[1]].index("First day") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1) if sheet.cell(row, column).value]
    known = sorted(date for date in atlas.table("events")["date_from"].dropna())
    assert sorted(cell.value.date().isoformat() for cell in cells if cell.is_date) == [
        day for day in known if len(day) == 10
    ]
    assert sorted(cell.value for cell in cells if not cell.is_date) == [day for day in known if len(day) < 10]


def test_the_workbook_prints_on_landscape_pages_with_heads_and_numbers(opened):
    book = opened(HA_GIANG, "vi")
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == (0 if sheet is not book.worksheets[0] else None)  # None: one page
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text or "&[Page]" in sheet.oddFooter.right.text
        assert sheet.print_title_rows == ("$1:$1" if sheet is not book.worksheets[0] else None)


@languages
def test_a_printed_page_has_what_is_read_in_letters_of_seven_points(atlas, language, opened):
    translate = Translator(language)
    book = opened(HA_GIANG, language)
    read = {
        "Figures": ("Title", "Value", "As of", "Origin", "Destination"),
        "Agreements": ("Title", "Signed on", "Status", "Valid until"),
        "Events": ("Title", "First day", "Place", "Outcomes"),
        "Commitments": ("What was agreed", "State", "Due"),
        "Discrepancies": ("Title", "What the atlas uses"),
    }
    for sheet in book.worksheets[1:]:
        printed = sheet[sheet.print_area.split("!")[-1].replace("$", "")][0]
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in printed]
        assert sum(widths) <= 230, sheet.title
    for title, heads in read.items():
        sheet = book[translate(title)]
        printed = [cell.value for cell in sheet[sheet.print_area.split("!")[-1].replace("$", "")][0]]
        assert set(map(translate, heads)) <= set(printed), (title, printed)


@languages
def test_every_column_reaches_the_reader(atlas, language):
    """Two columns whose titles are translated alike would become one."""
    schema = records.schema(SEEDS).tables
    for name, frame in readable(atlas, HA_GIANG, Translator(language)).items():
        # of a text in several languages one
        shown = set(schema[name].columns) - {column for texts in schema[name].texts for column in texts[1:]}
        added = {"twinnings": 3, "twinning_members": 2, "commitments": 1}.get(name, 0)
        assert len(frame.columns) == len(shown) + added, name


@languages
def test_every_allowed_value_has_words(language):
    for table in records.schema(SEEDS).tables.values():
        for field in table.fields:
            words = vocabulary.of_field(field, Translator(language))
            assert all(words[value].strip() for value in field.enum), (table.name, field.name)


def test_readable_tables_say_names_and_words(atlas):
    members = readable(atlas, HA_GIANG, Translator("vi"))["twinning_members"]
    twinnings = readable(atlas, HA_GIANG, Translator("zh"))["twinnings"]
    assert not members.map(lambda value: bool(re.fullmatch(r"(vn|cn)-\d.*", str(value)))).any(axis=None)
    assert not twinnings.isin(["district", "commune", "active", "high"]).any(axis=None)


@cases
@pytest.mark.parametrize("kind", TABLES)
def test_every_export_says_what_it_is(atlas, made, kind, selection, language, opened):
    translate = Translator(language)
    content = made(kind, selection, language)
    match kind:
        case "csv":
            said = archive_of(content)["about.txt"].decode("utf-8-sig")
        case "xlsx":
            said = "\n".join(
                str(value)
                for row in opened(selection, language).worksheets[0].iter_rows(values_only=True)
                for value in row
            )
        case "geojson" | "linked-places":
            said = "\n".join(json.loads(content)["about"].values())
        case "gpkg":
            said = "\n".join(gpd.read_file(io.BytesIO(content), layer="about")["text"])
    for text in (
        about.described(atlas, selection, translate),
        translate.date(day(atlas, selection)),
        translate.date(atlas.version),
        atlas.schema.licence,
        about.disclaimer(translate),
    ):
        assert text in said


def test_a_selection_is_named_by_its_filters(atlas):
    chosen = Selection(
        province=("ha-giang",), level=("commune",), year_from=2015, undated="include", confidence=("high",), q="mèo vạc"
    )
    said = about.described(atlas, chosen, Translator("en"))
    for text in (
        "Hà Giang",
        vocabulary.labels(atlas, "twinnings.level", Translator("en"))["commune"],
        "2015",
        "Include",
        "High",
        "mèo vạc",
    ):
        assert text in said


def test_the_day_of_an_export_does_not_depend_on_today(atlas):
    assert day(atlas, None) == day(atlas, Selection()) == atlas.version
    assert day(atlas, HA_GIANG) == "2025-06-30"


def test_units_are_judged_on_the_day_of_the_selection(atlas):
    before, after = (
        readable(atlas, dataclasses.replace(HA_GIANG, asof=day), Translator("en"))["twinning_members"]["Unit exists"]
        for day in ("2025-06-30", "2025-07-01")
    )
    assert (before == "yes").all()
    assert (after == "no").any()


@selections
def test_what_an_export_refers_to_is_in_it(atlas, selection):
    rows = selected(atlas, selection)
    for name, table in records.schema(SEEDS).tables.items():
        for field in table.fields:
            if field.references in ("places", "sources", "fields"):
                assert set(rows[name][field.name].explode().dropna()) <= set(rows[field.references].index), (
                    name,
                    field.name,
                )


def test_a_province_leaves_the_others_out(atlas):
    rows = selected(atlas, HA_GIANG)
    assert 0 < len(rows["twinnings"]) < len(atlas.twinnings)
    assert set(rows["twinning_members"]["twinning"]) == set(rows["twinnings"].index)
    for name in ("agreements", "events", "figures", "discrepancies", "sources", "places"):
        assert 0 < len(rows[name]) < len(atlas.table(name)), name


def test_no_text_becomes_a_formula(atlas):
    hostile = with_titles(atlas, FORMULAS)
    files = archive_of(export(hostile, "csv", None, "en"))
    frame = pd.read_csv(io.BytesIO(files["sources.csv"]), dtype=str, keep_default_na=False)
    assert list(frame["Title"][: len(FORMULAS)]) == [f"'{text}" for text in FORMULAS]
    book = openpyxl.load_workbook(io.BytesIO(export(hostile, "xlsx", None, "en")))
    cells = [book["Sources"].cell(row, 1) for row in range(2, len(FORMULAS) + 2)]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_counts_are_whole_numbers(atlas):
    frame = pd.DataFrame({"counts": [15, None, 550_000.0], "share": [0.5, 1.0, None]})
    assert spreadsheets.csv(frame).decode("utf-8-sig").split() == ["counts,share", "15,0.5", ",1", "550000,"]
    figures = archive_of(export(atlas, "csv", None, "en"))["figures.csv"]
    assert not pd.read_csv(io.BytesIO(figures), dtype=str)["Value"].str.endswith(".0").any()


def test_numbers_stay_numbers(atlas):
    places = readable(atlas, None, Translator("en"))["places"]
    negative = places.assign(Latitude=-places["Latitude"])
    assert "'" not in pd.read_csv(io.BytesIO(spreadsheets.csv(negative)), dtype=str)["Latitude"].str[0].tolist()


def test_odd_texts_survive_in_every_format(atlas):
    odd = with_titles(atlas, ODDITIES)
    translate = Translator("en")
    csv = pd.read_csv(io.BytesIO(archive_of(export(odd, "csv", None, translate.language))["sources.csv"]), dtype=str)
    sheet = openpyxl.load_workbook(io.BytesIO(export(odd, "xlsx", None, translate.language)))["Sources"]
    gpkg = gpd.read_file(io.BytesIO(export(odd, "gpkg", None, translate.language)), layer="sources")
    geojson = json.loads(export(odd, "geojson", None, translate.language))["sources"]
    n = len(ODDITIES)
    assert list(csv["Title"][:n]) == ODDITIES
    assert [sheet.cell(row, 1).value for row in range(2, n + 2)] == ODDITIES
    assert list(gpkg["title"][:n]) == ODDITIES
    assert [source["title"] for source in geojson[:n]] == ODDITIES


def test_only_one_module_writes_for_spreadsheets():
    writers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("atlas", "ui", "pages")
        for path in (ROOT / folder).rglob("*.py")
        # the boundaries are made for the repository, not for visitors
        if path.parent.name != "boundaries"
        and re.search(r"\.to_csv\(|\.to_excel\(|xlsxwriter\.Workbook\(", path.read_text("utf-8"))
    }
    # the workbook of atlas.exports.contributions.workbook holds the schema and validated rows alone, those inside slides text cells alone
    assert (
        writers
        == {
            "atlas/exports/spreadsheets.py",
            "atlas/exports/excel.py",
            "atlas/exports/contributions/opened.py",  # an empty one, which texts of a contributor's own are put into as texts
            "atlas/exports/contributions/workbook.py",
            "atlas/exports/slides/charts.py",
        }
    )


@languages
def test_one_table_as_csv_says_where_it_is_from(atlas, language):
    translate = Translator(language)
    frame = pd.read_csv(
        io.BytesIO(spreadsheets.csv_table(atlas, HA_GIANG, translate, "twinnings")), dtype=str, keep_default_na=False
    )
    assert list(frame.iloc[:, 0]) == list(HA_GIANG.twinnings(atlas).index)
    assert frame[translate("About this file")].str.contains(about.disclaimer(translate), regex=False).all()


@cases
def test_geojson_opens_in_geopandas(atlas, made, selection, language):
    content = made("geojson", selection, language)
    rows = selected(atlas, selection)
    features = json.loads(content)["features"]
    assert [one["properties"]["id"] for one in features] == [*rows["twinnings"].index, *rows["places"].index]
    assert all(not isinstance(value, (list, dict)) for one in features for value in one["properties"].values())
    if features:
        frame = gpd.read_file(io.BytesIO(content))
        assert frame.crs == "EPSG:4326"
        located = frame[~frame.geometry.isna()]
        assert located.cx[98:125, 5:55].shape == located.shape
        assert set(located.geom_type) <= {"LineString", "Point"}


@cases
def test_the_geopackage_opens_in_geopandas(atlas, made, selection, language, tmp_path):
    path = tmp_path / "atlas.gpkg"
    path.write_bytes(made("gpkg", selection, language))
    rows = selected(atlas, selection)
    for name in ("twinnings", "places"):
        frame = gpd.read_file(path, layer=name)
        assert list(frame["id"]) == list(rows[name].index)
        assert frame.crs == "EPSG:4326"
    assert len(gpd.read_file(path, layer="sources")) == len(rows["sources"])
    with sqlite3.connect(path) as database:
        assert {day[:10] for (day,) in database.execute("select last_change from gpkg_contents")} == {atlas.version}


@pytest.fixture(scope="module")
def geopackage(atlas, tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "atlas.gpkg"
    path.write_bytes(export(atlas, "gpkg", Selection(province=("quang-ninh",)), "vi"))
    return path


def test_the_geopackage_has_units_of_both_periods_and_the_border(atlas, geopackage):
    for layer, on in (("units_vn_2024", "2025-06-30"), ("units_vn_2025", "2025-07-01")):
        units = gpd.read_file(geopackage, layer=layer)
        assert units["id"].is_unique
        assert all(atlas.places.exists(one, date.fromisoformat(on)) for one in units["id"])
        assert units.geometry.is_valid.all()
    assert set(gpd.read_file(geopackage, layer="units_cn")["country"]) == {"CN"}
    assert gpd.read_file(geopackage, layer="border").to_crs(32648).length.sum() > 1_200_000


def test_flows_and_routes_run_through_their_places(atlas, geopackage):
    flows = gpd.read_file(geopackage, layer="flows")
    assert {"sch-quang-ninh-guangxi"} <= set(flows["id"]) <= set(atlas.table("figures").index)
    for row in flows.to_dict("records"):
        ends = [atlas.places.position(row[end])[::-1] for end in ("origin", "destination")]
        assert list(row["geometry"].coords) == [pytest.approx(end, abs=1e-4) for end in ends]
    routes = gpd.read_file(geopackage, layer="routes")
    assert len(routes)
    for row in routes.to_dict("records"):
        stops = [at for one in atlas.table("events").at[row["id"], "route"] if (at := atlas.places.position(one))]
        assert len(row["geometry"].coords) == len(stops)


def test_every_layer_has_a_style_in_each_language_and_begins_with_that_of_the_file(geopackage):
    styles = gpd.read_file(geopackage, layer=qgis.TABLE)
    layers = set(gpd.list_layers(geopackage).dropna(subset="geometry_type")["name"])
    assert set(styles["f_table_name"]) == layers
    for _, mine in styles.groupby("f_table_name"):
        assert list(mine.loc[mine["useAsDefault"], "styleName"]) == ["Tiếng Việt"]
    for row in styles.to_dict("records"):
        style = ElementTree.fromstring(row["styleQML"].partition(">")[2])
        names = {
            field for text in style.iter("text-style") for field in re.findall('"([a-z_]+)"', text.get("fieldName"))
        }
        assert names <= set(gpd.read_file(geopackage, layer=row["f_table_name"], rows=1).columns)
        assert (row["styleName"] != "中文") or not names or "title_zh" in names or "name_zh_basis" in names
    colours = {
        style.get("value")
        for style in ElementTree.fromstring(
            styles.set_index("f_table_name").loc["twinnings", "styleQML"].iloc[0].partition(">")[2]
        ).iter("category")
    }
    assert set(LEVELS) <= colours


def test_lines_run_from_side_to_side(atlas):
    lines = layers(atlas, HA_GIANG)["twinnings"].set_index("id")
    for twinning, line in lines.geometry.dropna().items():
        row = atlas.twinnings.loc[twinning]
        if len(row["vn"]) == len(row["cn"]) == 1:
            ends = [atlas.places.position(row[side][0])[::-1] for side in ("vn", "cn")]
            assert list(line.coords) == [pytest.approx(end, abs=1e-4) for end in ends]
    assert lines.geometry.notna().any()


def test_ended_is_judged_on_the_day_of_the_selection(atlas):
    before, after = (
        layers(atlas, dataclasses.replace(HA_GIANG, asof=day))["twinnings"]["ended"]
        for day in ("2025-06-30", "2025-07-01")
    )
    assert before.isna().all()
    assert (after == "2025-06-30").any()


def test_the_data_package_holds_the_tables_as_they_stand(atlas):
    content = archive.datapackage(atlas, Translator("en"))
    files = archive_of(content)
    described = json.loads(files["datapackage.json"])
    for resource in described["resources"]:
        assert files[resource["path"]] == (SEEDS / resource["path"]).read_bytes()
    assert about.disclaimer(Translator("en")) in files["README.txt"].decode()
    assert archive.datapackage(atlas, Translator("en")) == content


@languages
def test_the_citation_names_title_version_and_licence(atlas, language):
    translate = Translator(language)
    for text in (about.citation(atlas, translate), about.bibtex(atlas, translate)):
        assert translate("Vietnam–China Border Cooperation Atlas") in text
        assert atlas.version in text
        assert atlas.schema.licence in text
    assert about.bibtex(atlas, translate).count("{") == about.bibtex(atlas, translate).count("}")


def test_file_names_say_version_part_and_language(atlas):
    assert (
        file_name(atlas, None, "vi", "csv", "twinning_members")
        == f"border-cooperation-atlas-{atlas.version}-twinning-members-vi.csv"
    )
    assert file_name(atlas, HA_GIANG, "zh", "xlsx") == f"border-cooperation-atlas-{atlas.version}-selection-zh.xlsx"


def test_a_workbook_follows_its_session(atlas):
    session = Session(
        "own",
        "vi-zh",
        selection=Selection(province=("lai-chau",)),
        title=Said(vi="Kỳ họp thứ nhất", zh="第一次会晤"),
        date="2026-12",
        place=Said(vi="Lai Châu", zh="莱州"),
        decisions=(Decision(Said(vi="Ký lại", zh="续签"), Said(vi="Sở Ngoại vụ"), "2027", "agreed"),),
    )
    book = openpyxl.load_workbook(io.BytesIO(export(atlas, "xlsx", None, "en", session=session)))
    summary, decisions = book.worksheets[:2]
    said = [cell.value for row in summary.iter_rows(max_row=4) for cell in row if cell.value]
    assert said[:3] == ["Kỳ họp thứ nhất\n第一次会晤", "Lai Châu / 莱州", "tháng 12 năm 2026 / 2026年12月"]
    assert [cell.value for cell in decisions[2]] == [
        "Ký lại\n续签",
        "Sở Ngoại vụ",
        "2027\n2027年",
        "đã thống nhất\n已商定",
    ]
