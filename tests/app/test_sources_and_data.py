"""The page on sources and data, in every language."""

import re
from html import unescape

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, SEEDS, records
from atlas.exports.formats import KINDS
from atlas.model import disagreements, quality
from atlas.model.spelling import LONGEST_SEARCH
from atlas.words import naming
from atlas.words.translator import Translator
from tests.app.test_flow_pages import rows_of
from tests.app.test_pages import html_of
from tests.app.test_pages import opened as open_page

SECTIONS = ("sources", "discrepancies", "coverage", "quality", "downloads")


def opened(language: str, section: str = "sources", **query) -> AppTest:
    page = open_page("sources_and_data", lang=language, view=section, **query)
    assert not page.exception
    return page


def listed(page: AppTest) -> list[str]:
    """The titles in the list of disagreements, which stand under heads of their own."""
    return [row[0] for row in rows_of(page) if row]


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
    found = rows_of(opened("vi", q="bao ha giang"))
    assert 0 < len(found) < len(atlas.table("sources"))
    assert any("Báo Hà Giang" in row[1] for row in found)


def test_no_source_found_is_said():
    page = opened("en", q="qqqqqq")
    assert not rows_of(page)
    assert page.info[0].value == "No source matches. Change the search or the kinds."


def test_sources_of_one_kind(atlas):
    page = opened("en", list="machine_translation")
    found = rows_of(page)
    assert len(found) == (atlas.table("sources")["kind"] == "machine_translation").sum()
    assert {row[4] for row in found} == {"machine translation"}
    assert f"machine translation ({len(found)})" in html_of(page)


@pytest.mark.parametrize("section", ["sources", "discrepancies"])
def test_what_is_searched_for_has_a_longest_text(section):
    boxes = re.findall("<input type=search[^>]*data-live=q[^>]*>", html_of(opened("en", section)))
    assert [re.search(r"maxlength=['\"]?(\d+)", box)[1] for box in boxes] == [str(LONGEST_SEARCH)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_disagreement_is_in_the_list_and_the_first_is_shown(atlas, language):
    page = opened(language, "discrepancies")
    titles = atlas.table("discrepancies")[f"title_{language}"]
    assert sorted(listed(page)) == sorted(titles)
    assert html_of(page).count("<article") == 1


def test_an_open_disagreement_shows_who_says_what_and_what_the_atlas_uses(atlas):
    row = atlas.table("discrepancies").loc["ha-giang-crossings"]
    shown = html_of(opened("en", "discrepancies", record="ha-giang-crossings"))
    statements = atlas.table("discrepancy_statements")
    said = statements[statements["discrepancy"] == "ha-giang-crossings"]
    for text in (row["title_en"], row["used_en"], *said["statement_en"]):
        assert escape(text) in shown
    for source in {one for cited in said["sources"] for one in cited}:
        assert escape(atlas.table("sources").at[source, "title"]) in shown


def test_disagreements_of_a_topic_a_province_and_a_search(atlas):
    of_topic = listed(opened("en", "discrepancies", list="labour"))
    assert len(of_topic) == len(disagreements.by_topic(atlas)["labour"])
    of_province = listed(opened("en", "discrepancies", list="labour", province="ha-giang"))
    assert 0 < len(of_province) < len(of_topic)
    assert 0 < len(listed(opened("vi", "discrepancies", q="mong cai"))) < len(atlas.table("discrepancies"))
    assert opened("en", "discrepancies", q="qqqqqq").info[0].value.startswith("No point matches.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["twinnings", "agreements", "events", "figures"])
def test_quality_of_every_record_is_a_list_with_dates_as_the_language_writes_them(atlas, table, language):
    page = opened(language, "quality", list=table)
    assert not page.dataframe
    body = re.search("<tbody>(.*?)</table>", html_of(page), re.DOTALL)[1]
    rows = [[unescape(cell) for cell in row.split("<td>")[1:]] for row in body.split("<tr>")[1:]]
    assert len(rows) == len(atlas.table(table))
    assert not [row for row in rows if re.search(r"\d{4}-\d\d", row[1])]
    assert all(0 <= int(row[4].removesuffix("%")) <= 100 for row in rows)


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
