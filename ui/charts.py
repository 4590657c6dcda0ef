"""A chart on a page: what is seen, how to read it, its sources, its values as a table, and the image to take away."""

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.charts import bars, counts
from atlas.charts.plot import Plot, image
from atlas.exports.media import MEDIA
from atlas.model.atlas import Atlas, cached
from atlas.words import values
from atlas.words.translator import Translator
from ui import record_list, state

Draw = Callable[[Atlas, pd.DataFrame, Translator, str], Plot | None]
KINDS = ("svg", "png")


@cached(500)
def _plot(atlas: Atlas, draw: Draw, ids: tuple[str, ...], language: str, title: str) -> Plot | None:
    return draw(atlas, atlas.table("figures").loc[list(ids)], Translator(language), title)


def of_figures(atlas: Atlas, draw: Draw, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """A chart of figures by the function that draws it, made once for the same rows and language."""
    return _plot(atlas, draw, tuple(rows.index), translate.language, title)


def by_unit(atlas: Atlas, rows: pd.DataFrame, translate: Translator, titles: dict) -> list[Plot]:
    """One chart of values for each measure and rate, since these must not share an axis.

    :param titles: (measure, rate) -> title, in the order of the charts; rows of other units have no chart.
    """
    found = (
        of_figures(
            atlas, counts.statements, rows[(rows["measure"] == measure) & (rows["rate"] == rate)], translate, title
        )
        for (measure, rate), title in titles.items()
    )
    return [plot for plot in found if plot]


def unnumbered(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> None:
    """A sentence that names the figures for which no source gives a number."""
    ids = rows.index[rows["value"].isna()]
    if len(ids):
        titles = translate.join(translate.text(row, "title") for row in atlas.records("figures", ids))
        st.caption(plain(translate("No source states a number for: {titles}", titles=titles)))


def in_columns(atlas: Atlas, plots: Iterable[Plot | None], translate: Translator, key: str) -> None:
    """Charts beside each other, two a line; those that have nothing to show are left out, and a sentence if none is left."""
    shown = [plot for plot in plots if plot]
    if not shown:
        st.info(translate("No figure of this selection can be drawn as a chart."))
        return
    columns = st.columns(2, gap="large") if len(shown) > 1 else [st.container()]
    heights = [0] * len(columns)
    for number, plot in enumerate(shown):
        place = heights.index(min(heights))
        heights[place] += len(plot.table) + 4
        with columns[place]:
            show(atlas, plot, translate, f"{key}-{number}")


def show(atlas: Atlas, plot: Plot, translate: Translator, key: str) -> None:
    """One chart with all that belongs to it."""
    with st.container(key=f"chart-{key}"):
        st.html(Markup("<h2>{}</h2>").format(plot.title))
        draw(atlas, plot, translate, key)


def folded(atlas: Atlas, plot: Plot | None, translate: Translator, key: str, opened: bool) -> None:
    """One chart that can be closed, and is ``opened`` at first or not; nothing without one."""
    if plot:
        with st.expander(plot.title, expanded=opened), st.container(key=f"chart-{key}"):
            draw(atlas, plot, translate, key)


def draw(atlas: Atlas, plot: Plot, translate: Translator, key: str, drawn: Markup | None = None) -> None:
    """A chart without its title: how to read it, its sources, its values as a table and the image to take away.

    :param drawn: the chart as a part of the page, where it is not made of bars.
    """
    line = values.source_line(atlas, plot.sources, translate)
    if not isinstance(plot.drawing, dict):
        drawn = bars.html(plot.drawing, plot.title)
    mark = Markup("<span><i style='background:{}'></i>{}</span>")
    marks = Markup("").join(mark.format(colour, name) for name, colour in plot.legend)
    below = Markup("").join(Markup("<p>{}</p>").format(text) for text in (plot.note, line) if text)
    if plot.disputes:
        listed = Markup("").join(Markup("<p>{}</p>").format(text) for text in plot.disputes)
        head, numbers = (
            translate("Where sources disagree"),
            "1" if len(plot.disputes) == 1 else f"1–{len(plot.disputes)}",
        )
        below += Markup("<details><summary>[{}] {}</summary>{}</details>").format(numbers, head, listed)
    st.html(Markup("{}<div class='legend'>{}</div><div class='below'>{}</div>").format(drawn, marks, below))
    label = translate("Values as a table, and the chart as an image")
    with st.expander(label, key=f"values-{key}", on_change="rerun") as opened:
        if opened.open:
            _values(plot, line, translate, key)


def _values(plot: Plot, line: str, translate: Translator, key: str) -> None:
    columns = {name: ["" if pd.isna(one) else str(one) for one in plot.table[name]] for name in plot.table}
    record_list.plain(columns, plot.title)
    with st.container(horizontal=True):
        for kind in KINDS:
            st.download_button(
                translate("Chart as {format}", format=kind.upper()),
                state.apart(image, plot, line, kind, translate.language),
                f"{key}-{translate.language}.{kind}",
                MEDIA[kind],
                key=f"{kind}-{key}",
                on_click="ignore",
                icon=":material/download:",
            )


def plain(text: str) -> str:
    """Text for Markdown in which nothing is markup."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+-.!|$~:" else char for char in text)
