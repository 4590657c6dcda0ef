"""One chart with all that belongs to it, and as an image."""

import textwrap
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import vl_convert

from atlas import SPOKEN
from atlas.charts.bars import SIGNS, Bars, Panels
from atlas.look.palette import FAINT
from atlas.look.text import CHINESE_FONT, clean, wrap

DOWNLOAD_WIDTH = 900


@dataclass(frozen=True)
class Plot:
    """One chart with all that belongs to it.

    title: what is seen; drawing: its lines, or Vega-Lite without title and width; note: how to read it; sources: ids;
    table: its values in words; legend: (name, colour) of each colour that means something;
    disputes: sentences on the points on which its sources disagree.
    """

    title: str
    drawing: Bars | Panels | dict
    note: str
    sources: tuple[str, ...]
    table: pd.DataFrame
    legend: tuple[tuple[str, str], ...] = ()
    disputes: tuple[str, ...] = ()

    @cached_property
    def spec(self) -> dict:
        """The chart as Vega-Lite."""
        from atlas.charts import templates  # Altair takes a third of a second, which a command without a chart spares

        match self.drawing:
            case Bars():
                return templates.bars(self.drawing)
            case Panels():
                return templates.bars(self.drawing.joined)
        return self.drawing

    @cached_property
    def alt(self) -> str:
        """What the chart shows, for those who do not see it: the title and the first values; the table has all."""
        rows = (": ".join(str(value) for value in row[:2]) for row in self.table.itertuples(index=False))
        return textwrap.shorten(f"{self.title}. {'; '.join(rows)}", 200, placeholder=" …")


def image(plot: Plot, source_line: str, kind: str, language: str, width: int = DOWNLOAD_WIDTH) -> bytes:
    """The chart with title, note, legend and source line as ``svg`` or ``png`` of a width in pixels; made on this machine alone."""
    spec = deepcopy(plot.spec)
    if SPOKEN[language].han:
        # the converter takes one font for a line and leaves the choice of a Chinese one to chance
        spec["config"] = {**spec["config"], "font": CHINESE_FONT}
    note = plot.note.replace(SIGNS["range"], "■")  # few faces have the longer sign
    below = [
        line
        for text in (note, " · ".join(plot.disputes), source_line)
        if text
        for line in wrap(text, width * 110 // DOWNLOAD_WIDTH)
    ]
    spec["title"] = {"text": wrap(plot.title, width * 80 // DOWNLOAD_WIDTH), "subtitle": below, "subtitlePadding": 8}
    spec["width"] = width
    spec["padding"] = 20
    if plot.legend:
        names, colours = zip(*plot.legend)
        spec["layer"].append(_colour_legend(list(names), list(colours)))
    spec = _clean(spec)
    if kind == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return vl_convert.vegalite_to_png(spec, scale=2)


def _clean(part: Any) -> Any:
    """A specification without the letters that XML does not allow: the converter does not survive them."""
    if isinstance(part, dict):
        return {name: _clean(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_clean(one) for one in part]
    return clean(part) if isinstance(part, str) else part


def _colour_legend(names: list[str], colours: list[str]) -> dict:
    return {
        "data": {"values": [{"name": name} for name in names]},
        "mark": {"type": "square", "opacity": 0},
        "encoding": {
            "color": {
                "field": "name",
                "type": "nominal",
                "scale": {"domain": names, "range": colours},
                "legend": {
                    "orient": "bottom",
                    "title": None,
                    "labelFontSize": 14,
                    "labelLimit": 400,
                    "columns": 3,
                    "symbolOpacity": 1,
                    "symbolStrokeColor": FAINT,
                    "symbolStrokeWidth": 1,
                    "symbolSize": 180,
                },
            }
        },
    }
