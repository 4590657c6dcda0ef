"""A contributor's own workbook with all that was found in it: at the cells, as comments, and as a list before all sheets."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from atlas import LANGUAGES
from atlas.exports.contributions import opened, opened_sheet
from atlas.exports.contributions.asked import FINDINGS, READING, Finding, order
from atlas.exports.contributions.comments import SIGN, of_others
from atlas.exports.contributions.opened import Opened, Sheet
from atlas.exports.contributions.opened_styles import Styles
from atlas.exports.contributions.strangers import parts
from atlas.look.palette import ACTION, FOUND
from atlas.words import vocabulary
from atlas.words.translator import Translator

WIDTHS = (16, 24, 8, 20, 30, 80, 24)
LONGEST = 2_000  # characters of a text in the list


def annotated(content: bytes, findings: Sequence[Finding], translate: Translator) -> bytes:
    """The workbook (XLSX) with its cells marked by what was found there; what was marked before is no longer.

    Formulas are texts in it, and only what tables need is kept: cells and their looks, widths, filters, drop-downs,
    protection, comments. Of a file that could not be read there is the list of findings alone.
    """
    try:
        return _annotated(Opened(parts(content, "")), findings, translate)
    except Exception:  # a stranger's file may be wrong in any way
        return _annotated(opened.blank(), findings, translate)


def _annotated(book: Opened, findings: Sequence[Finding], translate: Translator) -> bytes:
    former = _unmark(book)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    at: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for one in findings:
        if one.sheet in sheets:
            at[one.sheet][_place(one)].append(one)
    for name, places in at.items():
        _mark(sheets[name], places, translate)
    return book.content((_name(translate), _list(book.styles, findings, at.keys(), translate)), former)


def _place(one: Finding) -> str:
    """Where something is shown: at its cell, at the first of its row, at the first of its sheet."""
    return one.cell or f"A{one.row or 1}"


def _unmark(book: Opened) -> dict[str, str]:
    """Take back what an earlier copy was marked with; the styles of marked cells with those that they get again."""
    names = {_name(Translator(language)) for language in LANGUAGES}
    book.sheets = [sheet for sheet in book.sheets if sheet.name not in names]
    for sheet in book.sheets:
        kept = {place: of_others(text) for place, text in sheet.notes.items()}
        sheet.notes = {place: text for place, text in kept.items() if text}
    return book.styles.with_fill(FOUND.values())


def _mark(sheet: Sheet, places: Mapping[str, Sequence[Finding]], translate: Translator) -> None:
    for place, found in places.items():
        sheet.marks[place] = FOUND[_worst(found)]
        ours = [f"{SIGN} {_said(one, translate)}" for one in found]
        sheet.notes[place] = "\n".join(filter(None, [sheet.notes.get(place, ""), *ours]))
    sheet.tab = FOUND[_worst(one for found in places.values() for one in found)]


def _worst(found: Iterable[Finding]) -> str:
    return min((one.kind for one in found), key=FINDINGS.index)


def _said(one: Finding, translate: Translator) -> str:
    """One line: its kind, what is to be said of it, and what it would be read as."""
    message = " ".join(translate.said(one.message).split())
    read = translate("Would be read as: {reading}", reading=one.reading) if one.kind == READING and one.reading else ""
    return f"{vocabulary.finding_kinds(translate)[one.kind]}: " + " ".join(filter(None, (message, read)))


def _name(translate: Translator) -> str:
    return f"_{translate('findings')}"


def _list(styles: Styles, findings: Sequence[Finding], marked: Collection[str], translate: Translator) -> Any:
    """A sheet with all that was found, what must be corrected first, each with a link to where it was."""
    kinds = vocabulary.finding_kinds(translate)
    plain, bold, link = styles.text(), styles.text("b"), styles.text("u", colour=ACTION)
    counted = Counter(one.kind for one in findings)
    summary = (f"{kinds[kind]}: {translate.number(counted[kind])}" for kind in FINDINGS if counted[kind])
    told = translate(
        "All that was found is listed here; a click on the name of a sheet leads to the cell. There it is marked in the same colour, with a comment."
    )
    heads = (
        translate("Kind"), translate("Sheet"), translate("Line"), translate("Column"), translate("Value"),
        translate("Remark"), translate("Would be read as"),
    )  # fmt: skip
    lines = [[(translate.join_long(summary), bold)], [(told, plain)], [(head, bold) for head in heads]]
    links = {}
    in_order = sorted(findings, key=lambda one: (FINDINGS.index(one.kind), order(one)))
    for number, one in enumerate(in_order, len(lines) + 1):
        looks = [styles.filled(plain, FOUND[one.kind]), *[plain] * (len(heads) - 1)]
        if one.sheet in marked:
            looks[1] = link
            links[f"B{number}"] = f"{quote_sheetname(one.sheet)}!{_place(one)}"
        lines.append(list(zip(_texts(one, kinds, translate), looks)))
    wide = [f"A{number}:{xl_col_to_name(len(heads) - 1)}{number}" for number in (1, 2)]
    return opened_sheet.listing(WIDTHS, lines, wide, links, 3)


def _texts(one: Finding, kinds: Mapping[str, str], translate: Translator) -> Iterator[str]:
    message = translate.said(one.message)
    for text in (kinds[one.kind], one.sheet, str(one.row or ""), one.column, one.value, message, one.reading):
        yield (text or "")[:LONGEST]
