"""What a search says of a record that it has found: what it is called, what it is, and why it was found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from atlas.model import addresses
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from atlas.model.spelling import fold, is_han, words
from atlas.words import naming, searched, values, vocabulary
from atlas.words.columns import title_with_language
from atlas.words.postings import INSIDE
from atlas.words.translator import IN_LISTS, Translator

LONGEST_REASON = 60  # characters of a text that matched; of a longer one only its column is named


@dataclass(frozen=True)
class Item:
    """A record that was found: ``title`` and ``detail`` in the visitor's language, ``reason``: what of it matched."""

    kind: str
    id: str
    title: str
    detail: str
    reason: str
    href: str


def item(atlas: Atlas, kind: str, identifier: str, asked: tuple[str, ...], translate: Translator) -> Item:
    """A record as a search shows it.

    :param asked: the folded words that were looked for.
    """
    table = TABLES[kind]
    (row,) = atlas.records(table, [identifier])
    title = _title(atlas, kind, row, translate)
    return Item(
        kind,
        identifier,
        title,
        " · ".join(filter(None, details(atlas, kind, row, translate))),
        _reason(atlas, kind, row, title, asked, translate),
        addresses.record(kind, identifier, lang=translate.language),
    )


def _title(atlas: Atlas, kind: str, row: dict, translate: Translator) -> str:
    match kind:
        case "place":
            return atlas.places.full_name(row["id"], translate.language)
        case "twinning":
            return naming.title(atlas, row, translate.language)
        case "source":
            return row["title"]
        case _:
            return translate.text(row, naming.NAMED_BY.get(TABLES[kind], "title"))


def details(atlas: Atlas, kind: str, row: dict, translate: Translator) -> Iterator[str]:
    """What stands beside the title of a record: what it is, and when."""

    def label(column: str) -> str:
        return vocabulary.label(atlas, f"{TABLES[kind]}.{column}", row, translate)

    match kind:
        case "place":
            yield naming.kind(atlas, row["id"], translate)
            if row["valid_until"]:
                yield translate("until {day}", day=translate.date(row["valid_until"], IN_LISTS))
        case "twinning":
            yield label("level")
            yield translate.date(row["signed_on"], IN_LISTS)
        case "agreement":
            yield label("subject")
            yield translate.date(row["signed_on"], IN_LISTS)
        case "event":
            yield label("kind")
            yield values.event_date(row, translate, IN_LISTS)
        case "figure":
            yield values.amount(row, translate)
            yield values.when(row, translate, IN_LISTS)
        case "commitment":
            agreed, known = ("agreement", row["agreement"]) if row["agreement"] else ("event", row["event"])
            (paper,) = atlas.records(TABLES[agreed], [known])
            yield _title(atlas, agreed, paper, translate)
        case "source":
            yield row["publisher"] or ""
            yield translate.date(row["published"], IN_LISTS)
        case "discrepancy":
            yield label("status")


def _reason(atlas: Atlas, kind: str, row: dict, title: str, asked: tuple[str, ...], translate: Translator) -> str:
    """What matched: a code, the text of the record's own that has most of the words, else a place with which it has to do."""
    for column in searched.CODES:
        if fold(row.get(column) or "") == "".join(asked).replace(" ", ""):
            return _named(atlas, kind, title, (TABLES[kind], column, row[column]), translate)
    # what the visitor reads is named before the same in another language
    own = sorted(searched.texts(atlas, kind, row), key=lambda one: not one[1].endswith(f"_{translate.language}"))
    match = max(own, key=lambda one: len(_standing(asked, [one[2]])))
    standing = _standing(asked, [match[2]])
    missing = [word for word in asked if word not in standing]
    if missing and not (kind == "place" and standing):
        units = searched.units(atlas, kind, row)
        having = {unit: len(_standing(missing, atlas.places.spellings(unit))) for unit in units}
        unit = max(units, key=having.__getitem__, default=None)
        if unit and having[unit]:
            return related(units[unit], atlas.places.name(unit, translate.language), translate)
    return _named(atlas, kind, title, match, translate)


def related(relation: str, place: str, translate: Translator) -> str:
    """In what relation a record stands to a place, see :func:`atlas.words.searched.units`."""
    match relation:
        case "parent":
            return translate("in {place}", place=place)
        case "predecessor":
            return translate("includes the former {place}", place=place)
        case "successor":
            return translate("now in {place}", place=place)
        case _:
            return translate("concerns {place}", place=place)


def _standing(asked: Iterable[str], texts: list[str]) -> set[str]:
    """Those of the words that stand in the texts, at the beginning of a word or, where it is long enough, within one."""
    found = [word for text in texts for word in words(text)]
    together = f" {' '.join(found)} "

    def stands(word: str) -> bool:
        if " " in word:
            return f" {word} " in together
        return f" {word}" in together or ((len(word) >= INSIDE or is_han(word)) and word in together)

    return set(filter(stands, asked))


def _named(atlas: Atlas, kind: str, title: str, match: tuple[str, str, str], translate: Translator) -> str:
    """In which column a text stands, and the text where it is short and not the title of the record as it is shown."""
    table, column, text = match
    if kind == "commitment" and table != "commitments":  # the title of what it was agreed in
        column = "agreement" if table == "agreements" else "event"
        table = "commitments"
    elif searched.is_name(column) and fold(text) in fold(title):
        return translate("Name") if kind == "place" else translate("Title")
    named = title_with_language(atlas.schema.tables[table].field(column), translate)
    return translate("{column}: {text}", column=named, text=text) if len(text) <= LONGEST_REASON else named
