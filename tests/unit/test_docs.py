"""README and user guides name every page and command, have one structure, and quote the interface as it is."""

import re

import pytest

from atlas import ROOT, cli
from atlas.words import extract
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator
from ui import frame

GUIDES = {path.suffixes[0][1:]: path.read_text("utf-8") for path in (ROOT / "docs").glob("guide.*.md")}
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def titles() -> dict[str, str]:
    """The message id of each page's title, by the page's name, as the menu has them."""
    return frame.titles(Translator("en"))


def commands(capsys, *words: str) -> list[str]:
    """Every command below ``python -m atlas WORDS``, as its help lists them."""
    with pytest.raises(SystemExit):
        cli.main([*words, "--help"])
    text = capsys.readouterr().out
    if not re.search(r"^  COMMAND$", text, re.MULTILINE):
        return [" ".join(words)]
    return [
        command
        for name in re.findall(r"^    ([a-z][a-z-]*)", text, re.MULTILINE)
        for command in commands(capsys, *words, name)
    ]


def interface_words(language: str) -> set[str]:
    """Every text of the interface in one language, with those that it shows in no translation."""
    if language == "en":
        texts = {text for message in extract.extracted() if message.id for text in _forms(message.id)}
    else:
        texts = {text for message in extract.read(language) if message.id for text in _forms(message.string)}
    return texts | set(LANGUAGE_NAMES.values())


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def headings(text: str) -> list[int]:
    """The levels of a text's headings in their order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def sections(text: str) -> list[tuple[int, int]]:
    """How many list items and table rows each section of a text has."""
    return [
        (len(re.findall(r"^(?:-|\d+\.) ", part, re.MULTILINE)), len(re.findall(r"^\|", part, re.MULTILINE)))
        for part in re.split(r"^#+ .*$", text, flags=re.MULTILINE)
    ]


def test_there_is_a_guide_for_both_sides_and_in_english():
    assert set(GUIDES) >= {"vi", "zh", "en"}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_in_the_menu_the_readme_and_each_guide(page):
    title = titles()[page]
    assert f"| {title} |" in README
    for language, guide in GUIDES.items():
        assert f"**{Translator(language)(title)}**" in guide


def test_every_command_is_in_the_readme(capsys):
    found = commands(capsys)
    assert {"validate", "boundaries build"} <= set(found)
    assert [command for command in found if f"python -m atlas {command}" not in README] == []


@pytest.mark.parametrize("language", GUIDES)
def test_guides_quote_the_interface_as_it_is(language):
    quoted = set(re.findall(r"\*\*(.+?)\*\*", GUIDES[language]))
    marker = {"vi": "in đậm", "zh": "加粗", "en": "in bold"}[language]  # the sentence that explains the bold words
    assert quoted - {marker} - interface_words(language) == set()
    assert len(quoted) > 50


@pytest.mark.parametrize("language", [language for language in GUIDES if language != "en"])
def test_guides_have_the_same_structure(language):
    assert headings(GUIDES[language]) == headings(GUIDES["en"])
    assert sections(GUIDES[language]) == sections(GUIDES["en"])


@pytest.mark.parametrize("language", GUIDES)
def test_links_lead_somewhere(language):
    guide = GUIDES[language]
    anchors = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", guide, re.M)
    }
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", guide) if "://" not in target]
    assert [t for t in targets if t.startswith("#") and t[1:] not in anchors] == []
    assert [t for t in targets if not t.startswith("#") and not (ROOT / "docs" / t).is_file()] == []


def test_every_row_of_the_faults_is_a_test():
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    _, _, *rows = re.findall(r"^\|(.+)\|$", (ROOT / "docs" / "faults.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 15
    for row in rows:
        *_, named = row.split("|")
        found = re.findall(r"`(test_\w+)`", named)
        assert found, row
        for name in found:
            assert re.search(rf"^def {name}\(", tests, re.MULTILINE), f"there is no {name}"
