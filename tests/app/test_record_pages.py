"""The pages of records, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from atlas import LANGUAGES, ROOT
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
