"""Bring the catalogues up to date with the texts in the code: ``python -m atlas.words.extract``."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from atlas import ENGLISH, LANGUAGES, ROOT, SEEDS, records
from atlas.records import described
from atlas.words import columns

FOLDERS = ("atlas", "server", "ui", "pages")
TRANSLATED = tuple(code for code in LANGUAGES if code != ENGLISH)
HERE = Path(__file__).parent


def extracted() -> Catalog:
    """Every message that the code asks a Translator for or that the schema holds, with the files where it does."""
    found = Catalog()
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        for message in _messages(ast.parse(path.read_text("utf-8"))):
            found.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    for message in _schema_messages():
        found.add(message, locations=[("seeds/datapackage.json", 0)])
    for message in described.forms():
        found.add(message, locations=[("atlas/records/description.schema.json", 0)])
    return found


def _schema_messages() -> Iterator[str]:
    """Titles of tables and columns, what the columns hold, and the labels of their allowed values."""
    for table in records.schema(SEEDS).tables.values():
        yield table.title
        for field in table.fields:
            yield columns.title(field)
            if field.description:
                yield field.description
            yield from field.categories.values()


def _messages(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    # Babel's own reader of Python does not look into f-strings before Python 3.12
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", None))
        said = [_text(argument) for argument in call.args]
        texts = [text for text in said if text]
        if name == "plural" and len(texts) == 2:
            yield texts[0], texts[1]
        elif (name in ("translate", "one", "self") and texts) or (name == "said" and said and said[0]):
            yield texts[0]


def _text(argument: ast.expr) -> str:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def read(language: str) -> Catalog:
    """The catalogue of one language as it stands in the repository."""
    with (HERE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def main() -> None:
    """Add new messages, empty, and drop those that nothing asks for."""
    messages = extracted()
    for language in TRANSLATED:
        catalogue = read(language) if (HERE / f"{language}.po").exists() else Catalog(locale=language)
        catalogue.update(messages, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with (HERE / f"{language}.po").open("wb") as file:
            write_po(
                file,
                catalogue,
                width=0,
                sort_output=True,
                omit_header=False,
                include_lineno=False,
                ignore_obsolete=True,
            )


if __name__ == "__main__":
    main()
