"""The page that says how to contribute, in every language."""

import pytest
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, ROOT
from atlas.exports import workbook
from atlas.words.translator import Translator


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gives_workbook_rules_and_command(language):
    page = AppTest.from_file(str(ROOT / "pages/contribute.py"), default_timeout=60)
    page.session_state["lang"] = language
    page.run()
    translate = Translator(language)
    assert not page.exception
    (button,) = page.get("download_button")
    assert button.proto.label == translate("Download the workbook")
    said = "\n".join(element.value for element in page.markdown)
    assert all(rule in said for rule in workbook.guide(translate))
    assert page.code[0].value == "python -m atlas contribute check FILE.xlsx --out FOLDER"
