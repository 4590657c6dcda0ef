"""The pages of records, without a browser."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from atlas import LANGUAGES, ROOT, VERSION
from atlas.model.addresses import TABLES
from atlas.words import naming
from atlas.words.translator import Translator
from tests.app.test_pages import html_of, state_of


def opened(kind: str, **query: str) -> AppTest:
    """The page of a record at its address, the first of a visit."""
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    app._page_hash = calc_hash(kind)  # these pages have no files, by which alone Streamlit's tests switch
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TABLES)
def test_a_record_has_a_page_with_its_name_in_every_language(atlas, kind, language):
    identifier = atlas.table(TABLES[kind]).index[0]
    app = opened(kind, id=identifier, lang=language, asof="2024-01-01")
    assert not app.exception
    assert app.title[0].value == naming.record_name(atlas, TABLES[kind], identifier, Translator(language))
    assert state_of(app).selection.asof == "2024-01-01"
    assert html_of(app).count("<nav")
    assert html_of(app).count("aria-current=page") == 1
    assert f"id={identifier}" in html_of(app).rpartition("data-address")[2], "the address loses its record"


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("asked", [None, "", "nonsense", "x" * 10_000, "<b>'\"{id}%s\x00", "../.."])
def test_an_id_that_no_record_has_is_a_sentence_that_leads_on(kind, asked):
    app = opened(kind, lang="en", **({} if asked is None else {"id": asked}))
    assert not app.exception
    said = html_of(app)
    assert "names no record" in said or "No record of the atlas has the id" in said
    assert "href='search?find=" in said
    assert "<b>'" not in said


def test_the_id_of_another_kind_of_record_leads_to_it(atlas):
    said = html_of(opened("place", id="agr-jwc-10-2019", lang="en"))
    assert "is not of this kind of record. It belongs to: Agreement." in said
    assert "href='agreement?id=agr-jwc-10-2019&amp;lang=en'" in said


def test_an_id_in_capitals_with_a_blank_is_that_id(atlas):
    assert opened("place", id="VN-04 ", lang="vi").title[0].value == atlas.places.name("vn-04", "vi")


def test_an_id_that_is_nearly_right_leads_to_the_nearest():
    assert "href='twinning?id=twin-meo-vac-funing&amp;" in html_of(
        opened("twinning", id="twin-meo-vac-fuling", lang="vi")
    )
    assert "href='place?id=vn-02&amp;" in html_of(opened("place", id="ha-giang", lang="vi"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_that_ended_says_what_became_of_it(atlas, language):
    said = html_of(opened("place", id="vn-00688", lang=language))
    for unit in atlas.places.successors("vn-00688"):
        assert f"href='place?id={unit}&amp;lang={language}'" in said.partition("class='ended'")[2].partition("</p>")[0]


def test_a_record_is_cited_with_its_id_its_address_and_the_versions(atlas):
    said = html_of(opened("event", id="jwc-10-2019", lang="en"))
    cited = said.partition("class=cite")[2].partition("</p>")[0]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    for name in ("title", "version", "license", "  - name"):
        assert re.search(f"^{name}: (.*)$", citation, re.MULTILINE)[1] in cited
    for part in ("jwc-10-2019", "event?id=jwc-10-2019", VERSION):
        assert part in cited


def test_the_page_of_a_unit_leads_to_the_workbook_of_its_records():
    assert "href='contribute?lang=en&amp;id=vn-027'" in html_of(opened("place", id="vn-027", lang="en"))


def test_the_page_of_a_province_leads_to_everything_of_it(atlas):
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    app.switch_page("../pages/province.py")
    app.query_params["province"], app.query_params["lang"] = "ha-giang", "en"
    assert "href='place?id=vn-02&amp;lang=en'>Everything of this province" in html_of(app.run())
