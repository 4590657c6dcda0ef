"""The tables of the file as plain HTML, for a browser that runs no scripts, or too old ones."""

from collections.abc import Iterable

from markupsafe import Markup

from atlas.exports import tables as papers
from atlas.exports.rows import day, selected
from atlas.exports.tables import Table
from atlas.look.text import clean
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import values
from atlas.words.translator import Translator
from atlas.words.voice import Voice


def tables(atlas: Atlas, translate: Translator) -> Markup:
    """Twinnings, agreements, meetings, figures and sources in the language in which the file opens."""
    voice, chosen = Voice(translate.language), Selection()
    rows = selected(atlas, chosen)
    made = [
        papers.pairs(atlas, chosen.twinnings(atlas), voice, day(atlas, chosen)),
        papers.agreements(atlas, rows["agreements"], voice),
        papers.events(atlas, rows["events"], voice, chosen.day(atlas), outcomes=False),
        papers.figures(atlas, rows["figures"], voice),
    ]
    return Markup("").join(_table(one) for one in made) + _sources(atlas, translate)


def _table(table: Table) -> Markup:
    return _written(table.title, table.heads, table.rows)


def _written(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    head = Markup("").join(Markup("<th scope=col>{}").format(clean(one)) for one in heads)
    body = Markup("").join(
        Markup("<tr>") + Markup("").join(Markup("<td>{}").format(clean(cell)) for cell in row) for row in rows
    )
    return Markup("<h2>{}</h2><table><thead><tr>{}<tbody>{}</table>").format(clean(title), head, body)


def _sources(atlas: Atlas, translate: Translator) -> Markup:
    heads = (translate("Title"), translate("Publisher"), translate("Published"), translate("Address"))
    rows = [
        (row["title"], values.publisher(row, translate), translate.date(row["published"]), row["url"] or "")
        for row in atlas.table("sources").to_dict("records")
    ]
    return _written(translate("Sources"), heads, rows)
