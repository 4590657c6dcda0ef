"""Parts of pages in HTML, for hand-outs and briefing papers; every text from the data is escaped."""

import re
from collections.abc import Iterable
from html import escape
from string import Template

from atlas.cards import source
from atlas.charts import counts
from atlas.charts.plot import image
from atlas.exports import tables
from atlas.exports.about import about
from atlas.exports.tables import Table
from atlas.look import marks
from atlas.look.palette import FAINT, INK, LINE
from atlas.look.text import FONT, PRINTED_FONT, clean
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.topics import LABOUR, SCHOLARSHIPS, TRAINING
from atlas.words import values, vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice

LANGUAGE_CODES = {"vi": "vi", "zh": "zh-Hans", "en": "en"}


def styled(style: str) -> str:
    """A style sheet with the colours and faces of the atlas for ``$ink``, ``$faint``, ``$line``, ``$font`` and ``$printed``."""
    return Template(style).substitute(ink=INK, faint=FAINT, line=LINE, font=FONT, printed=PRINTED_FONT)


class Citations:
    """Numbers for sources in the order of their first use."""

    def __init__(self):
        self.numbers: dict[str, int] = {}

    def marks(self, sources: Iterable[str]) -> str:
        """Links to the sources, e.g. ``[3] [4]``."""
        numbers = sorted(self.numbers.setdefault(one, len(self.numbers) + 1) for one in sources)
        return " ".join(f"<a href='#source-{number}'>[{number}]</a>" for number in numbers)

    def listed(self, atlas: Atlas, translate: Translator) -> str:
        """All sources that were cited as a numbered list."""
        rows = (
            f"<li id='source-{number}'>{source.source(atlas, one, translate)}</li>"
            for one, number in self.numbers.items()
        )
        return f"<ol class='sources'>{''.join(rows)}</ol>"


def lines(text: str) -> str:
    """A text as HTML, its lines below each other."""
    return "<br>".join(escape(clean(line)) for line in text.split("\n"))


def table(rows: Table, citations: Citations, voice: Voice, linked: bool = False) -> str:
    """A table with the marks of its sources in a last column.

    :param linked: whether the first cell of a row leads to its record on the page's map.
    """
    share = 100 / (sum(rows.widths) + 8)
    columns = "".join(f"<col style='width:{width * share:.1f}%'>" for width in (*rows.widths, 8))
    heads = "".join(
        f"<th scope='col'>{lines(head)}</th>" for head in (*rows.heads, voice(lambda translate: translate("Sources")))
    )
    body = []
    for identifier, cells, sources in zip(rows.ids, rows.rows, rows.sources):
        first = lines(cells[0])
        if linked:
            first = f"<a href='#map' data-twinning='{escape(identifier, quote=True)}'>{first}</a>"
        rest = "".join(f"<td>{lines(cell)}</td>" for cell in cells[1:])
        body.append(f"<tr><td>{first}</td>{rest}<td>{citations.marks(sources)}</td></tr>")
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def numbers(pairs: list[tuple[str, str]]) -> str:
    """Key numbers beside each other."""
    return f"<dl class='numbers'>{''.join(f'<div><dt>{lines(name)}</dt><dd>{escape(number)}</dd></div>' for name, number in pairs)}</dl>"


def statements(atlas: Atlas, selection: Selection, voice: Voice) -> str:
    """What the file is, as a list of terms, once in each language."""
    return "".join(
        f"<dl class='about' lang='{LANGUAGE_CODES[translate.language]}'>"
        + "".join(f"<dt>{escape(name)}</dt><dd>{lines(text)}</dd>" for name, text in about(atlas, selection, translate))
        + "</dl>"
        for translate in voice.translators
    )


def legend_names(voice: Voice) -> tuple[dict[str, str], str]:
    """The levels of twinning in words, and what a dashed curve means."""
    names = {
        level: voice(lambda translate, level=level: vocabulary.level_names(translate)[level], " / ")
        for level in marks.LEVEL_STYLES
    }
    return names, voice(lambda translate: translate("A side no longer exists"), " / ")


def figure_charts(atlas: Atlas, selection: Selection, translate: Translator) -> list[str]:
    """A chart as SVG for each topic that has figures of one unit; the same chart as on the topic's page."""
    names = {
        SCHOLARSHIPS: translate("Scholarships and students"),
        TRAINING: translate("Training of officials and vocational training"),
        LABOUR: translate("Labour"),
    }
    drawn = []
    for topic, name in names.items():
        rows = tables.comparable(topic.records(atlas, selection)["figures"])
        if plot := counts.statements(atlas, rows, translate, name):
            publishers = translate.join(values.publishers(atlas, plot.sources))
            source_line = translate("Sources: {names}", names=publishers)
            drawn.append(_inline(image(plot, source_line, "svg", translate.language).decode(), plot.alt))
    return drawn


def _inline(svg: str, description: str) -> str:
    """An SVG file as part of a page; it scales with the page and says what it shows."""
    inside = re.sub(r"^.*?(?=<svg)", "", svg, flags=re.S)
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', inside)
    if size and "viewBox" not in inside[:400]:
        inside = inside.replace("<svg ", f'<svg viewBox="0 0 {size[1]} {size[2]}" ', 1)
    return f"<figure class='chart' role='img' aria-label='{escape(description, quote=True)}'>{inside}</figure>"
