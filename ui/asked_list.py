"""Records that a contribution asks for, their values beside those that are there: on the page of who gives and of who reviews."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from atlas.exports.contributions.asked import CHANGED, CONFIRMED, NEW, Asked
from atlas.exports.contributions.told import change
from atlas.model.addresses import KINDS as PAGES
from atlas.model.atlas import Atlas
from atlas.words import changes as words
from atlas.words.translator import Translator
from ui import links, record_list


def kinds(translate: Translator) -> dict[str, str]:
    """What may be asked for, in words."""
    return {NEW: translate("New"), CHANGED: translate("Changed"), CONFIRMED: translate("Still true")}


def show(atlas: Atlas, asked: Iterable[Asked], translate: Translator) -> None:
    """The records as a table."""
    rows = list(asked)
    columns: dict[str, Sequence[str]] = {
        translate("Record"): [record(atlas, one, translate) for one in rows],
        translate("Table"): [table(atlas, one.table, translate) for one in rows],
        translate("What is asked for"): [kinds(translate)[one.kind] for one in rows],
        translate("Values"): [values(atlas, one, translate) for one in rows],
    }
    record_list.plain(columns, translate("What is asked for"))


def table(atlas: Atlas, name: str, translate: Translator) -> str:
    """The title of a table."""
    return translate(atlas.schema.tables[name].title)


def record(atlas: Atlas, one: Asked, translate: Translator) -> Markup:
    """What a reader calls the record, the link to its page where it has one, with its id."""
    told = change(one, atlas.schema)
    owner, identifier = words.page(told)
    name, own = words.title(atlas, told, translate), Markup(" <small class=id>{}</small>").format(one.id)
    if owner in PAGES and identifier in atlas.table(owner).index:
        return Markup("<a href='{}'>{}</a>").format(links.record(PAGES[owner], identifier), name) + own
    return Markup.escape(" · ".join(filter(None, one.id.split("|")))) if name == told.id else Markup.escape(name) + own


def values(atlas: Atlas, one: Asked, translate: Translator) -> Markup:
    """What each value is and is to be, a line each; all languages, for each of them is to be reviewed."""
    told = change(one, atlas.schema)
    changed = Markup("<div><b>{}</b> <del>{}</del> → <ins>{}</ins></div>")
    new = Markup("<div><b>{0}</b> <ins>{2}</ins></div>")
    line = new if one.kind == NEW else changed
    texts = (words.cell(atlas, one.table, cell, translate) for cell in told.cells)
    return Markup("<div class=asked>{}</div>").format(Markup("").join(line.format(*each) for each in texts))
