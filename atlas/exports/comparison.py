"""A comparison as a table: one row for each that the page has, and one for each record behind a number."""

import pandas as pd

from atlas.exports.about import about
from atlas.exports.excel import workbook
from atlas.exports.spreadsheets import csv as as_csv
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison, Row, Section, Value
from atlas.model.selection import Selection
from atlas.model.sides import Side
from atlas.words import comparison as words
from atlas.words.naming import record_name
from atlas.words.translator import Translator
from atlas.words.voice import Voice


def names(atlas: Atlas, comparison: Comparison, translate: Translator) -> tuple[str, str]:
    """The sides as heads of columns, which differ."""
    first, second = (words.side(atlas, one, translate) for one in (comparison.a, comparison.b))
    return first, second if second != first else f"{second} (2)"


def table(atlas: Atlas, comparison: Comparison, translate: Translator) -> pd.DataFrame:
    """The rows in words, and as numbers where something is counted: certain, possible, and the whole of a share.

    What came between two days stands at the end, in the words of the second side alone.
    """
    first, second = names(atlas, comparison, translate)
    rows = [_row(atlas, section, row, comparison, translate) for section in comparison.sections for row in section.rows]
    numbers = {
        "certain": translate("{side}: certain", side="{side}"),
        "possible": translate("{side}: possible", side="{side}"),
        "all": translate("{side}: of all", side="{side}"),
    }
    heads = [
        translate("Subject"),
        translate("What is counted"),
        first,
        second,
        translate("Difference"),
        *(head.format(side=name) for name in (first, second) for head in numbers.values()),
    ]
    between = [_between(atlas, section, row, translate) for section in comparison.between for row in section.rows]
    frame = pd.DataFrame([*rows, *between], columns=heads, dtype=object)
    for head in heads[5:]:
        frame[head] = pd.to_numeric(frame[head]).astype("Int64")
    return frame


def _row(atlas: Atlas, section: Section, row: Row, comparison: Comparison, translate: Translator) -> tuple:
    return (
        words.sections(translate)[section.name],
        words.label(atlas, section.name, row, comparison.kind, translate),
        *(words.said(atlas, section.name, row, value, translate) for value in (row.a, row.b)),
        words.apart(atlas, row, comparison.uneven, translate),
        *_numbers(row, row.a),
        *_numbers(row, row.b),
    )


def _numbers(row: Row, value: Value) -> tuple[int | None, int | None, int | None]:
    if value.reason or row.form not in ("count", "share"):
        return None, None, None
    return value.number, len(value.possible), value.of


def _between(atlas: Atlas, section: Section, row: Row, translate: Translator) -> tuple:
    said = words.count(row.a, translate)
    name = words.came(atlas, section.name, row, translate)
    return (translate("Between the two days"), name, "", said, "", None, None, None, *_numbers(row, row.a))


def behind(atlas: Atlas, comparison: Comparison, translate: Translator) -> pd.DataFrame:
    """Every record behind a number, with its side and whether it counts for certain."""
    subjects, heads = words.sections(translate), names(atlas, comparison, translate)
    rows = [
        (
            subjects[section.name],
            words.label(atlas, section.name, row, comparison.kind, translate),
            name,
            translate("certain") if ids is value.records else translate("possible"),
            record_name(atlas, TABLES[row.record], one, translate),
            one,
        )
        for section in comparison.sections
        for row in section.rows
        for name, value in zip(heads, (row.a, row.b))
        for ids in (value.records, value.possible)
        for one in ids
    ]
    columns = ("Subject", "What is counted", "Side", "Counted", "Record", "Id")
    titles = {
        "Subject": translate("Subject"),
        "What is counted": translate("What is counted"),
        "Side": translate("Side"),
        "Counted": translate("Counted"),
        "Record": translate("Record"),
        "Id": translate("Id"),
    }
    return pd.DataFrame(rows, columns=[titles[one] for one in columns])


def statements(
    atlas: Atlas, comparison: Comparison, selection: Selection | None, translate: Translator
) -> list[tuple[str, str]]:
    """What the file says of itself: what is compared, what is to be known of the numbers, and what every export says."""
    return [
        (translate("Comparison"), words.title(atlas, comparison, translate)),
        *((translate("Note"), text) for text in words.notices(atlas, comparison, translate)),
        *about(atlas, selection, translate),
    ]


def csv(atlas: Atlas, comparison: Comparison, selection: Selection | None, language: str) -> bytes:
    """The rows as CSV; the last column says what the file is."""
    translate = Translator(language)
    said = " · ".join(f"{name}: {text}" for name, text in statements(atlas, comparison, selection, translate))
    return as_csv(table(atlas, comparison, translate).assign(**{translate("About this file"): said}))


def xlsx(atlas: Atlas, comparison: Comparison, selection: Selection | None, language: str) -> bytes:
    """A workbook with what it is, the rows, and the records behind them; in two languages each cell has both."""
    voice = Voice(language)
    said = [
        line for translate in voice.translators for line in statements(atlas, comparison, selection, translate)
    ]  # fmt: skip
    sheets = {
        voice(lambda translate: translate("Comparison"), " "): table,
        voice(lambda translate: translate("Records"), " "): behind,
    }
    spoken = {
        name: [make(atlas, comparison, translate) for translate in voice.translators] for name, make in sheets.items()
    }
    return workbook(atlas, said, spoken, voice)


def part(a: Side, b: Side) -> str:
    """What the name of a file tells of the sides."""
    return f"comparison-{a.text}-{b.text}".replace("/", "-to-")
