"""What a record, a place or a side of a twinning is called."""

from atlas.model.atlas import Atlas
from atlas.words import vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator


def side(atlas: Atlas, twinning: str, country: str, language: str) -> str:
    """The localities or bodies of one side in one line."""
    members = [member for member in atlas.members[twinning] if member["side"] == country]
    return Translator(language).join(dict.fromkeys(member_name(atlas, member, language) for member in members))


def pair(atlas: Atlas, twinning: str, language: str) -> str:
    """Both sides' names in one line; each language puts the countries in the order of its speakers."""
    return " – ".join(side(atlas, twinning, country, language) for country in in_order(language, "VN", "CN"))


def title(atlas: Atlas, row: dict, language: str) -> str:
    """What a twinning is called, see :func:`pair`."""
    return pair(atlas, row["id"], language)


def member_name(atlas: Atlas, member: dict, language: str) -> str:
    """The linked body, or the place itself when the locality is what is linked."""
    place = atlas.places.name(member["place"], language)
    return Translator(language).text(member, "organisation") or place


def institution(atlas: Atlas, place: str) -> str:
    """An institution's names in all languages that have one."""
    row = atlas.places[place]
    names = (row["name_vi"], atlas.places.chinese_name(place), row["name_pinyin"], row["name_en"])
    return " · ".join(dict.fromkeys(name for name in names if name))


def kind(atlas: Atlas, place: str, translate: Translator) -> str:
    """What a place is: its own type where it is known in the language (``thị xã``), otherwise that of all of its kind."""
    own = atlas.places.type_word(place, translate.language)
    return own or vocabulary.label(atlas, "places.kind", atlas.places[place], translate)


NAMED_BY = {"totals": "label", "fields": "name", "commitments": "text", "commitment_evidence": "text"}


def record_name(atlas: Atlas, table: str, identifier: str, translate: Translator) -> str:
    """What a reader calls a record; its id if the table has no such record."""
    if table == "places":
        return atlas.places.full_name(identifier, translate.language) if identifier in atlas.places else identifier
    if table == "series_members":
        return vocabulary.labels(atlas, "events.series", translate)[identifier]
    if identifier not in atlas.table(table).index:
        return identifier
    row = atlas.table(table).loc[identifier]
    if table == "twinnings":
        return title(atlas, row, translate.language)
    if table == "sources":
        return row["title"]
    return translate.text(row, NAMED_BY.get(table, "title"))
