"""The page on sources and data, in every language."""

import pytest
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, ROOT, SEEDS, records
from atlas.exports import FORMATS
from atlas.i18n import Translator

PAGE = ROOT / "pages/sources_and_data.py"
SECTIONS = ("sources", "discrepancies", "coverage", "quality", "downloads")


def opened(language: str, section: str = "sources", **state) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in {"lang": language, "section": section, **state}.items():
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
    assert page.button_group(key="section").value == section


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_sources_are_listed(atlas, language):
    translate = Translator(language)
    frame = opened(language).dataframe[0].value
    assert len(frame) == len(atlas.table("sources"))
    assert set(frame[translate("Title")]) == set(atlas.table("sources")["title"])


def test_a_copy_has_no_link(atlas):
    frame = opened("en").dataframe[0].value
    copies = frame["Kind"] == "copy on another site, not linked"
    assert copies.any()
    assert (frame.loc[copies, "Address"] == "").all()
    assert frame.loc[~copies, "Address"].str.startswith("http").any()


def test_sources_are_found_without_diacritics(atlas):
    found = opened("vi", **{"source-search": "bao ha giang"}).dataframe[0].value
    assert 0 < len(found) < len(atlas.table("sources"))
    assert found[Translator("vi")("Publisher")].str.contains("Báo Hà Giang").any()


def test_no_source_found_is_said():
    page = opened("en", **{"source-search": "qqqqqq"})
    assert len(page.dataframe) == 0
    assert page.info[0].value == "No source matches. Change the search or the kinds."


def test_sources_of_one_kind(atlas):
    frame = opened("en", **{"source-kind": ["machine_translation"]}).dataframe[0].value
    assert len(frame) == (atlas.table("sources")["kind"] == "machine_translation").sum()
    assert set(frame["Kind"]) == {"machine translation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_disagreement_is_shown(atlas, language):
    page = opened(language, "discrepancies")
    shown = "".join(element.proto.body for element in page.get("html"))
    assert shown.count("<article") == len(atlas.table("discrepancies"))


def test_disagreements_left_open(atlas):
    page = opened("en", "discrepancies", **{"discrepancy-status": "open"})
    shown = "".join(element.proto.body for element in page.get("html"))
    assert shown.count("<article") == (atlas.table("discrepancies")["status"] == "open").sum()


@pytest.mark.parametrize("table", ["twinnings", "agreements", "events", "figures"])
def test_quality_of_every_record(atlas, table):
    frame = opened("en", "quality", **{"quality-table": table}).dataframe[0].value
    assert len(frame) == len(atlas.table(table))
    assert frame["Completeness"].between(0, 100).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_downloaded(language):
    page = opened(language, "downloads")
    keys = {
        button.proto.id.rsplit("-None-", 1)[-1] if "-None-" in button.proto.id else button.proto.id
        for button in page.get("download_button")
    }
    wanted = (
        {f"whole-{name}" for name in FORMATS}
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
