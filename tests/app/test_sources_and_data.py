"""The page on sources and data, in every language."""

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, ROOT, SEEDS, records
from atlas.exports.formats import KINDS
from atlas.model import quality
from atlas.words import naming
from atlas.words.translator import Translator
from tests.app.test_flow_pages import rows_of
from tests.app.test_pages import html_of

SECTIONS = ("sources", "discrepancies", "coverage", "quality", "downloads")


def opened(language: str, section: str = "sources", record: str = "", **widgets) -> AppTest:
    page = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    page.switch_page("../pages/sources_and_data.py")
    for name, value in {"lang": language, "view": section, "record": record}.items():
        page.query_params[name] = value
    for name, value in widgets.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(
        str(element.value)
        for kind in ("header", "subheader", "markdown", "caption", "text", "code")
        for element in getattr(page, kind)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(language, section):
    page = opened(language, section)
    assert f"data-set='view={section}' aria-pressed=true" in html_of(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_sources_are_listed(atlas, language):
    titles = [row[0] for row in rows_of(opened(language))]
    assert titles == atlas.table("sources")["title"].tolist()


@pytest.mark.parametrize("kind", ["article", "mirror"])
def test_an_open_source_shows_its_link_and_its_records_and_a_copy_has_no_link(atlas, kind):
    cited = quality.cited_by(atlas)
    rows = atlas.table("sources")
    source = next(one for one in rows.index[rows["kind"] == kind] if cited[one] and rows.at[one, "url"])
    page = opened("en", record=source)
    shown = html_of(page)
    assert (escape(rows.at[source, "url"]) in shown) == (kind != "mirror")
    table, record = cited[source][0]
    assert escape(naming.record_name(atlas, table, record, Translator("en"))) in shown


def test_sources_are_found_without_diacritics(atlas):
    found = rows_of(opened("vi", **{"source-search": "bao ha giang"}))
    assert 0 < len(found) < len(atlas.table("sources"))
    assert any("Báo Hà Giang" in row[1] for row in found)


def test_no_source_found_is_said():
    page = opened("en", **{"source-search": "qqqqqq"})
    assert not rows_of(page)
    assert page.info[0].value == "No source matches. Change the search or the kinds."


def test_sources_of_one_kind(atlas):
    found = rows_of(opened("en", **{"source-kind-en": ["machine_translation"]}))
    assert len(found) == (atlas.table("sources")["kind"] == "machine_translation").sum()
    assert {row[4] for row in found} == {"machine translation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_disagreement_is_shown(atlas, language):
    page = opened(language, "discrepancies")
    shown = "".join(element.proto.body for element in page.get("html"))
    assert shown.count("<article") == len(atlas.table("discrepancies"))


def test_disagreements_left_open(atlas):
    page = opened("en", "discrepancies", **{"discrepancy-status-en": "open"})
    shown = "".join(element.proto.body for element in page.get("html"))
    assert shown.count("<article") == (atlas.table("discrepancies")["status"] == "open").sum()


@pytest.mark.parametrize("table", ["twinnings", "agreements", "events", "figures"])
def test_quality_of_every_record(atlas, table):
    frame = opened("en", "quality", **{"quality-table-en": table}).dataframe[0].value
    assert len(frame) == len(atlas.table(table))
    assert frame["Completeness"].between(0, 100).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_downloaded(language):
    page = opened(language, "downloads")
    assert page.toggle(key="whole-names").label == Translator(language)("Proposed Chinese names")
    assert page.toggle(key="whole-names").value
    keys = {
        button.proto.id.rsplit("-None-", 1)[-1] if "-None-" in button.proto.id else button.proto.id
        for button in page.get("download_button")
    }
    wanted = (
        {f"whole-{name}" for name, kind in KINDS.items() if not kind.document}
        | {"datapackage"}
        | {f"table-{name}" for name in records.schema(SEEDS).tables}
    )
    assert all(any(key in one for one in keys) for key in wanted), keys
    assert len(page.get("download_button")) == len(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_and_citation(atlas, language):
    said = texts(opened(language, "downloads"))
    for text in (
        "CC-BY-4.0",
        atlas.version,
        "@misc{",
        Translator(language)("Boundaries and positions are approximate and not for legal use."),
    ):
        assert text in said
