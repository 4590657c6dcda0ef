"""Parts of pages in HTML, for hand-outs and briefing papers."""

import math
import re
from collections.abc import Iterable
from string import Template

from markupsafe import Markup

from atlas.cards import source
from atlas.charts import places
from atlas.charts.plot import image
from atlas.exports.about import about
from atlas.exports.tables import Table
from atlas.look.palette import ACTION, FAINT, INK, LINE, WHITE
from atlas.look.text import FONT, PRINTED_FONT, clean
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.topics import LABOUR, SCHOLARSHIPS, TRAINING
from atlas.words import values
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator
from atlas.words.voice import Voice


def styled(style: str) -> str:
    """A style sheet with the colours of the atlas for ``$ink``, ``$faint``, ``$line``, ``$action`` and ``$white``, and its faces for ``$font`` and ``$printed``."""
    colours = {"ink": INK, "faint": FAINT, "line": LINE, "action": ACTION, "white": WHITE}
    return Template(style).substitute(colours, font=FONT, printed=PRINTED_FONT)


class Citations:
    """Numbers for sources in the order of their first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def marks(self, sources: Iterable[str]) -> Markup:
        """Links to the sources, e.g. ``[3] [4]``."""
        numbers = sorted(self.numbers.setdefault(one, len(self.numbers) + 1) for one in sources)
        return Markup(" ").join(Markup("<a href='#source-{0}'>[{0}]</a>").format(number) for number in numbers)

    def listed(self, atlas: Atlas, translate: Translator) -> Markup:
        """All sources that were cited as a numbered list."""
        rows = (
            Markup("<li id='source-{}'>{}</li>").format(number, source.source(atlas, one, translate))
            for one, number in self.numbers.items()
        )
        return Markup("<ol class='sources'>{}</ol>").format(Markup("").join(rows))


def lines(text: str) -> Markup:
    """A text as HTML, its lines below each other."""
    return Markup("<br>").join(clean(line) for line in text.split("\n"))


def table(rows: Table, citations: Citations, voice: Voice, linked: bool = False) -> Markup:
    """A table with the marks of its sources in a last column.

    :param linked: whether the first cell of a row leads to its record on the page's map.
    """
    share = 100 / (math.fsum(rows.widths) + 8)
    columns = Markup("").join(
        Markup("<col style='width:{:.1f}%'>").format(width * share) for width in (*rows.widths, 8)
    )
    heads = Markup("").join(
        Markup("<th scope='col'>{}</th>").format(lines(head))
        for head in (*rows.heads, voice(lambda translate: translate("Sources")))
    )
    link = Markup("<a href='#map' data-twinning='{}'>{}</a>")
    body = []
    for identifier, cells, sources in zip(rows.ids, rows.rows, rows.sources):
        first, *rest = map(lines, cells)
        shown = [link.format(identifier, first) if linked else first, *rest, citations.marks(sources)]
        body.append(Markup("<tr><td>{}</td></tr>").format(Markup("</td><td>").join(shown)))
    whole = Markup("<table><colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
    return whole.format(columns, heads, Markup("").join(body))


def numbers(pairs: list[tuple[str, str]]) -> Markup:
    """Key numbers beside each other."""
    each = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    shown = Markup("").join(each.format(lines(name), number) for name, number in pairs)
    return Markup("<dl class='numbers'>{}</dl>").format(shown)


def statements(atlas: Atlas, selection: Selection, voice: Voice) -> Markup:
    """What the file is, as a list of terms, once in each language."""
    statement = Markup("<dt>{}</dt><dd>{}</dd>")
    return Markup("").join(
        Markup("<dl class='about' lang='{}'>{}</dl>").format(
            LANGUAGE_CODES[translate.language],
            Markup("").join(statement.format(name, lines(text)) for name, text in about(atlas, selection, translate)),
        )
        for translate in voice.translators
    )


def figure_charts(atlas: Atlas, selection: Selection, translate: Translator) -> list[Markup]:
    """A chart as SVG for each topic that has figures with a number: small ones by place, as on the topic's page."""
    names = {
        SCHOLARSHIPS: translate("Scholarships and students"),
        TRAINING: translate("Training of officials and vocational training"),
        LABOUR: translate("Labour"),
    }
    drawn = []
    for topic, name in names.items():
        rows = topic.records(atlas, selection)["figures"]
        if plot := places.panels(atlas, rows[rows["part_of"].isna()], translate, name):
            publishers = translate.join(values.publishers(atlas, plot.sources, translate))
            source_line = translate("Sources: {names}", names=publishers)
            drawn.append(_inline(image(plot, source_line, "svg", translate.language).decode(), plot.alt))
    return drawn


def _inline(svg: str, description: str) -> Markup:
    """An SVG file as part of a page; it scales with the page and says what it shows."""
    inside = re.sub(r"^.*?(?=<svg)", "", svg, flags=re.S)
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', inside)
    if size and "viewBox" not in inside[:400]:
        inside = inside.replace("<svg ", Markup('<svg viewBox="0 0 {} {}" ').format(*size.groups()), 1)
    # the program that drew it has escaped its texts
    return Markup("<figure class='chart' role='img' aria-label='{}'>{}</figure>").format(description, Markup(inside))
