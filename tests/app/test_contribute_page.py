"""The page that says how to contribute, in every language."""

import pytest

from atlas import LANGUAGES
from atlas.exports.contributions import workbook
from atlas.words.translator import Translator
from tests.app.test_pages import opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gives_workbook_rules_and_command(language):
    page = opened("contribute", lang=language)
    translate = Translator(language)
    assert not page.exception
    (button,) = page.get("download_button")
    assert button.proto.label == translate("Download the workbook")
    said = "\n".join(element.value for element in page.markdown)
    assert all(rule in said for rule in workbook.guide(translate))
    assert page.code[0].value == "python -m atlas contribute check FILE.xlsx --out FOLDER"
